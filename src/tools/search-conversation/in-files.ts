import { fold } from '../../campfire.ts'
import { timeOf } from '../../clock.ts'
import { wordsIn } from '../../tables/room/archive/words.ts'
import type { FoundPiece } from '../../tables/room/files/words.ts'
import type { ToolContext } from '../context.ts'
import { untrusted } from '../untrusted.ts'
import { MOST_PAGES, readFiles } from './read-files.ts'

const MOST_HITS = 5
const AROUND = 200

interface Sought {
  words: string
  from: number | undefined
  before: number | undefined
  limit: number
}

/** Where the words stand in files that people gave here: which file, which page or part, and how to read on. */
export async function searchFiles(
  { words, from = 0, before = Number.POSITIVE_INFINITY, limit }: Sought,
  context: ToolContext,
) {
  const { files, timeZone } = context
  if (!wordsIn(words).length || !files.list().length) return { hits: [], notes: [] }
  const { unread, isCut } = await readFiles(context)
  const hits = files.words.search(words).flatMap((piece) => {
    // An older version has deleted it, and knew nothing of its words.
    const file = files.find(piece.file)
    if (!file || file.at < from || file.at >= before) return []
    const { number, name, kind, at } = file
    const place = kind === 'pdf' ? { pages: String(piece.number) } : { part: piece.number }
    const text = untrusted(around(piece, words))
    return { file: number, name: untrusted(name), ...place, time: timeOf(at, timeZone), text }
  })
  return {
    hits: hits.slice(0, Math.min(MOST_HITS, limit)),
    notes: [
      unread ? `${unread} files are not read to their end yet: search again to go on.` : '',
      isCut ? `Of long files only the first ${MOST_PAGES} pages or so are searched: say so.` : '',
    ].filter(Boolean),
  }
}

/** Of some letters the folded form is longer: then the place is near enough. */
function around({ text }: FoundPiece, words: string) {
  const folded = fold(text)
  const places = wordsIn(words).map((word) => folded.indexOf(fold(word)))
  const at = Math.max(0, places.find((place) => place >= 0) ?? 0)
  const [start, end] = [Math.max(0, at - AROUND), at + AROUND]
  const excerpt = text.slice(start, end).toWellFormed().replace(/\s+/g, ' ').trim()
  return `${start > 0 ? '…' : ''}${excerpt}${end < text.length ? '…' : ''}`
}
