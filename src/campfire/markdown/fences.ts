import type { Tokens } from 'marked'

const OPENING = /^ {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})[ \t]*([^\n]*)/
const HOLDS_FENCES = /^(?:markdown|md|mdx)\b/i

/** Whether a block in this language shows Markdown, and so may hold code blocks of its own. */
export function holdsFences(lang: string): boolean {
  return HOLDS_FENCES.test(lang)
}

/**
 * A block of Markdown whose code blocks have fences as long as its own, as models write them. To the
 * letter the first one that closes would end it, and all that follows would stand the other way round.
 */
export function fenceIn(src: string): Tokens.Code | null {
  const [first, marker = '', lang = ''] = OPENING.exec(src) ?? []
  if (first === undefined || !holdsFences(lang)) return null

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
