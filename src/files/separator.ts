/** In the order in which they are believed: a comma is in any prose. */
const SEPARATORS = ['\t', ';', ',', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

const MOST_RECORDS = 50

/**
 * What separates the fields of a table that is written as text. Null: it is none. A table has the same number of
 * fields in each of its records, and more than one; `isWhole`: the text does not break off.
 */
export function separatorIn(text: string, isWhole: boolean): Separator | null {
  return SEPARATORS.find((separator) => isTable(text, separator, isWhole)) ?? null
}

function isTable(text: string, separator: Separator, isWhole: boolean) {
  if (/^\s*[[{]/.test(text) || (separator === '|' && RULE.test(text))) return false
  const records = recordsIn(text, separator)
  const all = (isWhole ? records : records.slice(0, -1)).filter(({ fields }) => fields > 0)
  const [first] = all
  if (all.length < 2 || !first || first.fields < 2) return false
  // A verse has a comma in each line, and a space behind it.
  if (separator === ',' && first.fields === 2 && !/,\S/.test(text)) return false
  // Each line of a program ends so, and what is drawn with bars is Markdown.
  if (all.every(({ isOpen }) => isOpen)) return false
  const alike = all.filter(({ fields }) => fields === first.fields).length
  return alike === all.length || (all.length > 10 && alike / all.length > 0.9)
}

/** Below the head of a table in Markdown. */
const RULE = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[-:| \t]*$/m

interface Counted {
  fields: number
  /** Its last field is empty. */
  isOpen: boolean
}

function recordsIn(text: string, separator: Separator) {
  const records: Counted[] = []
  let [fields, isQuoted, length, inField] = [1, false, 0, 0]
  const end = () => {
    records.push({ fields: length ? fields : 0, isOpen: inField === 0 })
    ;[fields, length, inField] = [1, 0, 0]
  }
  for (let at = 0; at < text.length && records.length < MOST_RECORDS; at++) {
    const sign = text[at]
    if (isQuoted) {
      if (sign === '"') isQuoted = false
    } else if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) {
      end()
      continue
    } else if (sign === separator) {
      fields++
      length++
      inField = 0
      continue
    } else if (sign === '"' && inField === 0) isQuoted = true
    if (sign === '\r' && text[at + 1] === '\n') continue
    length++
    inField++
  }
  if (length) end()
  return records
}
