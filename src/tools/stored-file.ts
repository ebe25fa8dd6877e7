import * as z from 'zod'
import type { StoredFile } from '../tables/room/files.ts'
import type { ToolContext } from './context.ts'
import { NothingThere } from './tool.ts'

export const FileNumber = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .describe('The number of the file, as <file number="3"> or list_files gives it.')

/** A file of this room, and any stretch of it. */
export function storedFile(number: number, { files }: Pick<ToolContext, 'files'>) {
  const file = files.find(number)
  if (!file)
    throw new NothingThere(
      `There is no file ${number} here, or it was deleted. Use list_files to see which there are.`,
    )
  return { file, source: files.source(file) }
}

/** What is said of it where it cannot be read. */
export function whatItIs({ number, name }: StoredFile, what: string) {
  return `File ${number} (${name}) is of this kind: ${what}.`
}
