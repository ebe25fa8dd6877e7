import { destinationAt } from '../markdown.ts'

// A bracket left open for longer is text.
const LONGEST_LABEL = 500
const LONGEST_ADDRESS = 2000

const HALF_ADDRESS = /^\(\s*(?:<[^<>\n]*>?|[^\s<]*)(?:\s+(?:["'(][^\n]*)?)?$/
const DEFINED = /^:[ \t]*(?:https?:\/\/\S|mailto:\S)/i

/** Whether the bracket at `at`, whose other half is at `close`, may become a link that is on its way. */
export function isHalfLink(text: string, at: number, close: number | undefined): boolean {
  if (close === undefined) return text.length - at <= LONGEST_LABEL
  if (close - at > LONGEST_LABEL) return false

  const rest = text.slice(close + 1, close + 1 + LONGEST_ADDRESS)
  switch (rest[0]) {
    case undefined:
      return true
    case '(':
      if (destinationAt(text, close + 1)) return false
      return rest.length < LONGEST_ADDRESS && HALF_ADDRESS.test(rest)
    case '[':
      return rest.search(/[\]\n]/) === -1 && rest.length < LONGEST_LABEL
    case ':': {
      const opensLine = at === 0 || text[at - 1] === '\n'
      // A footnote says what it says from its first word on.
      return opensLine && text[at + 1] !== '^' && !rest.includes('\n') && !DEFINED.test(rest)
    }
    default:
      return false
  }
}

/** For each opening bracket that has one, where its other half is. */
export function bracketsIn(text: string): Map<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '[') open.push(i)
    else if (text[i] === ']') pairs.set(open.pop() ?? -1, i)
  }
  return pairs
}
