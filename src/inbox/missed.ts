import { membersOf } from '../bots.ts'
import { readHtml } from '../campfire/text.ts'
import type { Campfire, ListedMessage, Since } from '../campfire.ts'
import { isUnsupported, listFrom, listSince } from '../campfire.ts'
import { DAY, MINUTE } from '../clock.ts'
import { keepPages } from '../history.ts'
import { inShort, log } from '../log.ts'
import { lateSince, postedElsewhere, sweep, sweptSince, Tidying, takeDownLeft } from '../reply.ts'
import { botHere, campfireFor, noteAttempt, type Runtime } from '../runtime.ts'
import { nextExpiry } from '../session.ts'
import type { Look } from '../tables/room/attempts.ts'
import { roomIn, type Tables } from '../tables.ts'
import { arrivalOf } from './arrival.ts'
import { hear, heardThrough, isHeard } from './heard.ts'
import { keepSilentAbout } from './keep-silent.ts'
import { receive } from './receive.ts'

/** After a turn the room is looked at so many minutes later; then there is no alarm but that of expiry. */
const LOOKS = [1, 10, 60].map((minutes) => minutes * MINUTE)
/** Where a turn was given up its sign and half an answer may stand: so many days on, once a day, we look whether we can speak again. */
const DAYS = 90

/** When the room is to be looked at next, in ms since 1970. */
export function nextLook(tables: Tables) {
  const { turns, now, service } = tables
  // Of a room that is no longer ours only what we may have left there is of interest.
  if (!service.isServed && sweptSince(tables) === null) return null
  const ended = turns.last()?.ended
  if (!ended) return null
  const isToCome = (time: number) => time > now()
  return looksAfter(ended).find(isToCome) ?? daysAfter(ended, tables).find(isToCome) ?? null
}

function looksAfter(ended: number) {
  return LOOKS.map((after) => ended + after)
}

function daysAfter(ended: number, { turns }: Tables) {
  return turns.ended.wasGivenUp()
    ? Array.from({ length: DAYS }, (_, n) => ended + (n + 1) * DAY)
    : []
}

/** What is to be looked at in this handler, as it begins. */
export function lookToTake(tables: Tables, runtime: Runtime): Look | null {
  const expiry = () => nextExpiry(tables, botHere(tables, runtime.member))
  const { turns } = tables
  const isOpen = turns.open() !== null || turns.nextAside() !== null
  return isOpen ? null : wantsLook(tables, expiry)
}

/**
 * Looks at what no delivery brought, some time after a turn or when something wakes us later. Nobody
 * waits for it: `signal` says that somebody has come, and then the next look finds it. Gives back from
 * where on it looked, for one more of the same stretch: `from`.
 */
export async function lookForMissed(
  tables: Tables,
  runtime: Runtime,
  { wish, signal, from }: { wish: Look; signal: AbortSignal; from: number | null },
): Promise<number | null> {
  const { attempts } = tables
  await noteAttempt(tables, runtime, wish)
  if (attempts.areMany()) return null

  const campfire = campfireFor(tables, runtime, runtime.quota.within(signal))
  const ours = membersOf(runtime.env.BOT_KEYS).userIds
  const seenFrom = await look(tables, campfire, { ours, again: from })
  if (wish.isLate) attempts.survived()
  return seenFrom
}

/**
 * Campfire never calls again: whoever wakes after more than a minute looks at what was missed, and be it
 * hours later, after a laptop's sleep. Past its time, and with nobody who woke us, it is late: the handler
 * before this one may have died over it.
 */
function wantsLook(tables: Tables, expiry: () => number | null): Look | null {
  const { turns, inbox, now } = tables
  const ended = turns.last()?.ended
  if (!ended || now() < ended + MINUTE) return null

  const others = [...daysAfter(ended, tables), expiry() ?? Number.POSITIVE_INFINITY]
  const times = [...looksAfter(ended), ...others]
  const due = Math.max(...times.filter((time) => time <= now()))
  return inbox.nextDue() === null
    ? { due, isLate: now() - due > LATE }
    : { due: null, isLate: false }
}

/** The platform is not to the millisecond, and waits for two seconds before it tries again. */
const LATE = 1_000

/**
 * Lists the room from the last message that is known to have been heard: mentions of us, and in directs
 * every message, that no delivery brought go to the inbox; and what a dead request of ours did late is
 * put right. Only this Campfire can say it, so where it cannot nothing is done, and nothing fails.
 */
async function look(
  tables: Tables,
  campfire: Campfire,
  { ours, again }: { ours: Set<number>; again: number | null },
) {
  try {
    const since = heardThrough(tables).cursor
    const start = startOf(tables, since, again)
    const listed = await listSince(campfire, start, MOST_PAGES)
    const reaches = listed.whole || (start.cursor === since && !start.wentBack)
    const { messages, whole } = reaches ? listed : await listFrom(campfire, since, MOST_PAGES)
    const from = start.wentBack ? Math.min(start.cursor, firstOf(listed) - 1) : start.cursor
    if (whole) tables.numbers.seen({ messages, unreadable: 0 }, tables.now())
    if (whole) keepPages(tables, [{ messages, more: true }], reaches ? from : since)
    const heard = heardThrough(tables)
    const missed = messages.filter(
      (message) => !isHeard(tables, heard, message) && isMissed(tables, message, ours),
    )
    let elsewhere: ListedMessage[] | null = null
    for (const message of missed) {
      const said = arrivalOf({ ...message, room: roomIn(tables) }, tables.place.bot)
      const arrival = { ...said, found: true }
      if (!receive(tables, arrival, message.at)) continue
      tables.health.missed(message.id, tables.now())
      elsewhere ??= postedElsewhere(tables, messages)
      const isAnswered = elsewhere.some((post) => mayAnswer(post, message))
      if (isAnswered) keepSilentAbout(tables, arrival, ANSWERED_ELSEWHERE)
      else log.warn('message.was_missed', { ...tables.place, message: message.id })
    }
    hear(tables, heard, messages.at(-1))
    await tidy(tables, campfire, { ...listed, start })
    return from
  } catch (error) {
    if (!isUnsupported(error))
      log.warn('room.not_looked_at', { ...tables.place, error: inShort(error) })
    return null
  }
}

/** As far back as anything may still have to be put right. */
function startOf(tables: Tables, since: number, again: number | null): Since {
  const swept = sweptSince(tables) ?? NOTHING
  const others = [lateSince(tables), again].filter((cursor) => cursor !== null)
  return { ...swept, cursor: Math.min(since, swept.cursor, ...others) }
}

const NOTHING = {
  cursor: Number.POSITIVE_INFINITY,
  time: Number.POSITIVE_INFINITY,
  wentBack: false,
}

function firstOf({ messages }: Pick<Listed, 'messages'>) {
  return messages[0]?.id ?? Number.POSITIVE_INFINITY
}

/** Each list asks for no more pages: a handler has turns to take as well. */
const MOST_PAGES = 8

/** Whatever goes wrong with it, what was missed has been found. What people read goes before signs. */
async function tidy(tables: Tables, campfire: Campfire, listed: Listed) {
  const tidying = new Tidying(tables)
  await sweep(tables, campfire, listed, tidying)
  await takeDownLeft(tables, campfire, tidying)
}

type Listed = Awaited<ReturnType<typeof listSince>> & { start: Since }

const ANSWERED_ELSEWHERE = 'answered elsewhere'
/** So long after a message something that was said as our bot may be the answer to it. */
const ANSWERED_WITHIN = 15 * MINUTE

/** To whom it was said nobody can tell; our own answers, of which we know that, are not asked about. */
function mayAnswer(post: ListedMessage, message: ListedMessage) {
  const after = post.at - message.at
  return post.id > message.id && after >= 0 && after <= ANSWERED_WITHIN
}

function isMissed(tables: Tables, message: ListedMessage, ours: Set<number>) {
  const { now, forgotten, place, service } = tables
  if (!service.isServed) return false
  if (message.at < now() - DAY || ours.has(message.author.id)) return false
  if (forgotten.has({ id: message.id, author: message.author.id })) return false
  return roomIn(tables).direct || mentionsIn(message, place.bot)
}

function mentionsIn({ html }: ListedMessage, self: number) {
  return readHtml(html, self).mentions.some(({ userId }) => userId === self)
}
