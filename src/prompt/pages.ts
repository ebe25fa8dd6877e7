import { readHtml } from '../campfire/text.ts'
import type { ListedMessage, Page } from '../campfire.ts'
import type { OwnSighting } from '../tables/room/people/whereabouts.ts'
import type { Sighting } from '../tables/room/people.ts'
import type { Remark } from './remarks.ts'

/** Of a message of any length so much is read: a page of long ones must not bring us down. */
const MOST_HTML = 20_000

/** A message as the list shows it now. Its words are read, whole, when somebody asks for them. */
export interface Shown {
  author: number
  file: string | null
  /** Characters of HTML: reading them takes time. */
  length: number
  /** By another bot. */
  bot: boolean
  remark(): Remark
  /** Whether it mentions the bot. */
  mentionsUs(): boolean
}

/** A page, without what is not needed of it. */
export interface PageRead {
  ids: Set<number>
  more: boolean
  /** By their ids, those of others. */
  shown: Map<number, Shown>
  /** The ids about which it says for sure whether they are there. */
  covers: { from: number; to: number }
  remarks: Remark[]
  /** Whom it shows, and what it shows of the bot itself. */
  sightings: Sighting[]
  ownSightings: OwnSighting[]
}

/** What was said after `since` is read, by others than `self`; what is older was read when it came. */
export function readPage(
  { messages, more, unreadable }: Page,
  { self, since }: { self: number; since: number },
): PageRead {
  const read = messages
    .filter(({ id }) => id > since)
    .map((message) => ({ message, ...readHtml(message.html.slice(0, MOST_HTML), self) }))
  const ids = messages.map(({ id }) => id).sort((a, b) => a - b)
  // Campfire sorts by time and cuts there, so at the old edge an id may be missing for no reason; and
  // newer than the last is what came after the page.
  const from = more ? ids[1] : 0
  const to = ids.at(-1)
  const isSure = unreadable === 0 && from !== undefined && to !== undefined
  const others = messages.filter(({ author }) => author.id !== self)
  const seen = [
    ...messages.map(({ author, at }) => ({ ...author, at, by: 'spoke' as const })),
    ...read.flatMap(({ message, mentions }) => chipsIn(message, mentions)),
  ]
  return {
    ids: new Set(ids),
    more,
    shown: new Map(others.map((message) => [message.id, shownOf(message, self)])),
    covers: isSure ? { from, to } : { from: 0, to: 0 },
    remarks: read
      .filter(({ message, text }) => message.author.id !== self && (text || message.file))
      .map(({ message, text, quote }) => remarkOf(message, text, quote)),
    sightings: seen.filter(({ id }) => id !== self),
    ownSightings: seen.filter(({ id }) => id === self),
  }
}

/** Of these messages those that should be on one of the pages, and are not: somebody deleted them. */
export function deletedOf(known: number[], pages: PageRead[]): ReadonlySet<number> {
  return new Set(known.filter((id) => pages.some((page) => lacks(page, id))))
}

/** What was said after `since`, oldest first, and whether more was said than the pages show. */
export function unreadRemarks(pages: PageRead[], since: number | null, answered: Set<number>) {
  const said = pages
    .toReversed()
    .flatMap(({ remarks }) => remarks)
    .filter(({ id }) => id !== null && id > (since ?? 0) && !answered.has(id))
  const reaches = since === null || pages.some(({ ids, more }) => !more || hasAsOld(ids, since))
  return { said, more: !reaches }
}

/** The oldest message that the pages say anything of. */
export function oldestIn(pages: PageRead[]) {
  return Math.min(...pages.map(({ covers, ids }) => Math.min(covers.from, ...ids)))
}

function shownOf(message: ListedMessage, self: number): Shown {
  let reading: ReturnType<typeof readHtml> | null = null
  const read = () => {
    reading ??= readHtml(message.html, self)
    return reading
  }
  return {
    author: message.author.id,
    file: message.file,
    length: message.html.length,
    bot: message.author.role === 'bot',
    remark: () => remarkOf(message, read().text, read().quote),
    mentionsUs: () => read().mentions.some(({ userId }) => userId === self),
  }
}

function chipsIn(
  { html, at }: ListedMessage,
  mentions: readonly { userId: number; sgid: string; name: string | null }[],
) {
  // Campfire renders its chips, and signs them anew; the Express port lists what was sent.
  const by: Sighting['by'] = RENDERED.test(html) ? 'listed' : 'chip'
  return mentions.map(({ userId, sgid, name }) => ({ id: userId, name, sgid, at, by }))
}

const RENDERED = /<div(?=[^<>]* class="mention")/

function remarkOf({ id, at, author, file }: ListedMessage, text: string, quote: Remark['quote']) {
  const name = author.name || `user ${author.id}`
  const bot = author.role === 'bot'
  return { id, author: author.id, name, at, text: file ? '' : text, file, quote, bot }
}

function lacks({ ids, covers }: PageRead, id: number) {
  return id >= covers.from && id < covers.to && !ids.has(id)
}

/** One that is as old, or older. */
function hasAsOld(ids: Set<number>, since: number) {
  return [...ids].some((id) => id <= since)
}
