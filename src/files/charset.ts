import { type Source, slicesOf } from './source.ts'

export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** So much of a file tells how it is written. */
export const SAMPLE = 64 * 1024

/** Null: it is no text. A zero, or a control character that no text has, is in any of the others. */
export function charsetOf(source: Source): Charset | null {
  const head = source.read(0, SAMPLE)
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const wide = wideIn(head)
  if (wide) return wide
  if (head.some((byte) => byte < 0x20 && !IN_TEXT.includes(byte))) return null
  return isUtf8(source) ? 'utf-8' : 'windows-1252'
}

const IN_TEXT = [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]

/** Without a mark at its beginning, what is written in two bytes has a zero in nearly every other one. */
function wideIn(head: Uint8Array): Charset | null {
  const half = Math.floor(head.length / 2)
  if (half < 4) return null
  let [even, odd] = [0, 0]
  for (let at = 0; at < 2 * half; at += 2) {
    if (head[at] === 0) even++
    if (head[at + 1] === 0) odd++
  }
  if (even === 0 && odd > 0.7 * half) return 'utf-16le'
  if (odd === 0 && even > 0.7 * half) return 'utf-16be'
  return null
}

/** All of it is looked at: one umlaut at the end of a long list tells. */
function isUtf8(source: Source) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  try {
    for (const slice of slicesOf(source)) decoder.decode(slice, { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** The text of a file, piece by piece; what cannot be read as such shows as �. */
export function* textIn(source: Source, charset: Charset) {
  const decoder = new TextDecoder(charset)
  for (const slice of slicesOf(source)) {
    const text = decoder.decode(slice, { stream: true })
    if (text) yield text
  }
  const last = decoder.decode()
  if (last) yield last
}

/** Its beginning, of so many bytes. */
export function beginningOf(source: Source, charset: Charset, bytes = SAMPLE) {
  return new TextDecoder(charset).decode(source.read(0, bytes), { stream: true })
}
