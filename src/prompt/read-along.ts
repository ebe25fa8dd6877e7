import * as z from 'zod'
import { type Campfire, isUnsupported, type Page, pagesBack } from '../campfire.ts'
import { withDeadline } from '../clock.ts'
import { keepPages } from '../history.ts'
import { inShort, log } from '../log.ts'
import { campfireFor, noteAttempt, type Runtime } from '../runtime.ts'
import type { Arrival, Message } from '../tables/room/message.ts'
import { noteAskersSeen } from '../tables/room/reminders/askers-seen.ts'
import { lastReplyId, replyIdsFrom } from '../tables/room/replies/own-messages.ts'
import type { Tables } from '../tables.ts'
import { messagesShownIn } from './deleted-words.ts'
import { dropDeleted } from './drop-deleted.ts'
import { deletedOf, oldestIn, type PageRead, readPage, type Shown, unreadRemarks } from './pages.ts'
import { isNothingBetween } from './read-along/nothing-between.ts'
import { newestIdIn } from './read-back.ts'
import type { Remark } from './remarks.ts'

/** What the list shows of a room when a turn begins. */
export interface View {
  /** What others said since the bot last read along, oldest first. */
  said: Remark[]
  /** More was said than was looked at. */
  more: boolean
  /** Messages that we know of, and that somebody has deleted. */
  gone: ReadonlySet<number>
  /** What others have said, as it stands now. */
  shown: ReadonlyMap<number, Shown>
  /** From this message on all is shown. */
  oldest: number
  /** Nothing was asked yet: what was edited or deleted since this message is looked for beside the model's call. */
  asksLater?: { since: number }
}

const NOTHING = { said: [], more: false, gone: new Set<number>(), shown: new Map<number, Shown>() }

/** Nobody waits longer for an answer because we look around first. */
const TIMEOUT = 3_000
const MOST_PAGES = 3

interface Looking {
  /** A word of ours, or an answer to a request: it is not for the model. */
  isWord(message: Message): boolean
  /** The newest page, where it was asked for when the message came. */
  early: Promise<Page> | null
}

/**
 * Asks for the newest page before the message that has come is in the inbox, so that nothing that is written
 * keeps it waiting. Null: it is not needed, or most likely not.
 */
export function lookEarly(
  { numbers, turns }: Tables,
  { report }: Pick<Runtime, 'report'>,
  { id, room }: Arrival,
  campfire: (signal: AbortSignal) => Pick<Campfire, 'list'>,
): Promise<Page> | null {
  const isFirst = turns.last() === null
  if (!room || (!isFirst && (room.direct || follows()))) return null
  if (report.abilities().list === false) return null
  const page = withDeadline(TIMEOUT, (signal) => campfire(signal).list())
  // Whoever reads it hears of it.
  page.catch(() => {})
  return page

  function follows() {
    return id === null || id <= numbers.told() + 1
  }
}

/** Reads along before a turn begins. While nothing is due there is none to begin. */
export async function lookBeforeTurn(
  tables: Tables,
  runtime: Runtime,
  { isWord, early }: Looking,
): Promise<View | null> {
  const { inbox, attempts, now } = tables
  const due = inbox.nextDue()
  if (due === null || due > now()) return null

  await noteAttempt(tables, runtime)
  if (attempts.areMany() || runtime.report.abilities().list === false) return null
  const since = gapIn(tables) || !runtime.report.abilities().list ? null : newestRead(tables)
  if (since !== null && isNothingBetween(tables, { since, isWord }))
    return { ...NOTHING, oldest: since, asksLater: { since } }

  const view = lookAround(tables, (deadline) => {
    const campfire = campfireFor(tables, runtime, runtime.quota.within(deadline))
    return { list: (range) => (early && !range ? early : campfire.list(range)) }
  })
  readSession(tables)
  return await view
}

/** Beside the list's trip: whoever reads that needs it, and so does the turn that begins then. */
function readSession(tables: Tables) {
  const { session } = tables
  const current = session.current()
  if (current) session.pastAhead(current, nextTurn(tables))
}

/**
 * Reads what was said in the room before a turn begins, and learns who is here and what was deleted.
 * In the room it changes nothing, so no row comes before it; and it helps, but nothing depends on it:
 * null where this Campfire cannot list, is slow, or fails.
 */
export async function lookAround(
  tables: Tables,
  campfire: (signal: AbortSignal) => Pick<Campfire, 'list'>,
  timeout = TIMEOUT,
): Promise<View | null> {
  const gap = gapIn(tables)
  const since = gap ? gap.since : newestRead(tables)
  const pages: PageRead[] = []
  const listed: Page[] = []
  try {
    await withDeadline(timeout, async (signal) => {
      const reaches = ({ messages: [first] }: Page) => since === null || Number(first?.id) <= since
      for await (const page of pagesBack(campfire(signal), { reaches, most: MOST_PAGES })) {
        if (!pages.length) tables.numbers.seen(page, tables.now())
        const read = readPage(page, { self: tables.place.bot, since: since ?? 0 })
        tables.people.learn(read.sightings)
        tables.ownName.learn(read.ownSightings)
        noteAskersSeen(tables, read.sightings)
        pages.push(read)
        listed.push(page)
      }
    })
  } catch (error) {
    if (isUnsupported(error)) return null
    log.warn('room.not_listed', { ...tables.place, error: inShort(error) })
  }
  // The newest page alone is worth having.
  const hasSeen = pages.length > 0
  if (!hasSeen && !gap) tables.facts.set(GAP, { turn: nextTurn(tables), since })
  if (hasSeen && gap) tables.facts.set(GAP, null)
  const view = hasSeen ? viewOf(tables, pages, since) : null
  keepPages(tables, listed)
  return view
}

function viewOf(tables: Tables, pages: PageRead[], since: number | null): View {
  const { inbox, forgotten } = tables
  const oldest = oldestIn(pages)
  const gone = goneIn(tables, pages, nextTurn(tables))
  const shown = new Map(pages.flatMap(({ shown }) => [...shown]))
  dropDeleted(tables, gone)

  // Asked in a turn, or while one ran.
  const taken = inbox.received.takenAfter(since ?? oldest - 1)
  const answered = new Set(taken.flatMap(({ id, silently }) => (silently ? [] : [id])))
  const { said, more } = unreadRemarks(pages, since, answered)
  const read = said.filter((remark) => !forgotten.has(remark))
  const cut = read.map((one) => ({ ...one, quote: forgotten.cut(one.quote) }))
  return { said: cut, more, gone, shown, oldest }
}

/** What was there when a turn before this one read it, and is gone. */
export function goneIn(tables: Tables, pages: PageRead[], turn: number) {
  const oldest = oldestIn(pages)
  const known = [
    ...tables.inbox.received.idsFrom(oldest),
    ...replyIdsFrom(tables.sql, oldest),
    ...shownSince(tables, { oldest, turn }),
  ]
  return deletedOf(known, pages)
}

/**
 * Messages of which the model has read in this session, also such as nobody has delivered to us. It is read
 * for the turn that begins now anyway.
 */
function shownSince(
  { session, numbers }: Tables,
  { oldest, turn }: { oldest: number; turn: number },
) {
  const current = session.current()
  if (!current) return []
  const shown = new Set<number>()
  const past = session.pastAhead(current, turn)
  const first = numbers.era().turn
  for (const { id, prompt, steps } of past.toReversed()) {
    // What the prompts before it show is older still, or of a Campfire before it was restored.
    if (id <= first || (newestIdIn(prompt) ?? oldest) < oldest) break
    const found = steps.flatMap(({ uses }) => uses.filter(({ name }) => FINDS.has(name)))
    const read = [
      prompt,
      ...steps.map(({ notice }) => notice),
      ...found.map(({ result }) => result),
    ]
    for (const message of read.flatMap((words) => messagesShownIn(words ?? ''))) shown.add(message)
  }
  return shown
}

/** Tools that give messages. */
const FINDS = new Set(['read_messages', 'search_conversation'])

/** Since when nothing was seen of the room, as its list failed, and the turn that began blind for it. */
const GAP = 'not seen'
const Gap = z.object({ turn: z.int(), since: z.int().nullable() }).nullable()

/** Null: there is none, or it was before this session. */
function gapIn({ facts, turns, session }: Tables) {
  const gap = facts.get(GAP, Gap)
  const blind = gap && turns.find(gap.turn)
  return blind && blind.session === session.current()?.id ? gap : null
}

function nextTurn({ turns }: Pick<Tables, 'turns'>) {
  return (turns.last()?.id ?? 0) + 1
}

/**
 * The newest message that the model has read in this session, or else the bot's own last one. Read off
 * the last prompt, so that it costs no write.
 */
function newestRead({ session, sql, numbers }: Tables) {
  const current = session.current()
  const prompt = current && session.lastPrompt(current)
  const { epoch, turn, from } = numbers.era()
  const read = (prompt && newestIdIn(prompt)) || lastReplyId(sql, turn)
  // Numbers of a Campfire before it was restored say nothing of what was said since.
  return epoch > 0 && (read ?? 0) > numbers.told() ? from : read
}

/** Where nothing can be listed: what was said to us since, and met with silence. */
export function silentlyHeard(tables: Tables): Remark[] {
  const { turns, inbox, archive } = tables
  if (turns.last()?.state !== 'silent') return []

  const taken = inbox.received.takenAfter(newestRead(tables) ?? 0)
  const silent = new Set(taken.flatMap(({ id, silently }) => (silently ? [id] : [])))
  return archive
    .search({ words: '', limit: AT_MOST })
    .filter(({ message }) => message !== null && silent.has(message))
    .map(({ message, ...remark }) => ({ ...remark, id: message, file: null, quote: null }))
}

const AT_MOST = 40
