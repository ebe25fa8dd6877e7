import { afterwards, withDeadline } from '../../clock.ts'
import { type Kind, pagesOf, textOf, Unreadable } from '../../files.ts'
import type { Piece, Read } from '../../tables/room/files/words.ts'
import type { StoredFile } from '../../tables/room/files.ts'
import type { ToolContext } from '../context.ts'

/** The rest of a longer PDF is read by its pages, with `read_file`. */
export const MOST_PAGES = 100
/** So many are read for one search, and for so long, in ms: the next one goes on. */
const MOST_FILES = 4
const LONGEST_READING = 8_000

/** A table is asked, and not searched: see `read_table`. */
const SEARCHED: Kind[] = ['pdf', 'docx', 'html', 'json', 'text']

type Reading = Pick<ToolContext, 'files' | 'signal'>

/**
 * Reads what was not read yet of the files that people gave, the newest first, so that it can be found. Gives back how
 * many are still to be read, and whether there is more in some than is searched.
 */
export async function readFiles({ files, signal }: Reading) {
  const { words } = files
  const all = files.list().filter(({ kind, width }) => SEARCHED.includes(kind) && width === null)
  const open = all.filter(({ number }) => {
    const { state } = words.read(number) ?? { state: 'more' }
    return state === 'more' && !words.isBeingRead(number)
  })
  await withDeadline(LONGEST_READING, async (deadline) => {
    const either = AbortSignal.any([deadline, signal])
    for (const file of open.slice(0, MOST_FILES)) {
      if (either.aborted) break
      await readOne(file, { files, signal: either })
    }
  })
  const states = all.map(({ number }) =>
    words.isBeingRead(number) ? 'more' : (words.read(number)?.state ?? 'more'),
  )
  return {
    unread: states.filter((state) => state === 'more').length,
    isCut: states.includes('part'),
  }
}

async function readOne(file: StoredFile, { files, signal }: Reading) {
  const { words } = files
  const before = words.read(file.number)?.through ?? 0
  words.begin(file.number)
  // The row is to be there before whatever is in the file can do harm.
  await afterwards()
  let outcome: [Piece[], Read] = [[], { state: 'none', through: before }]
  try {
    const source = files.source(file)
    outcome =
      file.kind === 'pdf'
        ? await pagesFrom(source, before, signal)
        : await partsOf(source, file.kind)
  } catch (error) {
    if (!(error instanceof Unreadable) && files.find(file.number)) throw error
  } finally {
    words.end(file.number, ...outcome)
  }
}

type Source = Parameters<typeof textOf>[0]

async function pagesFrom(source: Source, through: number, signal: AbortSignal) {
  const wanted: [number, number] = [through + 1, MOST_PAGES]
  const { count, pages } = await pagesOf(source, wanted, signal, MOST_PAGES)
  const last = pages.at(-1)?.number ?? through
  const isDone = last >= Math.min(count, MOST_PAGES)
  const state = isDone ? (count > MOST_PAGES ? 'part' : 'whole') : 'more'
  return [pages, { state, through: last }] satisfies [Piece[], Read]
}

async function partsOf(source: Source, kind: Kind) {
  const { parts, isWhole } = await textOf(source, kind)
  const through = parts.at(-1)?.number ?? 0
  return [parts, { state: isWhole ? 'whole' : 'part', through }] satisfies [Piece[], Read]
}
