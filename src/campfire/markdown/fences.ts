import type { Tokens } from 'marked'

const OPENING = /^ {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,}(?![^\n]*~~))[ \t]*([^\n]*)/
const HOLDS_FENCES = /^(?:markdown|md|mdx)\b/i

/** Whether a block in this language shows Markdown, and so may hold code blocks of its own. */
export function holdsFences(lang: string): boolean {
  return HOLDS_FENCES.test(lang)
}

/** In characters: what is further away than that tells nothing. */
export const LOOKS_AHEAD = 4_000
const MOST_FENCES = 16

/**
 * Whether a block that begins here holds code blocks, though its language does not say so: only then does
 * everything that is opened find its end. `isInside`: a quote or an item, whose marks are still there.
 */
export function nests(src: string, isInside = false): boolean {
  const marker = OPENING.exec(src.slice(0, LOOKS_AHEAD))?.[1]
  const fences = marker ? fencesIn(src, marker, isInside) : []
  if (!marker || fences.length > MOST_FENCES) return false

  const steps = fences.map((line) => stepOf(line, marker))
  const first = steps.indexOf(-1)
  if (first === -1 || !steps.slice(0, first).includes(1)) return false

  let depth = 1
  const end = steps.findIndex((step) => {
    depth += step
    return depth === 0
  })
  return end !== -1 && isLeftOpen(fences.slice(first + 1)) && !isLeftOpen(fences.slice(end + 1))
}

/** The lines behind the first that may open or close a block; none where it holds nothing to the letter. */
function fencesIn(src: string, marker: string, isInside: boolean) {
  const found: string[] = []
  const lines = src.slice(marker.length, LOOKS_AHEAD).matchAll(isInside ? INSIDE : FENCES)
  for (const [, line = ''] of lines) {
    if (!found.length && stepOf(line, marker) === -1) return []
    found.push(line)
    if (found.length > MOST_FENCES) break
  }
  return found
}

const FENCES = /\n( {0,3}(?:`{3}|~{3}).*)/g
/** In a quote or an item. */
const INSIDE = /\n[ \t>]*((?:`{3}|~{3}).*)/g

/** To the letter: what opens a block closes none. */
function isLeftOpen(lines: string[]) {
  let open: string | null = null
  for (const line of lines) {
    if (open === null) open = OPENING.exec(line)?.[1] ?? null
    else if (stepOf(line, open) === -1) open = null
  }
  return open !== null
}

/** A line of tildes that ends in some is a line of text, to us and to whoever wrote it. */
export function isNoFence(line: string): boolean {
  return /^ {0,3}~{3,}[^\n]*~~/.test(line)
}

/**
 * A block of Markdown whose code blocks have fences as long as its own, as models write them. To the
 * letter the first one that closes would end it, and all that follows would stand the other way round.
 */
export function fenceIn(src: string): Tokens.Code | null {
  const [first, marker = '', lang = ''] = OPENING.exec(src) ?? []
  if (first === undefined || !(holdsFences(lang) || nests(src))) return null

  const inside: string[] = []
  let open = 1
  let end = first.length + 1
  for (const line of src.slice(end).split('\n')) {
    end += line.length + 1
    open += stepOf(line, marker)
    if (open === 0) break
    inside.push(line)
  }
  // One that never ends is left to the letter.
  if (open > 0) return null

  const raw = src.slice(0, end)
  return { type: 'code', raw, lang: lang.trim(), text: inside.join('\n') }
}

/** One fence more, one less, or none. */
export function stepOf(line: string, marker: string): -1 | 0 | 1 {
  const [, own = '', lang = ''] = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$/.exec(line) ?? []
  if (!own.startsWith(marker)) return 0
  return lang.trim() ? 1 : -1
}
