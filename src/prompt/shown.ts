import type { Bot } from '../bots.ts'
import { MOST_BYTES_OF_A_PDF } from '../files.ts'
import { blockFor, handedTo, type SessionMessage } from '../model.ts'
import type { Files, StoredFile } from '../tables/room/files.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import { attribute } from './tags.ts'

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
/** From here on a PDF is handed over once and not sent each time, where the address takes files. */
const LARGE_PDF = 2_000_000
const PAGE_TOKENS = 4_600
const MOST_IMAGE_TOKENS = 5_000

/** What the model is asked with, as far as it decides which files go where. */
interface Offer {
  bot: Pick<Bot, 'serverTools'>
  without: ReadonlySet<string>
}

/** Whether the API is handed this file beside its messages: for code that it runs, or since it is large. */
export function isHanded({ kind, bytes }: StoredFile, { bot, without }: Offer) {
  if (without.has('files')) return false
  const runsCode = bot.serverTools.code !== undefined && !without.has('code_execution')
  return runsCode || (kind === 'pdf' && bytes > LARGE_PDF)
}

interface Shelf extends Offer {
  files: Pick<Files, 'find'> & { uploads: Pick<Files['uploads'], 'find'> }
  /** In which it was handed over. */
  session: number
  now: number
}

/** It may take a while to be asked, and then it must not be gone. */
const SOON = 10 * 60_000

/** By which the API knows it in this session. Null: it does not. */
function nameThere(file: StoredFile, { files, session, now, ...offer }: Shelf) {
  if (!isHanded(file, offer)) return null
  const upload = files.uploads.find(file.number, session)
  const isThere = upload?.state === 'there' && (upload.until ?? 0) > now + SOON
  return isThere ? upload.id : null
}

/**
 * What each turn shows of the files that came with it, behind its words. The newest first, as far as a request may
 * go: of older ones a line says that they are not shown any more.
 */
export function shownIn(turns: Turn[], shelf: Shelf): Map<number, Block[]> {
  const room = { files: MOST_IN_A_REQUEST, bytes: MOST_BYTES }
  const shown = new Map<number, Block[]>()
  for (const { id, files: numbers } of turns.toReversed()) {
    if (numbers?.length) shown.set(id, blocksOf(numbers, shelf, room))
  }
  return shown
}

function blocksOf(
  numbers: number[],
  shelf: Shelf,
  room: { files: number; bytes: number },
): Block[] {
  let left = MOST_IN_A_TURN
  return numbers.flatMap((number): Block[] => {
    const file = shelf.files.find(number)
    if (!file) return [said(`File ${number} was deleted.`)]
    const handed = nameThere(file, shelf)
    const isForCode =
      handed !== null && shelf.bot.serverTools.code && !shelf.without.has('code_execution')
    return [...seen(file, handed), ...(isForCode ? [said(besideCode(file)), handedTo(handed)] : [])]
  })

  function seen(file: StoredFile, handed: string | null): Block[] {
    if (!isSeen(file)) return []
    const { number, kind } = file
    const isNamed = handed !== null && kind === 'pdf' && file.bytes > LARGE_PDF
    const why = whyNot(file, isNamed)
    if (why) return [said(`File ${number} is not shown: ${why}`)]
    const bytes = isNamed ? 0 : file.bytes
    const fits = left > 0 && room.files > 0 && room.bytes >= bytes
    if (!fits)
      return [said(`File ${number} is not shown: there are too many. It can be given again.`)]
    left--
    room.files--
    room.bytes -= bytes
    const shown = { ...file, tokens: tokensOf(file), ...(isNamed && { handed }) }
    return [said(`File ${number}:`), blockFor(shown)]
  }
}

function besideCode({ number, name }: StoredFile) {
  return `File ${number} lies beside the code that you run, under its name (${attribute(name)}).`
}

type Seen = StoredFile & { kind: 'png' | 'jpeg' | 'webp' | 'gif' | 'pdf' }

/** Anything else is read by tools. */
function isSeen(file: StoredFile): file is Seen {
  return ['png', 'jpeg', 'webp', 'gif', 'pdf'].includes(file.kind)
}

function whyNot({ kind, bytes, width, height, pages }: Seen, isNamed: boolean): string | null {
  if (kind === 'pdf') {
    // How many pages it has nobody here knows: the API says so where they are too many.
    if (isNamed && bytes > MOST_BYTES_OF_A_PDF) return null
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
