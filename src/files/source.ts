/** A file as it is kept: any stretch of it can be had, and nobody needs all of it at once. */
export interface Source {
  bytes: number
  /** From one byte up to another, and no further than the end. */
  read(from: number, to: number): Uint8Array
}

/** Why a file cannot be read, for the model to say. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

export function throwIfAborted(signal?: AbortSignal) {
  if (signal?.aborted) throw new Unreadable('Reading the file took too long. Ask for less of it.')
}

/** What is read in one go. */
const SLICE = 64 * 1024

export function* slicesOf(source: Source, from = 0, to = source.bytes, slice = SLICE) {
  const end = Math.min(to, source.bytes)
  for (let at = from; at < end; at += slice) yield source.read(at, Math.min(at + slice, end))
}

export function asSource(content: Uint8Array): Source {
  return { bytes: content.length, read: (from, to) => content.subarray(from, to) }
}
