/**
 * Deflate, undone piece by piece (RFC 1951). The platform's `DecompressionStream` knows no end: it unpacks all that it is
 * given at once, whether or not anybody reads, and four KB can be four MB. Here nothing is made before it is asked for.
 */
export function* inflateRaw(slices: Iterator<Uint8Array>): Generator<Uint8Array> {
  const bits = new Bits(slices)
  const output = new Uint8Array(WINDOW + PIECE + LONGEST_COPY)
  let [from, at, made, blocks] = [0, 0, 0, 0]
  for (let isLast = 0; !isLast; ) {
    // Each may bring tables that take longer to lay out than all that comes of them.
    if (++blocks > BLOCKS + (made + at) / LEAST_OF_A_BLOCK) throw new Broken()
    isLast = bits.take(1)
    const sort = bits.take(2)
    if (sort === 3) throw new Broken()
    let left = sort === 0 ? bits.stored() : 0
    const [lengths, distances] = sort === 0 ? NONE : sort === 1 ? FIXED : tablesIn(bits)
    for (;;) {
      if (sort === 0) {
        if (left-- === 0) break
        output[at++] = bits.byte()
      } else {
        const symbol = bits.symbol(lengths)
        if (symbol === END) break
        if (symbol < END) output[at++] = symbol
        else at = copy(symbol - END - 1, distances, at)
      }
      if (at < WINDOW + PIECE) continue
      yield output.slice(from, at)
      output.copyWithin(0, at - WINDOW, at)
      made += at - WINDOW
      from = at = WINDOW
    }
  }
  if (at > from) yield output.slice(from, at)

  function copy(length: number, distances: Table, to: number) {
    const end = to + (LENGTHS[length] ?? 0) + bits.take(LENGTH_BITS[length] ?? 0)
    const distance = bits.symbol(distances)
    const back = (DISTANCES[distance] ?? 0) + bits.take(DISTANCE_BITS[distance] ?? 0)
    if (length > 28 || distance > 29 || back > to) throw new Broken()
    for (let one = to; one < end; one++) output[one] = output[one - back] ?? 0
    return end
  }
}

export class Broken extends Error {
  override name = 'Broken'
}

const WINDOW = 32_768
const PIECE = 65_536
const LONGEST_COPY = 258
/** So many blocks may bring nothing, and the others so many bytes on average: no packer makes smaller ones. */
const BLOCKS = 1_000
const LEAST_OF_A_BLOCK = 100
const END = 256

class Bits {
  #slices: Iterator<Uint8Array>
  #slice: Uint8Array = new Uint8Array()
  #at = 0
  #hold = 0
  #count = 0
  /** Zeros that stand for what is not there; nobody may get to them. */
  #padding = 0

  constructor(slices: Iterator<Uint8Array>) {
    this.#slices = slices
  }

  take(count: number) {
    if (count === 0) return 0
    this.#fill()
    const taken = this.#hold & ((1 << count) - 1)
    this.#drop(count)
    return taken
  }

  symbol({ entries, bits }: Table) {
    this.#fill()
    const entry = entries[this.#hold & ((1 << bits) - 1)] ?? 0
    if (entry === 0) throw new Broken()
    this.#drop(entry & 15)
    return entry >> 4
  }

  /** How many bytes stand there as they are, from the next whole byte on. */
  stored() {
    this.#drop(this.#count & 7)
    const length = this.take(16)
    if (length !== (this.take(16) ^ 0xffff)) throw new Broken()
    return length
  }

  byte() {
    return this.take(8)
  }

  #fill() {
    while (this.#count <= 16) {
      this.#hold |= this.#next() << this.#count
      this.#count += 8
    }
  }

  #drop(count: number) {
    this.#hold >>>= count
    this.#count -= count
    if (this.#count < this.#padding) throw new Broken()
  }

  #next() {
    while (this.#at >= this.#slice.length) {
      const { value, done } = this.#slices.next()
      if (done) {
        this.#padding += 8
        return 0
      }
      this.#slice = value
      this.#at = 0
    }
    return this.#slice[this.#at++] ?? 0
  }
}

/** By the next bits: what they mean (above the lowest four), and how many of them say so. */
interface Table {
  entries: Uint16Array
  bits: number
}

function tableOf(lengths: number[]): Table {
  const bits = Math.max(1, ...lengths)
  const entries = new Uint16Array(1 << bits)
  let code = 0
  for (let length = 1; length <= bits; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue
      if (code >= 1 << length) throw new Broken()
      const entry = (symbol << 4) | length
      for (let at = reversed(code, length); at < entries.length; at += 1 << length)
        entries[at] = entry
      code++
    }
    code <<= 1
  }
  return { entries, bits }
}

function reversed(code: number, length: number) {
  let [rest, result] = [code, 0]
  for (let n = 0; n < length; n++) {
    result = (result << 1) | (rest & 1)
    rest >>= 1
  }
  return result
}

/** In this order stand the lengths of the codes in which the lengths of the codes are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function tablesIn(bits: Bits): [Table, Table] {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4]
  const own = new Array<number>(19).fill(0)
  for (const place of ORDER.slice(0, count)) own[place] = bits.take(3)
  const table = tableOf(own)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(table)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16) repeat(lengths.at(-1) ?? 0, 3 + bits.take(2))
    else if (symbol === 17) repeat(0, 3 + bits.take(3))
    else repeat(0, 11 + bits.take(7))
  }
  return [
    tableOf(lengths.slice(0, literals)),
    tableOf(lengths.slice(literals, literals + distances)),
  ]

  function repeat(length: number, times: number) {
    for (let n = 0; n < times; n++) lengths.push(length)
  }
}

const FIXED: [Table, Table] = [
  tableOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  tableOf(new Array(30).fill(5)),
]
const NONE: [Table, Table] = [tableOf([]), tableOf([])]

const LENGTH_BITS = [
  ...new Array(8).fill(0),
  ...[1, 2, 3, 4, 5].flatMap((n) => new Array(4).fill(n)),
  0,
]
const LENGTHS = [...sums(3, LENGTH_BITS.slice(0, 28)), 258]
const DISTANCE_BITS = Array.from({ length: 30 }, (_, at) => Math.max(0, (at >> 1) - 1))
const DISTANCES = sums(1, DISTANCE_BITS)

/** The first of each range, when the bits say how long each is. */
function sums(first: number, bits: number[]) {
  return bits.map((_, at) => bits.slice(0, at).reduce((sum, count) => sum + (1 << count), first))
}
