import * as z from 'zod'
import { kindOf, type Source } from '../files.ts'
import { CHUNK, type StoredFile } from '../tables/room/files.ts'
import type { ToolContext } from './context.ts'

export const FileNumber = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .describe('The number of the file, as <file number="3"> or list_files gives it.')

/** A file of this room, and any stretch of it. */
export function storedFile(number: number, { files }: Pick<ToolContext, 'files'>) {
  const file = files.find(number)
  if (!file)
    throw new Error(
      `There is no file ${number} here, or it was deleted. Use list_files to see which there are.`,
    )
  const source = inChunks(file, (from, to) => files.read(number, from, to))
  return { file, source, ...kindOf(source) }
}

/** A row of the table is read as a whole, so what was read last is kept for whatever is wanted next of it. */
function inChunks({ bytes }: StoredFile, read: Source['read']): Source {
  let [start, chunk] = [0, new Uint8Array()]
  return {
    bytes,
    read(from, to) {
      const end = Math.min(to, bytes)
      const first = from - (from % CHUNK)
      if (from >= end || end > first + CHUNK) return read(from, Math.max(from, end))
      if (first !== start || !chunk.length) {
        start = first
        chunk = new Uint8Array(read(first, Math.min(first + CHUNK, bytes)))
      }
      return chunk.subarray(from - first, end - first)
    },
  }
}

/** What is said of it where it cannot be read. */
export function whatItIs({ number, name }: StoredFile, what: string) {
  return `File ${number} (${name}) is of this kind: ${what}.`
}
