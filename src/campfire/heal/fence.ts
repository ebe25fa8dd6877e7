import { holdsFences, LOOKS_AHEAD, nests, stepOf } from '../markdown.ts'

/** A code block that has no end yet. */
interface Fence {
  /** Where its marker stands. */
  at: number
  marker: string
  /** What each of its lines stands behind: the quote and the indent it is in. */
  indent: string
  /** Where its code begins, once its first line is complete. */
  body: number | null
  /** The code blocks that are open in it, where it shows Markdown; 1 is itself. */
  depth: number
  holdsFences: boolean
}

const OPENING =
  /^((?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,}(?!.*~~))[ \t]*(.*)/
const CLOSING = /^[ \t>]*(`+|~+)[ \t]*$/

/** The code block that is open at the end, and where the last one ended that is not. */
export function lastFences(text: string): { open: Fence | null; closed: number } {
  let open: Fence | null = null
  let closed = 0
  let at = 0
  for (const line of text.split('\n')) {
    const end = at + line.length + 1
    if (!open || (open.indent.includes('>') && !/^[ \t]*>/.test(line) && end <= text.length)) {
      open = opening(text, line, { at, body: end <= text.length ? end : null })
    } else {
      open = after(line, open)
      if (!open) closed = Math.min(end, text.length)
    }
    at = end
  }
  return { open, closed }
}

/** The code so far as a whole block; null while there is none. */
export function closeFence(text: string, fence: Fence): string | null {
  const { body, marker, indent, depth } = fence
  const lines = body === null ? [] : text.slice(body).split('\n')
  // The last line may be half of the closing marker.
  const ticks = CLOSING.exec(lines.at(-1) ?? '')?.[1]
  if (ticks && marker.startsWith(ticks) && !(fence.holdsFences && ticks === marker)) lines.pop()

  const code = lines.join('\n')
  if (!/[^\s>]/.test(code)) return null

  const closers = `\n${indent}${marker}`.repeat(depth)
  return `${text.slice(0, body ?? 0)}${code.replace(/\n[ \t]*$/, '')}${closers}`
}

/** The text with all its code blocks taken out, also one that is open. */
export function withoutCode(text: string): string {
  let open: Fence | null = null
  let at = 0
  const lines = text.split('\n').map((line) => {
    const before: Fence | null = open
    open = before ? after(line, before) : opening(text, line, { at, body: 0 })
    at += line.length + 1
    return before || open ? '```' : line
  })
  return lines.join('\n')
}

function opening(text: string, line: string, { at, body }: Pick<Fence, 'at' | 'body'>) {
  const [, prefix = '', marker, lang = ''] = OPENING.exec(line) ?? []
  if (!marker) return null

  const indent = prefix.replace(/[^\s>]/g, ' ')
  const start = at + prefix.length
  // Where it stands in a quote or an item, so does what it holds.
  const holds = holdsFences(lang) || nests(text.slice(start, start + LOOKS_AHEAD), prefix !== '')
  return { at: start, marker, indent, body, depth: 1, holdsFences: holds }
}

/** The block after one more of its lines; null: that has closed it. */
function after(line: string, fence: Fence): Fence | null {
  if (!fence.holdsFences) {
    return CLOSING.exec(line)?.[1]?.startsWith(fence.marker) ? null : fence
  }
  const depth = fence.depth + stepOf(line.replace(/^[ \t>]*/, ''), fence.marker)
  return depth > 0 ? { ...fence, depth } : null
}
