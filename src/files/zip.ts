import { Broken, inflateRaw } from './inflate.ts'
import { type Source, slicesOf, Unreadable } from './source.ts'

/** One of the files in a zip, as its directory says. */
export interface Entry {
  name: string
  /** Compressed, and as it claims to be afterwards. */
  packed: number
  bytes: number
  at: number
  method: number
  isLocked: boolean
}

const END = 0x06054b50
const DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8
/** The end of a zip has a comment of up to 64 KiB behind it. */
const LONGEST_END = 22 + 65_535
const MOST_ENTRIES = 20_000
const LONGEST_DIRECTORY = 4_000_000

/** Null: it is no zip, or a broken one. */
export function entriesIn(source: Source): Map<string, Entry> | null {
  const from = Math.max(0, source.bytes - LONGEST_END)
  const tail = source.read(from, source.bytes)
  const view = viewOf(tail)
  let end = tail.length - 22
  while (end >= 0 && view.getUint32(end, true) !== END) end--
  if (end < 0) return null
  const count = view.getUint16(end + 10, true)
  const [size, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (count > MOST_ENTRIES || size > LONGEST_DIRECTORY || at + size > source.bytes) return null
  return directoryIn(source.read(at, at + size), count)
}

function directoryIn(directory: Uint8Array, count: number) {
  const view = viewOf(directory)
  const entries = new Map<string, Entry>()
  for (let at = 0, n = 0; n < count; n++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== DIRECTORY) return null
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const [name = 0, extra = 0, comment = 0] = lengths
    const entry = {
      name: new TextDecoder().decode(directory.subarray(at + 46, at + 46 + name)),
      packed: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
      method: view.getUint16(at + 10, true),
      isLocked: (view.getUint16(at + 8, true) & 1) !== 0,
    }
    entries.set(entry.name, entry)
    at += 46 + name + extra + comment
  }
  return entries
}

/**
 * What is in an entry, piece by piece. A zip of some KB can unpack to more than a machine holds, so the directory is
 * believed when it says that it is too much, and never when it says that it is little: what comes out is counted.
 */
export function* inflate(source: Source, entry: Entry, most: number) {
  if (entry.bytes > most) throw new Unreadable(tooMuch(entry, most))
  if (entry.isLocked) throw new Unreadable('The file has a password. Nothing of it can be read.')
  let bytes = 0
  for (const piece of unpacked(source, entry)) {
    bytes += piece.length
    if (bytes > most || bytes > entry.bytes) throw new Unreadable(tooMuch(entry, most))
    yield piece
  }
}

function* unpacked(source: Source, { at, packed, method }: Entry) {
  const header = source.read(at, at + 30)
  const view = viewOf(header)
  if (header.length < 30 || view.getUint32(0, true) !== LOCAL) throw new Unreadable(BROKEN)
  const from = at + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  if (from + packed > source.bytes) throw new Unreadable(BROKEN)
  if (method === STORED) return yield* slicesOf(source, from, from + packed)
  if (method !== DEFLATED) throw new Unreadable(BROKEN)

  try {
    yield* inflateRaw(slicesOf(source, from, from + packed))
  } catch (error) {
    throw error instanceof Broken ? new Unreadable(BROKEN) : error
  }
}

const BROKEN = 'The file is broken: not all of it can be unpacked.'

function tooMuch({ bytes }: Entry, most: number) {
  const [has, may] = [bytes, most].map((size) => Math.ceil(size / 1_000_000))
  const claim = bytes > most ? `to ${has} MB` : 'to more than it says'
  return `The file unpacks ${claim}; at most ${may} MB of it can be read. Nothing of it was read.`
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array) {
  return new DataView(buffer, byteOffset, byteLength)
}
