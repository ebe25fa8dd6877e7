import * as z from 'zod'
import { membersOf } from '../bots.ts'
import { readHtml } from '../campfire/text.ts'
import type { Campfire, ListedMessage } from '../campfire.ts'
import { isUnsupported, listFrom } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Look } from './attempts.ts'
import { nextExpiry } from './expiry.ts'
import { hear } from './hear.ts'
import { botHere } from './member.ts'
import type { Arrival } from './message.ts'
import { campfireFor, noteAttempt, type Outside } from './outside.ts'
import { type Parts, roomIn } from './parts.ts'
import { sweep, sweptSince } from './sweep.ts'
import { takeDownLeft } from './waiting.ts'

const MINUTE = 60_000
/** After a turn the room is looked at so many minutes later; then there is no alarm but that of expiry. */
const LOOKS = [1, 10, 60].map((minutes) => minutes * MINUTE)
const DAY = 24 * 60 * MINUTE
const KNOWN = 'known through'

/** When the room is to be looked at next, in ms since 1970. */
export function nextLook({ turns, now }: Parts) {
  const ended = turns.last()?.ended
  return ended ? (LOOKS.map((after) => ended + after).find((time) => time > now()) ?? null) : null
}

/** Looks at what no delivery brought, some time after a turn or when something wakes us later. */
export async function lookForMissed(parts: Parts, outside: Outside) {
  const { turns, attempts } = parts
  const expiry = () => nextExpiry(parts, botHere(parts, outside.member))
  const wish = turns.open() ? null : wantsLook(parts, expiry)
  if (!wish) return

  await noteAttempt(parts, outside, wish)
  if (attempts.areMany()) return

  await look(parts, campfireFor(parts, outside), membersOf(outside.env.BOT_KEYS).userIds)
  if (wish.isLate) attempts.survived()
}

/**
 * Campfire never calls again: whoever wakes after more than a minute looks at what was missed, and be it
 * hours later, after a laptop's sleep. Past its time, and with nobody who woke us, it is late: the handler
 * before this one may have died over it.
 */
function wantsLook({ turns, inbox, now }: Parts, expiry: () => number | null): Look | null {
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
async function look(parts: Parts, campfire: Campfire, ours: Set<number>) {
  try {
    const since = knownThrough(parts)
    const from = Math.min(since, sweptSince(parts) ?? since)
    const listed = await listFrom(campfire, from)
    const reaches = listed.whole || from === since
    const { messages } = reaches ? listed : await listFrom(campfire, since)
    const missed = messages.filter((message) => isMissed(parts, message, since, ours))
    for (const message of missed) {
      if (hear(parts, asArrival(parts, message))) {
        log.warn('message.was_missed', { ...parts.place, message: message.id })
      }
    }
    await takeDownLeft(parts, campfire)
    await sweep(parts, campfire, listed)
    const newest = messages.at(-1)?.id ?? 0
    if (newest > since) parts.facts.set(KNOWN, newest)
  } catch (error) {
    if (!isUnsupported(error))
      log.warn('room.not_looked_at', { ...parts.place, error: inShort(error) })
  }
}

/** From the first delivery that we ever had; before that nobody counted on us. */
function knownThrough({ facts, inbox }: Parts) {
  return facts.get(KNOWN, z.int()) ?? inbox.firstId() ?? 0
}

function isMissed(parts: Parts, message: ListedMessage, since: number, ours: Set<number>) {
  const { now, place } = parts
  const isOld = message.id <= since || message.at < now() - DAY
  if (isOld || ours.has(message.author.id)) return false
  return roomIn(parts).direct || mentionsIn(message, place.bot)
}

function mentionsIn({ html }: ListedMessage, self: number) {
  return readHtml(html, self).mentions.some(({ userId }) => userId === self)
}

function asArrival(parts: Parts, { id, author, html, plain, file }: ListedMessage): Arrival {
  const { place } = parts
  const { text, quote, mentions } = readHtml(html, place.bot)
  return {
    id,
    author: { id: author.id, name: author.name || `user ${author.id}` },
    text: file ? '' : text || plain,
    file,
    quote,
    mentions,
    mentioned: mentions.some(({ userId }) => userId === place.bot),
    room: roomIn(parts),
  }
}
