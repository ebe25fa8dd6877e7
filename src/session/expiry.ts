import type { Bot } from '../bots.ts'
import type { Parts } from '../tables.ts'
import { ERASED, Through } from './forget.ts'

const DAY = 86_400_000
/** Longer than a session without a setting of its own, for leave that is given once. */
const KEPT = 400 * DAY

/** Ends the session when its time is over, and drops what was kept long enough. */
export function expire(parts: Parts, bot: Bot) {
  const now = parts.now()
  const ends = sessionEnds(parts, bot)
  if (ends !== null && now >= ends) parts.session.end('expired', now)

  parts.approvals.prune(now - KEPT)
  const oldest = parts.archive.oldest()
  if (oldest !== null && now >= oldest + bot.archiveDays * DAY)
    drop(parts, now - bot.archiveDays * DAY)
}

/** When there is something to expire, in ms since 1970. */
export function nextExpiry(parts: Parts, bot: Bot) {
  const oldest = parts.archive.oldest()
  const dues = [
    sessionEnds(parts, bot),
    oldest === null ? null : oldest + bot.archiveDays * DAY,
    parts.approvals.nextLate(),
  ]
  const known = dues.filter((due) => due !== null)
  return known.length ? Math.min(...known) : null
}

export function sessionEnds({ session, turns }: Parts, { ttlMinutes }: Bot) {
  const current = session.current()
  if (!current) return null

  const last = turns.last()
  return Math.max(current.started, last?.ended ?? last?.started ?? 0) + ttlMinutes * 60_000
}

/** Turns keep their words no longer than the archive does. */
function drop({ archive, compactions, facts, turns, session }: Parts, before: number) {
  archive.prune(before)
  compactions.erase(before)
  const erased = facts.get(ERASED, Through) ?? 0
  const through = turns.endedBefore(before, erased)
  if (through === null) return

  session.erase(erased, through)
  facts.set(ERASED, through)
}
