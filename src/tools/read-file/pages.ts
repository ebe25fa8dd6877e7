import { pagesOf, type Source } from '../../files.ts'
import type { StoredFile } from '../../tables/room/files.ts'
import { untrusted } from '../untrusted.ts'

interface Wanted {
  file: StoredFile
  pages: string | undefined
  find: string | undefined
  signal: AbortSignal
}

/** Of a PDF; a model that was shown it as it is sees more than its text. */
export async function readPages(source: Source, { file, pages, find, signal }: Wanted) {
  if (find !== undefined)
    throw new Error('Words are found in documents, not in a PDF: read some of its pages instead.')
  const { count, pages: read } = await pagesOf(source, rangeIn(pages ?? '1-10'), signal)
  const last = read.at(-1)?.number ?? 0
  const text = read.map(({ number, text }) => `[page ${number}]\n${text}`).join('\n\n')
  const isBare = read.every(({ text }) => !text.trim())
  return {
    file: file.number,
    name: untrusted(file.name),
    pages: count,
    ...(last < count && {
      next: `pages ${last + 1} and on are not in this: read them if you need them`,
    }),
    ...(isBare && { note: 'There is no text on these pages: they may be scanned. Say so.' }),
    text: untrusted(text),
  }
}

function rangeIn(pages: string): [number, number] {
  const [from = 1, to = from] = pages.split(/[-–]/).map(Number)
  if (from < 1 || to < from) throw new Error('Pages are written as 3 or 3-7.')
  return [from, to]
}
