const NUMBERED = /^( {0,3})(\d{1,9}[.)])( {1,4})\S/
const BELOW = /^ +(?:[-*+] |\d{1,9}[.)] |`{3}|~{3})/

interface Widened {
  text: string
  /** How much of what was there before so much of `text` is. */
  lengthOf: (raw: string) => number
}

/**
 * A numbered list whose items hold lists and code that are indented by two, as below a bullet: models write
 * them so, and to the letter the first of them would end the list. They are moved to where they belong.
 */
export function withRoomForNumbers(src: string): Widened {
  const added: { at: number; spaces: number }[] = []
  let text = ''
  let at = 0
  for (const { line, move } of movesIn(src)) {
    if (move > 0 && line.trim()) {
      added.push({ at: text.length, spaces: move })
      text += ' '.repeat(move)
    }
    text += line
    at += line.length
  }
  if (added.length === 0) return { text: src, lengthOf: (raw) => raw.length }

  const lengthOf = (raw: string) =>
    added.reduce((length, { at, spaces }) => length - (at < raw.length ? spaces : 0), raw.length)
  return { text: text + src.slice(at), lengthOf }
}

/** The lines of the list that begins there, and by how much each is moved. */
function movesIn(src: string) {
  const moves: { line: string; move: number }[] = []
  let column = 0
  let indent = 0
  let move: number | null = null
  let rest = src
  while (rest) {
    const line = /^[^\n]*\n?/.exec(rest)?.[0] ?? rest
    const [, before = '', number, gap = ''] = NUMBERED.exec(line) ?? []
    const own = /^ */.exec(line)?.[0].length ?? 0
    if (number && (moves.length === 0 || before.length < indent + 2)) {
      indent = before.length
      column = indent + number.length + gap.length
      move = null
    } else if (moves.length === 0 || (line.trim() && own < indent + 2)) {
      break
    } else if (move === null && line.trim()) {
      move = own < column && BELOW.test(line) ? column - own : 0
    }
    moves.push({ line, move: move ?? 0 })
    rest = rest.slice(line.length)
  }
  return moves
}
