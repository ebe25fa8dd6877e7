/** A code block that has no end yet. */
interface Fence {
  /** Where its marker stands. */
  at: number
  marker: string
  /** What each of its lines stands behind: the quote and the indent it is in. */
  indent: string
  /** Where its code begins, once its first line is complete. */
  body: number | null
}

const OPENING = /^((?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,})/
const CLOSING = /^[ \t>]*(`+|~+)[ \t]*$/

/** The code block that is open at the end, and where the last one ended that is not. */
export function lastFences(text: string): { open: Fence | null; closed: number } {
  let open: Fence | null = null
  let closed = 0
  let at = 0
  for (const line of text.split('\n')) {
    const end = at + line.length + 1
    if (!open || (open.indent.includes('>') && !/^[ \t]*>/.test(line) && end <= text.length)) {
      open = opening(line, at, end <= text.length ? end : null)
    } else if (isClosing(line, open)) {
      open = null
      closed = Math.min(end, text.length)
    }
    at = end
  }
  return { open, closed }
}

/** The code so far as a whole block; null while there is none. */
export function closeFence(text: string, { body, marker, indent }: Fence): string | null {
  const lines = body === null ? [] : text.slice(body).split('\n')
  // The last line may be half of the closing marker.
  const ticks = CLOSING.exec(lines.at(-1) ?? '')?.[1]
  if (ticks && marker.startsWith(ticks)) lines.pop()

  const code = lines.join('\n')
  if (!/[^\s>]/.test(code)) return null

  return `${text.slice(0, body ?? 0)}${code.replace(/\n[ \t]*$/, '')}\n${indent}${marker}`
}

/** The text with all its code blocks taken out, also one that is open. */
export function withoutCode(text: string): string {
  let open: Fence | null = null
  const lines = text.split('\n').map((line) => {
    const before: Fence | null = open
    if (before && isClosing(line, before)) open = null
    else if (!before) open = opening(line, 0, 0)

    return before || open ? '```' : line
  })
  return lines.join('\n')
}

function opening(line: string, at: number, body: number | null): Fence | null {
  const [, prefix = '', marker] = OPENING.exec(line) ?? []
  if (!marker) return null

  return { at: at + prefix.length, marker, indent: prefix.replace(/[^\s>]/g, ' '), body }
}

function isClosing(line: string, { marker }: Fence) {
  return CLOSING.exec(line)?.[1]?.startsWith(marker) ?? false
}
