import * as z from 'zod'
import { membersOf } from '../bots.ts'
import { readHtml } from '../campfire/text.ts'
import type { Campfire, ListedMessage } from '../campfire.ts'
import { isUnsupported, listFrom } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { sweep, sweptSince, takeDownLeft } from '../reply.ts'
import { botHere, campfireFor, noteAttempt, type Runtime } from '../runtime.ts'
import { nextExpiry } from '../session.ts'
import type { Look } from '../tables/room/attempts.ts'
import { roomIn, type Tables } from '../tables.ts'
import { arrivalOf } from './arrival.ts'
import { receive } from './receive.ts'

const MINUTE = 60_000
/** After a turn the room is looked at so many minutes later; then there is no alarm but that of expiry. */
const LOOKS = [1, 10, 60].map((minutes) => minutes * MINUTE)
const DAY = 24 * 60 * MINUTE
const KNOWN = 'known through'

/** When the room is to be looked at next, in ms since 1970. */
export function nextLook({ turns, now }: Tables) {
  const ended = turns.last()?.ended
  return ended ? (LOOKS.map((after) => ended + after).find((time) => time > now()) ?? null) : null
}

/** Looks at what no delivery brought, some time after a turn or when something wakes us later. */
export async function lookForMissed(tables: Tables, runtime: Runtime) {
  const { turns, attempts } = tables
  const expiry = () => nextExpiry(tables, botHere(tables, runtime.member))
  const isOpen = turns.open() !== null || turns.nextAside() !== null
  const wish = isOpen ? null : wantsLook(tables, expiry)
  if (!wish) return

  await noteAttempt(tables, runtime, wish)
  if (attempts.areMany()) return

  await look(tables, campfireFor(tables, runtime), membersOf(runtime.env.BOT_KEYS).userIds)
  if (wish.isLate) attempts.survived()
}

/**
 * Campfire never calls again: whoever wakes after more than a minute looks at what was missed, and be it
 * hours later, after a laptop's sleep. Past its time, and with nobody who woke us, it is late: the handler
 * before this one may have died over it.
 */
function wantsLook({ turns, inbox, now }: Tables, expiry: () => number | null): Look | null {
  const ended = turns.last()?.ended
  if (!ended || now() < ended + MINUTE) return null

  const times = [...LOOKS.map((after) => ended + after), expiry() ?? Number.POSITIVE_INFINITY]
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
async function look(tables: Tables, campfire: Campfire, ours: Set<number>) {
  try {
    const since = knownThrough(tables)
    const from = Math.min(since, sweptSince(tables) ?? since)
    const listed = await listFrom(campfire, from)
    const reaches = listed.whole || from === since
    const { messages } = reaches ? listed : await listFrom(campfire, since)
    const missed = messages.filter((message) => isMissed(tables, message, since, ours))
    for (const message of missed) {
      if (receive(tables, arrivalOf({ ...message, room: roomIn(tables) }, tables.place.bot))) {
        log.warn('message.was_missed', { ...tables.place, message: message.id })
      }
    }
    await takeDownLeft(tables, campfire)
    await sweep(tables, campfire, listed)
    const newest = messages.at(-1)?.id ?? 0
    if (newest > since) tables.facts.set(KNOWN, newest)
  } catch (error) {
    if (!isUnsupported(error))
      log.warn('room.not_looked_at', { ...tables.place, error: inShort(error) })
  }
}

/** From the first delivery that we ever had; before that nobody counted on us. */
function knownThrough({ facts, inbox }: Tables) {
  return facts.get(KNOWN, z.int()) ?? inbox.firstId() ?? 0
}

function isMissed(tables: Tables, message: ListedMessage, since: number, ours: Set<number>) {
  const { now, place } = tables
  const isOld = message.id <= since || message.at < now() - DAY
  if (isOld || ours.has(message.author.id)) return false
  return roomIn(tables).direct || mentionsIn(message, place.bot)
}

function mentionsIn({ html }: ListedMessage, self: number) {
  return readHtml(html, self).mentions.some(({ userId }) => userId === self)
}
