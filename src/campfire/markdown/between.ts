import type { Token } from 'marked'

/** A place to cut, what closes there the emphasis and code that is open, and opens it again. */
export interface Cut {
  at: number
  closers: string
  openers: string
}

/** The nearest place to `wanted`, and not behind it, that cuts through no link and no address. */
export function cutBetween(tokens: Token[], wanted: number, from = 0, open = ''): Cut {
  let at = from
  for (const token of tokens) {
    const end = at + token.raw.length
    if (wanted <= at) break
    if (wanted < end) return cutIn(token, wanted, at, open)
    at = end
  }
  return whole(Math.min(at, wanted), open)
}

function cutIn(token: Token, wanted: number, at: number, open: string): Cut {
  switch (token.type) {
    case 'text':
    case 'html':
      return whole(wanted, open)
    case 'strong':
    case 'em':
    case 'del': {
      const marker = markerOf(token)
      const inside = [at + marker.length, at + token.raw.length - marker.length] as const
      if (wanted <= inside[0]) return whole(at, open)
      return cutBetween(token.tokens ?? [], Math.min(wanted, inside[1]), inside[0], open + marker)
    }
    case 'codespan': {
      const ticks = /^`+/.exec(token.raw)?.[0] ?? '`'
      const isShort = token.raw.length < 80 || wanted - at <= ticks.length
      if (isShort) return whole(at, open)
      return { at: wanted, closers: ticks + reversed(open), openers: open + ticks }
    }
    default:
      return whole(at, open)
  }
}

function whole(at: number, open: string): Cut {
  return { at, closers: reversed(open), openers: open }
}

function markerOf({ type, raw }: Token) {
  return raw.slice(0, type === 'em' ? 1 : 2)
}

/** Runs of one sign close in the order of their opening, whichever way they are written. */
function reversed(markers: string) {
  return Array.from(markers).toReversed().join('')
}
