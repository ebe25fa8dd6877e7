import { type CampfireError, isRefusal } from '../campfire.ts'
import { NO_OUTAGE, type Outage } from '../tables/room/reply-states.ts'

/** So long after the first, a refusal that is surely Campfire's own is believed. */
const BELIEVED_AFTER = 120_000

/**
 * What is known of Campfire's refusals, with one more error. A ban has its own time, and a look at the room
 * that is refused says nothing of the words that are to be posted.
 */
export function outageAfter(before: Outage | null, error: CampfireError, now: number) {
  if (error.kind === 'banned' && !error.isAlone) return before
  const outage = inTime(before ?? NO_OUTAGE, now)
  if (!isRefusal(error)) return outage
  const ofWords = error.isWordless
    ? {}
    : { refusals: outage.refusals + 1, since: outage.since ?? now }
  return {
    ...outage,
    ...ofWords,
    own: outage.own ?? (error.own ? now : null),
  }
}

/** Nothing began later than now: where it seems so, the clock was put back, and nobody waits for that. */
function inTime(outage: Outage, now: number): Outage {
  const { since, own } = outage
  const atMostNow = (at: number | null) => (at === null ? null : Math.min(at, now))
  return { ...outage, since: atMostNow(since), own: atMostNow(own) }
}

/** It is Campfire itself that refuses us, seen twice and minutes apart: somebody has to know, once. */
export function isForTheOperator({ own, told }: Outage, error: CampfireError, now: number) {
  return error.own && isRefusal(error) && !told && own !== null && now - own >= BELIEVED_AFTER
}
