import { MOST_BYTES_OF_A_PDF } from '../files.ts'
import { blockFor, type SessionMessage } from '../model.ts'
import type { Files, StoredFile } from '../tables/room/files.ts'
import type { PastTurn } from '../tables/room/sessions.ts'

type Block = Exclude<SessionMessage['content'], string>[number]
type Turn = Pick<PastTurn, 'id' | 'files'>

const MOST_IN_A_TURN = 8
/** With more than this the API looks at each more coarsely. */
const MOST_IN_A_REQUEST = 20
/** All of it stands in memory several times while it is sent, and other rooms live there too. */
const MOST_BYTES = 8_000_000
/** The API takes no larger one: in base64, and for each edge. */
const MOST_BYTES_OF_AN_IMAGE = 3_750_000
const LONGEST_EDGE = 8_000
const MOST_PAGES = 100
const PAGE_TOKENS = 4_600
const MOST_IMAGE_TOKENS = 5_000

/**
 * What each turn shows of the files that came with it, behind its words. The newest first, as far as a request may
 * go: of older ones a line says that they are not shown any more.
 */
export function shownIn(turns: Turn[], files: Pick<Files, 'find'>): Map<number, Block[]> {
  const room = { files: MOST_IN_A_REQUEST, bytes: MOST_BYTES }
  const shown = new Map<number, Block[]>()
  for (const { id, files: numbers } of turns.toReversed()) {
    if (numbers?.length) shown.set(id, blocksOf(numbers, files, room))
  }
  return shown
}

function blocksOf(
  numbers: number[],
  files: Pick<Files, 'find'>,
  room: { files: number; bytes: number },
): Block[] {
  let left = MOST_IN_A_TURN
  return numbers.flatMap((number): Block[] => {
    const file = files.find(number)
    if (!file) return [said(`File ${number} was deleted.`)]
    if (!isSeen(file)) return []
    const why = whyNot(file)
    if (why) return [said(`File ${number} is not shown: ${why}`)]
    const fits = left > 0 && room.files > 0 && room.bytes >= file.bytes
    if (!fits)
      return [said(`File ${number} is not shown: there are too many. It can be given again.`)]
    left--
    room.files--
    room.bytes -= file.bytes
    return [said(`File ${number}:`), blockFor({ ...file, tokens: tokensOf(file) })]
  })
}

type Seen = StoredFile & { kind: 'png' | 'jpeg' | 'webp' | 'gif' | 'pdf' }

/** Anything else is read by tools. */
function isSeen(file: StoredFile): file is Seen {
  return ['png', 'jpeg', 'webp', 'gif', 'pdf'].includes(file.kind)
}

function whyNot({ kind, bytes, width, height, pages }: Seen): string | null {
  if (kind === 'pdf') {
    if (bytes > MOST_BYTES_OF_A_PDF)
      return 'a PDF of more than 8 MB is neither shown nor read. Say so; a part of it can be given.'
    if (pages === null)
      return 'it cannot be opened: it may be broken, have a password, or unpack to too much. read_file says which.'
    return pages > MOST_PAGES
      ? `a PDF of ${pages} pages is read by pages, with your tools for files.`
      : null
  }
  if (Math.max(width ?? 0, height ?? 0) > LONGEST_EDGE || bytes > MOST_BYTES_OF_AN_IMAGE) {
    return `an image of ${width}×${height} and ${bytes} bytes is too large. Dropped through the link, it is made smaller.`
  }
  return null
}

function tokensOf({ kind, width, height, pages }: Seen) {
  if (kind === 'pdf') return (pages ?? MOST_PAGES) * PAGE_TOKENS
  return Math.min(MOST_IMAGE_TOKENS, Math.ceil(((width ?? 0) * (height ?? 0)) / 750) + 100)
}

function said(text: string): Block {
  return { type: 'text', text: `<hint>${text}</hint>` }
}
