/** Line breaks in code are spaces, and one space at each end makes room for backticks. */
export function codeIn(text: string) {
  const line = text.replace(/\n/g, ' ')
  return /^ .* $/.test(line) && line.trim() ? line.slice(1, -1) : line
}

export function findTicks(text: string, from: number, length: number) {
  TICKS.lastIndex = from
  for (let run = TICKS.exec(text); run; run = TICKS.exec(text)) {
    if (run[0].length === length) return run.index
  }
  return -1
}

const TICKS = /`+/g
