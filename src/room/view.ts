import { readHtml } from '../campfire/text.ts'
import type { ListedMessage, Page } from '../campfire.ts'
import type { Remark } from '../turn/context.ts'
import { withoutWords } from '../turn/prompt.ts'
import { replyIdsFrom } from './own-messages.ts'
import type { Parts } from './parts.ts'
import type { Sighting } from './people.ts'

/** What the list shows of a room when a turn begins. */
export interface View {
  /** What others said since the bot last read along, oldest first. */
  said: Remark[]
  /** More was said than was looked at. */
  more: boolean
  /** Messages that we know of, and that somebody has deleted. */
  gone: ReadonlySet<number>
}

/** Of a message of any length so much is read: a page of long ones must not bring us down. */
const LONGEST = 20_000

/** A page, without what is not needed of it. */
export interface Sight {
  ids: Set<number>
  more: boolean
  /** The ids about which it says for sure whether they are there. */
  covers: { from: number; to: number }
  remarks: Remark[]
}

export function sightOf(
  { messages, more, unreadable }: Page,
  { place, people }: Parts,
  since: number,
): Sight {
  people.learn(messages.map(({ author }): Sighting => ({ ...author, by: 'spoke' })))
  // What the model has read was looked at when it came.
  const unread = messages.filter(({ id }) => id > since)
  const read = unread.map((message) => {
    const { text, quote, mentions } = readHtml(message.html.slice(0, LONGEST), place.bot)
    people.learn(sightingsIn(message, mentions))
    return { message, remark: remarkOf(message, text, quote) }
  })
  const ids = messages.map(({ id }) => id).sort((a, b) => a - b)
  // Campfire sorts by time and cuts there, so at the old edge an id may be missing for no reason; and
  // newer than the last is what came after the page.
  const from = more ? ids[1] : 0
  const to = ids.at(-1)
  const isSure = unreadable === 0 && from !== undefined && to !== undefined
  return {
    ids: new Set(ids),
    more,
    covers: isSure ? { from, to } : { from: 0, to: 0 },
    remarks: read.flatMap(({ message, remark }) =>
      message.author.id !== place.bot && (remark.text || remark.file) ? [remark] : [],
    ),
  }
}

function sightingsIn(
  { author, html }: ListedMessage,
  mentions: { userId: number; sgid: string; name: string | null }[],
): Sighting[] {
  // Campfire renders its chips, and signs them anew; the Express port lists what was sent.
  const by = RENDERED.test(html) ? 'listed' : 'chip'
  return [
    { ...author, by: 'spoke' },
    ...mentions.map(({ userId, sgid, name }): Sighting => ({ id: userId, name, sgid, by })),
  ]
}

const RENDERED = /<div(?=[^<>]* class="mention")/

function remarkOf({ id, at, author, file }: ListedMessage, text: string, quote: Remark['quote']) {
  const name = author.name || `user ${author.id}`
  const bot = author.role === 'bot'
  return { id, author: author.id, name, at, text: file ? '' : text, file, quote, bot }
}

/** All of it together. What somebody has deleted leaves the archive, and the prompts of this session. */
export function viewOf(parts: Parts, sights: Sight[], since: number | null): View {
  const { inbox, archive, session, sql } = parts
  const oldest = Math.min(...sights.map(({ covers, ids }) => Math.min(covers.from, ...ids)))
  const known = [...inbox.idsFrom(oldest), ...replyIdsFrom(sql, oldest)]
  const gone = new Set(known.filter((id) => sights.some((sight) => lacks(sight, id))))
  const news = archive.drop(gone)
  const current = session.current()
  if (news.length && current) session.rewrite(current, (prompt) => withoutWords(prompt, news))

  // Asked in a turn, or while one ran.
  const taken = inbox.takenAfter(since ?? oldest - 1)
  const answered = new Set(taken.flatMap(({ id, silently }) => (silently ? [] : [id])))
  const said = sights
    .toReversed()
    .flatMap(({ remarks }) => remarks)
    .filter(({ id }) => id !== null && id > (since ?? 0) && !answered.has(id))
  const reaches = since === null || sights.some(({ ids, more }) => !more || has(ids, since))
  return { said, more: !reaches, gone }
}

function lacks({ ids, covers }: Sight, id: number) {
  return id >= covers.from && id < covers.to && !ids.has(id)
}

/** One that is as old, or older. */
function has(ids: Set<number>, since: number) {
  return [...ids].some((id) => id <= since)
}
