import { Unreadable } from '../source.ts'

/** So much room between two signs has nobody who writes one, and each bit of it would be looked at again and again. */
const LONGEST_GAP = 1_000
const PIECE = 4_096
const TILDE = 0x7e
const ZEROS = 0x7a
const FIRST = 0x21

/** Five letters are four bytes; it is read as its reader reads it, whatever its letters. */
export function* ascii85In(stream: Uint8Array): Generator<Uint8Array> {
  const signs = signsIn(stream)
  let [piece, at] = [new Uint8Array(PIECE), 0]
  for (let sign = signs.next(); !sign.done; sign = signs.next()) {
    let [sum, count] = [sign.value - FIRST, 1]
    if (sign.value === ZEROS) [sum, count] = [0, 5]
    for (; count < 5; count++) {
      const next = signs.next()
      if (next.done) break
      sum = sum * 85 + next.value - FIRST
    }
    for (let missing = count; missing < 5; missing++) sum = sum * 85 + 84
    for (const shift of [24, 16, 8, 0].slice(0, count - 1)) piece[at++] = sum >>> shift
    if (at <= PIECE - 4) continue
    yield piece.subarray(0, at)
    ;[piece, at] = [new Uint8Array(PIECE), 0]
  }
  if (at) yield piece.subarray(0, at)
}

function* signsIn(stream: Uint8Array) {
  let gap = 0
  for (const sign of stream) {
    if (sign === TILDE) return
    const isSpace = sign === 0x20 || sign === 0x09 || sign === 0x0d || sign === 0x0a
    if (!isSpace) yield sign
    gap = isSpace ? gap + 1 : 0
    if (gap > LONGEST_GAP) throw new Unreadable('The PDF is packed in a way that is not read here.')
  }
}
