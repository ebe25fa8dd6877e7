import type { Token } from 'marked'
import { type Delimiter, isOver, matches, type Opener } from '../emphasis.ts'

export type Piece = Token | Delimiter

// More than that at once are no emphasis.
const MOST_OPEN = 20

/** Emphasis in pieces. `end`: what stands there is still being written. */
export function emphasized(text: string, pieces: Piece[], end = -1) {
  const tokens: Token[] = []
  const open: (Opener & { index: number })[] = []
  let left = 0

  for (const piece of pieces) {
    if (piece.type !== 'delimiter') {
      tokens.push(piece as Token)
      continue
    }
    const delimiter = piece as Delimiter
    const isAtEnd = delimiter.at + delimiter.raw.length === end
    left = delimiter.closes ? close(delimiter, isAtEnd) : delimiter.raw.length
    if (left === 0) continue

    tokens.push(asText(delimiter.sign.repeat(left)))
    if (isAtEnd) break
    if (delimiter.opens) open.push({ ...delimiter, left, index: tokens.length - 1 })
    if (open.length > MOST_OPEN) open.shift()
    left = 0
  }
  return {
    tokens: merged(tokens),
    open: open.filter((one) => !isOver(text, one, text.length)),
    left,
  }

  /** Closes what such a run closes; how much of it is left over. */
  function close(closer: Delimiter, isAtEnd: boolean) {
    let rest = closer.raw.length
    while (rest > 0) {
      const at = open.findLastIndex((opener) => matches(text, opener, closer, rest))
      const opener = open[at]
      // One of two at the end is half of the marker to come.
      if (!opener || (isAtEnd && opener.left > rest)) return rest

      const used = Math.min(opener.left, rest, 2)
      const inside = tokens.splice(opener.index + 1)
      opener.left -= used
      open.splice(opener.left ? at + 1 : at)
      if (opener.left) tokens[opener.index] = asText(closer.sign.repeat(opener.left))
      else tokens.splice(opener.index)
      tokens.push(emphasis(closer.sign, used, merged(inside)))
      rest -= used
    }
    return 0
  }
}

function emphasis(sign: string, length: number, tokens: Token[]): Token {
  const marker = sign.repeat(length)
  const text = tokens.map(({ raw }) => raw).join('')
  const type = sign === '~' ? 'del' : length === 2 ? 'strong' : 'em'
  return { type, raw: marker + text + marker, text, tokens } as Token
}

/** Texts that stand side by side are one, so that a name may go on behind a marker that is none. */
function merged(tokens: Token[]) {
  const all: Token[] = []
  for (const token of tokens) {
    const last = all.at(-1)
    if (token.type === 'text' && last?.type === 'text') {
      all[all.length - 1] = asText(last.raw + token.raw)
    } else all.push(token)
  }
  return all
}

function asText(raw: string): Token {
  return { type: 'text', raw, text: raw }
}
