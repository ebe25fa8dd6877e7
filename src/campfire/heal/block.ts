/** What a line may stand in: quotes and items, in any order. */
const CONTAINER = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*/
const HEADING = /^#{1,6}[ \t]/
/** A marker, or the start of one, with nothing behind it: item, heading, task, underline, fence. */
const BARE = /^(?:#{1,6}|[-+*]|\d{1,3}[.)]|1|-{1,2}|={1,2}|`{1,2}|~{1,2}|\[[ xX]?\]?)?[ \t]*$/
const NUMBERED = /^[ \t]*\d{1,9}[.)][ \t]/
const RULE = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

interface Line {
  at: number
  /** All of it, and what is left without quotes and items. */
  text: string
  own: string
}

export function isHeading(line: string): boolean {
  return HEADING.test(line.trimStart())
}

/** Where the blocks end that can be shown: half a table or a bare marker at the end is left out. */
export function endOfBlocks(text: string): number {
  const lines = lastLines(text)
  const last = lines.at(-1)
  if (!last) return text.length

  const end = endOfTable(lines, text.endsWith('\n'))
  if (end !== null) return end
  return !text.endsWith('\n') && isBare(last, lines.at(-2), text) ? last.at : text.length
}

/** Where the inline text begins that is still being written. */
export function inlineStart(text: string): number {
  const lines = lastLines(text)
  const last = lines.at(-1)
  if (!last || (text.endsWith('\n') && HEADING.test(last.own))) return text.length

  const first = lines.findLast((line, index) => isFresh(line, lines[index - 1])) ?? last
  return first.at + first.text.length - first.own.replace(HEADING, '').length
}

/** The lines of the last paragraph, list or table: none if it has ended. */
function lastLines(text: string): Line[] {
  const lines: Line[] = []
  let end = text.endsWith('\n') ? text.length - 1 : text.length
  while (end > 0 || (end === 0 && lines.length === 0 && text.length > 0)) {
    const at = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(at, end)
    if (!/[^\s>]/.test(line) && (lines.length > 0 || !line)) break

    lines.unshift({ at, text: line, own: line.replace(CONTAINER, '') })
    end = at - 1
  }
  return lines
}

/** Emphasis that is open in the line before does not reach into this one. */
function isFresh({ text, own }: Line, before: Line | undefined) {
  if (!before || HEADING.test(own) || own.startsWith('|')) return true
  if (HEADING.test(before.own) || /^(?:`{3,}|~{3,})/.test(before.own)) return true

  return /[-*+\d.)]/.test(text.slice(0, text.length - own.length))
}

function isBare({ text, own }: Line, before: Line | undefined, all: string) {
  if (BARE.test(own)) return own.trim() !== '1' || all.trim() !== '1'
  return /^[ \t]*\d{1,3}$/.test(text) && NUMBERED.test(before?.text ?? '')
}

/** Null when there is no table, or it can be shown as it is. */
function endOfTable(lines: Line[], ended: boolean) {
  const rule = lines.findIndex((line, index) => isRuleOf(line, lines[index - 1]))
  const last = lines.at(-1)
  const before = lines.at(-2)
  if (!last) return null

  if (rule !== -1) {
    const header = lines[rule - 1] ?? last
    return !ended && last !== lines[rule] && isHalf(last, header) ? last.at : null
  }
  const half = !ended && /^[-:|][-:| \t]*$/.test(last.own)
  if (half && before?.own.includes('|')) return before.own.startsWith('|') ? before.at : last.at

  return last.own.startsWith('|') && !before?.own.startsWith('|') ? last.at : null
}

function isRuleOf({ own }: Line, header: Line | undefined) {
  if (!header?.own.includes('|') || !RULE.test(own)) return false
  return cellsIn(own) === cellsIn(header.own)
}

/** A row still being written. A line without pipes after a table is a row too, but a whole one. */
function isHalf(row: Line, header: Line) {
  const open = row.own.startsWith('|') && /\|[ \t]*$/.test(header.own)
  if (open && !/(?<!\\)\|[ \t]*$/.test(row.own)) return true

  return row.own.includes('|') && cellsIn(row.own) < cellsIn(header.own)
}

function cellsIn(row: string) {
  const inner = row.trim().replace(/^\||(?<!\\)\|$/g, '')
  return inner.split(/(?<!\\)\|/).length
}
