import * as z from 'zod'
import { DAY } from '../../../clock.ts'
import type { Facts } from '../facts.ts'
import type { Sighting } from '../people.ts'
import type { Reminders } from './to-come.ts'

const SEEN = 'askers seen'
/** When each of them was last seen to say something here, in ms since 1970. */
const Seen = z.record(z.string(), z.number())

/** So exactly it is kept: nobody's words cost a write each. */
const EXACT = 7 * DAY

/** Whoever has set up tasks here and says something to others is here as well, though it was not said to us. */
export function noteAskersSeen(
  { facts, reminders, now }: { facts: Facts; reminders: Reminders; now(): number },
  sightings: Sighting[],
) {
  if (reminders.nextDue() === null) return
  const askers = new Set(reminders.open().flatMap((one) => (one.isPrompt ? [one.asker] : [])))
  const known = facts.get(SEEN, Seen) ?? {}
  const kept = Object.entries(known).filter(([asker]) => askers.has(Number(asker)))
  const seen = new Map(kept.map(([asker, at]) => [Number(asker), at]))
  let isNews = false
  for (const { id, at = 0 } of sightings) {
    const spoke = Math.min(at, now())
    if (!askers.has(id) || spoke < (seen.get(id) ?? 0) + EXACT) continue
    seen.set(id, spoke)
    isNews = true
  }
  if (isNews) facts.set(SEEN, Object.fromEntries(seen))
}

/** No later than this they were last seen here, as far as anybody has looked. Null: not at all. */
export function lastSeenBy(facts: Facts, asker: number): number | null {
  const at = facts.get(SEEN, Seen)?.[asker]
  return at === undefined ? null : at + EXACT
}
