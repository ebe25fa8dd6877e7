import type { Bot } from '../bots.ts'
import { DAY } from '../clock.ts'
import { RECEIPTS_KEPT } from '../receipt.ts'
import type { Tables } from '../tables.ts'
import { endSession } from './end.ts'
import { ERASED, Through } from './forget.ts'

/** Longer than a session without a setting of its own, for a yes that is given once. */
const KEPT = 400 * DAY

/** A delivery may be repeated, or found again, for so long. */
const IDS_KEPT = 180 * DAY

/** Through which number what was said to us was old enough, and is gone. */
const PRUNED = 'said to us, gone through'

/** What nobody reads any more, long before it is dropped: between turns, so that whoever asks waits for none of it. */
export function prune({ approvals, inbox, now }: Tables) {
  approvals.prune(now() - KEPT)
  inbox.forgetIds(now() - IDS_KEPT)
}

/** Ends the session when its time is over, and drops what was kept long enough: before each turn, too, for it reads that. */
export function expire(tables: Tables, bot: Bot) {
  const now = tables.now()
  const ends = sessionEnds(tables, bot)
  if (ends !== null && now >= ends) endSession(tables, 'expired')

  const oldest = tables.archive.oldest()
  const kept = keptFor(tables, bot)
  const words = bot.archiveDays * DAY
  // Files are gone with what was said about them, also where others' words are kept for longer.
  const given = tables.files.oldest()
  if (given !== null && now >= given + words) tables.files.prune(within(now, words))
  // What would be due within a day goes with it: once a day is often enough to put the index in order.
  if (tables.index.isStored && oldest !== null && now >= oldest + kept)
    tables.archive.prune(within(now, kept))
  const read = oldestRead(tables, oldest)
  if (read !== null && now >= read + words) drop(tables, within(now, words))
}

function within(now: number, kept: number) {
  return now - kept + Math.min(DAY, kept / 10)
}

/** In ms. What others said is kept for as long as a room is read back. */
function keptFor({ index }: Tables, { archiveDays, historyDays }: Bot) {
  return (index.isStored ? Math.max(archiveDays, historyDays) : archiveDays) * DAY
}

/** Since when turns have words; where nothing but what was said to us is kept, that tells it. */
function oldestRead({ index, turns, facts }: Tables, oldest: number | null) {
  return index.isStored ? turns.ended.firstAfter(facts.get(ERASED, Through) ?? 0) : oldest
}

/** When there is something to expire, in ms since 1970. */
export function nextExpiry(tables: Tables, bot: Bot) {
  const oldest = tables.archive.oldest()
  const read = oldestRead(tables, oldest)
  const given = tables.files.oldest()
  const dues = [
    sessionEnds(tables, bot),
    oldest === null ? null : oldest + keptFor(tables, bot),
    read === null ? null : read + bot.archiveDays * DAY,
    given === null ? null : given + bot.archiveDays * DAY,
    tables.approvals.nextLate(),
  ]
  const known = dues.filter((due) => due !== null)
  return known.length ? Math.min(...known) : null
}

export function sessionEnds({ session, turns }: Tables, { ttlMinutes }: Bot) {
  const current = session.current()
  if (!current) return null

  const last = turns.last()
  return Math.max(current.started, last?.ended ?? last?.started ?? 0) + ttlMinutes * 60_000
}

/** Turns keep their words no longer than what was said to us is kept. */
function drop(tables: Tables, before: number) {
  const { archive, compactions, facts, index, turns, session } = tables
  // Until all of it is gone the rest is due as well: so this is called again, at once.
  if (!index.isStored) archive.prune(before)
  else if (!pruneSaidToUs(tables, before)) return
  compactions.erase(before)
  const erased = facts.get(ERASED, Through) ?? 0
  // With nothing left in the archive no later row will remind us of what a failed turn has read.
  const isEmpty = archive.oldest() === null
  const through = turns.ended.before(isEmpty ? tables.now() : before, erased)
  if (through === null) return

  session.erase(erased, through)
  facts.set(ERASED, through)
  discard(tables, through)
}

function pruneSaidToUs({ archive, facts }: Tables, before: number) {
  const { through, isDone } = archive.pruneSaidToUs(before, facts.get(PRUNED, Through) ?? 0)
  facts.set(PRUNED, through)
  return isDone
}

/**
 * Whole turns go with their words, but for those whose receipt is kept for longer, and those that something still
 * asks about: the standing session and the one that it has still to be told of, an open request, and the newest,
 * by which we judge whether to speak.
 */
function discard({ turns, session, approvals, leases, now }: Tables, through: number) {
  const current = session.current()
  const told = current && current.summary === null ? session.before(current) : null
  const spending = leases.neededFrom()
  const needed = [
    through + 1,
    (turns.ended.before(now() - RECEIPTS_KEPT, 0) ?? 0) + 1,
    (turns.last()?.id ?? 0) - NEWEST_KEPT,
    ...(current ? [current.from_turn] : []),
    ...(told ? [told.from_turn] : []),
    ...approvals.waiting().map(({ turn }) => turn),
    // What calls have used of a lease is read off them until it is over.
    ...(spending === null ? [] : [spending]),
  ]
  turns.ended.discard(Math.min(...needed))
}

const NEWEST_KEPT = 200
