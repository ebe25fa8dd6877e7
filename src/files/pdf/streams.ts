import { Broken, inflateRaw } from '../inflate.ts'
import { Unreadable } from '../source.ts'
import { ascii85In } from './ascii85.ts'
import { checkFilters } from './filters.ts'

/** In bytes, unpacked: of one of its streams, and of all. */
const MOST = { one: 16_000_000, all: 100_000_000 }
const MOST_STREAMS = 20_000

/** What a stream costs that breaks off. */
const BROKEN = 65_536

/**
 * A PDF is made of streams, most of them packed, and its reader unpacks each as a whole. So all of them are gone through
 * first, counting, and what would grow too much never gets there.
 */
export function checkStreams(pdf: Uint8Array) {
  const signs = new TextDecoder('latin1').decode(pdf)
  if (/\/Encrypt\b/.test(signs)) throw new Unreadable(LOCKED)
  const isWritten = checkFilters(signs)
  let all = 0
  for (const at of streamsIn(signs)) {
    const stream = pdf.subarray(at)
    all += unpackedBytes([stream])
    if (isWritten) all += unpackedBytes(ascii85In(stream))
    if (all > MOST.all) throw new Unreadable(TOO_MUCH)
  }
}

/** Where each begins: in the line behind the word. Of many words in one line nobody looks for its end anew. */
function* streamsIn(signs: string) {
  let [count, at] = [0, -1]
  for (const { index } of signs.matchAll(/(?<!end)stream\b/g)) {
    if (index < at) continue
    const end = signs.slice(index, index + 1_000).search(/[\r\n]/)
    at = end < 0 ? lineEnd(signs, index + 1_000) : index + end
    if (at < 0) return
    at += signs.startsWith('\r\n', at) ? 2 : 1
    if (++count > MOST_STREAMS) throw new Unreadable(TOO_MUCH)
    yield at
  }
}

function lineEnd(signs: string, from: number) {
  const ends = ['\r', '\n'].map((sign) => signs.indexOf(sign, from)).filter((end) => end >= 0)
  return ends.length ? Math.min(...ends) : -1
}

/** Whatever looks packed is, whatever it says of itself; it ends where it says, and not where the file does. */
function unpackedBytes(pieces: Iterable<Uint8Array>) {
  const all = pieces[Symbol.iterator]()
  const head: Uint8Array = all.next().value ?? new Uint8Array()
  const [first = 0, second = 0] = head
  const isPacked = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
  if (!isPacked) return 0
  let bytes = 0
  try {
    for (const piece of inflateRaw(after(head.subarray(2), all))) {
      bytes += piece.length
      if (bytes > MOST.one) throw new Unreadable(TOO_MUCH)
    }
  } catch (error) {
    // Its reader takes what there is of a stream that breaks off.
    if (!(error instanceof Broken)) throw error
    bytes += BROKEN
  }
  return bytes
}

function* after(head: Uint8Array, rest: Iterator<Uint8Array>) {
  yield head
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value
}

const LOCKED = 'The PDF is protected, so its text is not read.'
const TOO_MUCH = 'The PDF unpacks to more than can be read. Nothing of it was read.'
