import { Broken, inflateRaw } from '../inflate.ts'
import { Unreadable } from '../source.ts'
import { ascii85In } from './ascii85.ts'

/** In bytes, unpacked: of one of its streams, and of all. */
const MOST = { one: 16_000_000, all: 100_000_000 }
const MOST_STREAMS = 20_000

/**
 * A PDF is made of streams, most of them packed, and its reader unpacks each as a whole. So all of them are gone through
 * first, counting, and what would grow too much never gets there. Packed twice, or in the old ways of which a few KB can
 * become many MB, nobody sends what is meant to be read.
 */
export function checkStreams(pdf: Uint8Array) {
  const signs = new TextDecoder('latin1').decode(pdf)
  if (/\/Encrypt\b/.test(signs)) throw new Unreadable(LOCKED)
  let [all, count] = [0, 0]
  for (const { 0: keyword, index } of signs.matchAll(
    /(?<!end)stream\b[^\r\n]{0,1000}(?:\r\n|\n|\r)/g,
  )) {
    if (++count > MOST_STREAMS) throw new Unreadable(TOO_MUCH)
    const dictionary = signs.slice(
      Math.max(signs.lastIndexOf('obj', index), index - 100_000, 0),
      index,
    )
    const stream = pdf.subarray(index + keyword.length)
    all += unpackedBytes([stream])
    if (isWritten(dictionary)) all += unpackedBytes(ascii85In(stream))
    if (all > MOST.all) throw new Unreadable(TOO_MUCH)
  }
}

/** In letters, so that it must be read before it is unpacked. A name may be written with numbers for its letters. */
function isWritten(dictionary: string) {
  const plain = dictionary.replace(/#([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  const filters = plain.match(FILTER) ?? []
  const isOld = filters.some((filter) => /LZW|RunLength|RL/.test(filter))
  const isWritten = /A(SCII)?85/.test(filters[0] ?? '')
  if (
    isOld ||
    filters.length > (isWritten ? 2 : 1) ||
    /\/F(ilter)?\s{0,99}(?:\[\s{0,99})?\d{1,9}\s{1,99}\d{1,9}\s{1,99}R\b/.test(plain)
  )
    throw new Unreadable(ODD)
  return isWritten
}

const FILTER =
  /\/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCIIHexDecode|AHx|ASCII85Decode|A85)\b/g

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
  }
  return bytes
}

function* after(head: Uint8Array, rest: Iterator<Uint8Array>) {
  yield head
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value
}

const LOCKED = 'The PDF is protected, so its text is not read.'
const TOO_MUCH = 'The PDF unpacks to more than can be read. Nothing of it was read.'
const ODD = 'The PDF is packed in a way that is not unpacked here, so its text is not read.'
