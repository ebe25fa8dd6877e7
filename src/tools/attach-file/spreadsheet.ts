/**
 * CSV as it can be opened without harm. Excel takes it for an old character set unless it begins with a
 * mark, and runs what begins like a formula, which anybody in the room may have brought in.
 */
export function forSpreadsheet(csv: string): string {
  const bare = csv.replace(/^\ufeff/, '')
  const delimiter = delimiterOf(bare)
  let written = ''
  let start = true
  let quoted = false
  for (let at = 0; at < bare.length; at++) {
    const sign = bare[at] ?? ''
    if (sign === '"') {
      if (start && isFormula(cellFrom(bare, at + 1, '"'))) {
        written += '"\''
        quoted = true
        start = false
        continue
      }
      quoted = !quoted
    } else if (start && isFormula(cellFrom(bare, at, delimiter))) written += "'"

    written += sign
    start = !quoted && startsCell(sign, delimiter, bare[at + 1])
  }
  return `\ufeff${written}`
}

/** Whatever the first line has most of. */
function delimiterOf(csv: string) {
  const [line = ''] = csv.split('\n', 1)
  const found = [',', ';', '\t'].map((sign) => ({ sign, count: line.split(sign).length }))
  return found.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ','
}

/** Some programs part at every one of these: a formula that would begin there is kept from it as well. */
function startsCell(sign: string, delimiter: string, next = '') {
  return /[\r\n]/.test(sign) || sign === delimiter || (/[,;\t]/.test(sign) && /[=@]/.test(next))
}

function cellFrom(csv: string, at: number, end: string) {
  const cell = csv.slice(at, at + 100)
  const stop = Array.from(cell).findIndex((sign) => sign === end || /[\r\n]/.test(sign))
  return stop === -1 ? cell : Array.from(cell).slice(0, stop).join('')
}

const NUMBER =
  /^[+-]?\s?[$€£¥]?\s?[\d.,'’\u00a0\u202f]*\d[\d.,'’]*(?:[eE][+-]?\d+)?\s?(?:%|‰|€|\$|£|¥|[A-Za-z°]{1,4})?\s*$/

function isFormula(cell: string) {
  return (
    /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) &&
    !NUMBER.test(cell.trim()) &&
    !/^[\s+\-–—]*$/.test(cell)
  )
}
