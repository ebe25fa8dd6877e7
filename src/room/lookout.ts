import { readHtml } from '../campfire/text.ts'
import { type Campfire, CampfireError, type ListedMessage, type Page } from '../campfire.ts'
import { withDeadline } from '../deadline.ts'
import { inShort, log } from '../log.ts'
import type { Remark } from '../turn/context.ts'
import { newestIdIn, withoutWords } from '../turn/prompt.ts'
import { campfireFor, noteAttempt, type Outside } from './outside.ts'
import type { Parts } from './parts.ts'
import type { Sighting } from './people.ts'
import { lastReplyId, replyIdsFrom } from './replies.ts'

/** What the list shows of a room when a turn begins. */
export interface View {
  /** What others said since the bot last read along, oldest first. */
  said: Remark[]
  /** More was said than was looked at. */
  more: boolean
  /** Messages that we know of, and that somebody has deleted. */
  gone: ReadonlySet<number>
}

/** Nobody waits longer for an answer because we look around first. */
const PATIENCE = 3_000
const MOST_PAGES = 3
/** Of a message of any length so much is read: a page of long ones must not bring us down. */
const LONGEST = 20_000

/** Reads along before a turn begins. While nothing is due there is none to begin. */
export async function lookBeforeTurn(parts: Parts, outside: Outside): Promise<View | null> {
  const { inbox, attempts, now } = parts
  const due = inbox.nextDue()
  if (due === null || due > now()) return null

  await noteAttempt(parts, outside)
  if (attempts.areMany()) return null

  return await lookAround(parts, (deadline) =>
    campfireFor(parts, outside, (input, init) => {
      const signals = [init?.signal, deadline].filter((signal) => signal != null)
      return outside.shift.fetch(input, { ...init, signal: AbortSignal.any(signals) })
    }),
  )
}

/**
 * Reads what was said in the room before a turn begins, and learns who is here. It only reads, so no
 * row comes before it; and it helps, but nothing depends on it: null where this Campfire cannot list,
 * is slow, or fails.
 */
export async function lookAround(
  parts: Parts,
  campfire: (signal: AbortSignal) => Pick<Campfire, 'list'>,
  patience = PATIENCE,
): Promise<View | null> {
  const since = newestRead(parts)
  const sights: Sight[] = []
  try {
    await withDeadline(patience, async (signal) => {
      for await (const page of pagesBack(campfire(signal), since))
        sights.push(sightOf(page, parts, since ?? 0))
    })
  } catch (error) {
    const isOld = error instanceof CampfireError && error.kind === 'unsupported'
    if (!isOld) log.warn('room.not_listed', { ...parts.place, error: inShort(error) })
  }
  // The newest page alone is worth having.
  return sights.length ? viewOf(parts, sights, since) : null
}

/**
 * The newest message that the model has read in this session, or else the bot's own last one. Read off
 * the last prompt, so that it costs no write.
 */
function newestRead({ session, sql }: Parts) {
  const current = session.current()
  const prompt = current && session.lastPrompt(current)
  return (prompt && newestIdIn(prompt)) || lastReplyId(sql)
}

/** From the newest page back to the one that has `since`. What nothing is known of is the newest page. */
async function* pagesBack(campfire: Pick<Campfire, 'list'>, since: number | null) {
  let page = await campfire.list()
  yield page
  for (let pages = 1; pages < MOST_PAGES && since !== null; pages++) {
    const [first] = page.messages
    if (!first || !page.more || first.id <= since) return
    page = await campfire.list({ before: first.id })
    yield page
  }
}

/** A page, without what is not needed of it. */
interface Sight {
  ids: Set<number>
  more: boolean
  /** The ids about which it says for sure whether they are there. */
  covers: { from: number; to: number }
  remarks: Remark[]
}

function sightOf(
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

const RENDERED = /<div(?=[^>]* class="mention")/

function remarkOf({ id, at, author, file }: ListedMessage, text: string, quote: Remark['quote']) {
  const name = author.name || `user ${author.id}`
  const bot = author.role === 'bot'
  return { id, author: author.id, name, at, text: file ? '' : text, file, quote, bot }
}

function viewOf(parts: Parts, sights: Sight[], since: number | null): View {
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

/** Where nothing can be listed: what was said to us since, and met with silence. */
export function silentlyHeard(parts: Parts): Remark[] {
  const { turns, inbox, archive } = parts
  if (turns.last()?.state !== 'silent') return []

  const taken = inbox.takenAfter(newestRead(parts) ?? 0)
  const silent = new Set(taken.flatMap(({ id, silently }) => (silently ? [id] : [])))
  return archive
    .search({ words: '', limit: AT_MOST })
    .filter(({ message }) => message !== null && silent.has(message))
    .map(({ message, ...remark }) => ({ ...remark, id: message, file: null, quote: null }))
}

const AT_MOST = 40

function lacks({ ids, covers }: Sight, id: number) {
  return id >= covers.from && id < covers.to && !ids.has(id)
}

/** One that is as old, or older. */
function has(ids: Set<number>, since: number) {
  return [...ids].some((id) => id <= since)
}
