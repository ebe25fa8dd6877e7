import { type Cut, cutBetween } from './between.ts'
import { EVERY_LINK, parseInline } from './inline.ts'

/** Whole lines, as many as fit at a time. */
export function packLines(text: string, limit: number): string[] {
  const [first = '', ...rest] = text.split('\n').flatMap((line) => cutHard(line, limit))
  const packs: string[] = []
  let pack = first

  for (const line of rest) {
    if (pack.length + 1 + line.length > limit) {
      packs.push(pack)
      pack = line
    } else {
      pack += `\n${line}`
    }
  }

  return [...packs, pack]
}

function cutHard(line: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = line
  while (rest.length > limit) {
    const at = graphemeBefore(rest, limit)
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...pieces, rest]
}

const ENDS = [/\n+/g, /[.!?…]['")\]*_]*\s+|[。！？]+/g, /\s+(?!\p{M})/gu]

/**
 * Between lines where it can be, else between sentences, words, or at least characters; and between
 * links and code rather than in them. Emphasis that is cut is closed, and opened again.
 */
export function cutProse(text: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    // What makes it text may take one more character.
    const room = Math.max(1, limit - 1)
    const { at, closers, openers } = cutAt(rest, room)
    pieces.push(rest.slice(0, at).trimEnd() + closers)
    const next = rest.slice(at).trimStart()
    rest = openers ? openers + next : asText(next)
  }
  return [...pieces, rest].filter(Boolean)
}

/** The same for what nobody reads in pieces, at any length. */
export function cutPlainly(text: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const at = placeToCut(rest, Math.max(1, limit - 1))
    pieces.push(rest.slice(0, at).trimEnd())
    rest = asText(rest.slice(at).trimStart())
  }
  return [...pieces, rest].filter(Boolean)
}

function cutAt(text: string, limit: number): Cut {
  const tokens = parseInline(text.slice(0, limit + LONGEST_ITEM), EVERY_LINK)
  for (const room of [limit, limit - 8, limit - 16]) {
    const cut = room > limit / 2 ? cutBetween(tokens, placeToCut(text, room)) : null
    const isGood = cut && cut.at > limit / 3 && cut.at + cut.closers.length <= limit
    // Else it would be as long as before.
    if (isGood && cut.openers.length < cut.at) return cut
  }
  return { at: placeToCut(text, limit), closers: '', openers: '' }
}

const LONGEST_ITEM = 2_000

function placeToCut(text: string, limit: number) {
  const window = text.slice(0, limit)
  for (const end of ENDS) {
    const last = [...window.matchAll(end)].at(-1)
    const at = last ? last.index + last[0].length : 0
    if (at > limit / 2) return at
  }
  return graphemeBefore(text, limit)
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function graphemeBefore(text: string, limit: number) {
  const found = graphemes.segment(text.slice(0, limit + 200)).containing(limit)
  if (!found) return limit

  // A first grapheme that is longer than the limit stays whole, unless it has no end at all.
  return found.index || found.segment.replace(/[\uD800-\uDBFF]$/, '').length
}

/** What begins a part in the middle of a paragraph is text, also where it looks like a marker. */
function asText(text: string) {
  return text
    .replace(/^(?=#{1,6}\s|[-+*](?:\s|$)|>|`{3}|~{3}|\||\[[^\]]*\]:|(?:[-_*]\s*){3})/, '\\')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\')
}
