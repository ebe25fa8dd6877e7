import type { RosterEntry } from '../account.ts'
import { campfireIn } from '../address.ts'
import { MINUTE } from '../clock.ts'
import { inShort, log } from '../log.ts'
import type { Known } from './doctor.ts'

/** Of those that told lately more may have happened since; of all others what they told stands. */
const LATELY = 15 * MINUTE
const ASKED_AT_ONCE = 30

interface Conditions {
  known: Map<number, Known>
  /** What the rooms that were asked take on the disk, together. */
  bytes: number
  asked: number
  rooms: number
}

/**
 * Where each bot is, and when it was last spoken to. Waits for no room that does not answer. `lately`: wakes none
 * that has told all there is.
 */
export async function conditionsIn(
  env: Env,
  now: number,
  which: 'newest' | 'lately' = 'newest',
): Promise<Conditions> {
  const roster = await env.ACCOUNTS.getByName(campfireIn(env).id).rooms()
  const worthAsking = roster.filter(({ told }) => which === 'newest' || now - told < LATELY)
  const asked = await Promise.all(
    worthAsking.slice(0, ASKED_AT_ONCE).map(async (entry) => ({
      entry,
      condition: await env.ROOMS.getByName(entry.name).condition().catch(unreached),
    })),
  )
  const heard = new Map(asked.map(({ entry, condition }) => [entry.name, condition?.heard ?? null]))
  const byBot = Map.groupBy(roster, ({ bot }) => bot)
  const known = [...byBot].map(([bot, entries]): [number, Known] => {
    const times = entries.map((entry) => heard.get(entry.name) ?? toldBy(entry, now))
    return [bot, { rooms: entries.map(({ room }) => room), heard: Math.max(...times) }]
  })
  const answered = asked.flatMap(({ condition }) => condition ?? [])
  return {
    known: new Map(known),
    bytes: answered.reduce((sum, { bytes }) => sum + bytes, 0),
    asked: answered.length,
    rooms: roster.length,
  }
}

/** Never later than it was: whoever waits for the first word would be told of it too soon. */
export function toldBy({ told, sums }: RosterEntry, now: number) {
  return now - told < LATELY ? sums.lastEnded : told
}

function unreached(error: unknown) {
  log.warn('room.not_reached', { error: inShort(error) })
  return null
}
