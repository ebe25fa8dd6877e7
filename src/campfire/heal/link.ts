// A bracket left open for longer is text.
const LONGEST_LABEL = 500
const LONGEST_ADDRESS = 2000

const ADDRESS =
  /\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^)\\]|\\.)*\)))?\s*\)/y
const HALF_ADDRESS = /^\(\s*(?:<[^<>\n]*|[^\s<]*)(?:\s+(?:["'(][^\n]*)?)?$/
const DEFINED = /^:[ \t]*(?:https?:\/\/\S|mailto:\S)/i

/** Where the text goes on after the bracket at `at`, or 'half' when a link may be on its way. */
export function afterLink(text: string, at: number, close: number | undefined): number | 'half' {
  if (close === undefined) return text.length - at <= LONGEST_LABEL ? 'half' : at + 1
  if (close - at > LONGEST_LABEL) return at + 1

  const rest = text.slice(close + 1, close + 1 + LONGEST_ADDRESS)
  switch (rest[0]) {
    case undefined:
      return 'half'
    case '(':
      ADDRESS.lastIndex = close + 1
      if (ADDRESS.test(text)) return ADDRESS.lastIndex
      return rest.length < LONGEST_ADDRESS && HALF_ADDRESS.test(rest) ? 'half' : at + 1
    case '[':
      return afterReference(rest, close)
    case ':': {
      const opensLine = at === 0 || text[at - 1] === '\n'
      if (opensLine && !rest.includes('\n')) return DEFINED.test(rest) ? text.length : 'half'
      return at + 1
    }
    default:
      return at + 1
  }
}

function afterReference(rest: string, close: number) {
  const end = rest.search(/[\]\n]/)
  if (end === -1 && rest.length < LONGEST_LABEL) return 'half'
  return close + 1 + Math.max(end + 1, 1)
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
