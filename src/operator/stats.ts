import { total } from '../account/sums.ts'
import type { RosterEntry } from '../account.ts'
import { inShort, log } from '../log.ts'
import type { Queue, QueueStats, SessionStats } from './schemas.ts'

/** So many rooms are asked how they are right now; of the others we say what they last told. */
const ASKED_AT_ONCE = 30
/** A room tells every ten minutes at the most. */
const RECENT = 15 * 60_000
/** Whoever was at work so long ago has answered since, or is among those that are asked. */
const FRESH = 60_000

/** Rooms of which something may not have been told yet, as many as may be asked. */
export function namesToAsk(roster: Lively[], now: number) {
  return lively(roster, now)
    .slice(0, ASKED_AT_ONCE)
    .map(({ name }) => name)
}

type Lively = Pick<RosterEntry, 'name' | 'busy' | 'waiting' | 'told'>

function lively<Entry extends Lively>(roster: Entry[], now: number) {
  return roster.filter(({ busy, waiting, told }) => busy || waiting || now - told < RECENT)
}

/** What waits and runs now, in all and in each room that has anything to say. */
export async function queueStats(
  roster: RosterEntry[],
  ask: (name: string) => Promise<Queue>,
  now: number,
): Promise<QueueStats> {
  const rooms = await Promise.all(
    lively(roster, now).map(async ({ name, room, bot, busy, waiting, told }, index) => {
      const live = index < ASKED_AT_ONCE ? await ask(name).catch(unreached) : null
      const isFresh = now - told < FRESH
      const queue = live ?? {
        waiting: isFresh ? waiting : 0,
        running: isFresh && busy ? 1 : 0,
        oldestMs: null,
      }
      return { room, bot, ...queue, asOf: new Date(live ? now : told).toISOString() }
    }),
  )
  const oldest = rooms.map(({ oldestMs }) => oldestMs ?? 0)
  return {
    waiting: rooms.reduce((sum, { waiting }) => sum + waiting, 0),
    running: rooms.reduce((sum, { running }) => sum + running, 0),
    oldestMs: Math.max(0, ...oldest),
    rooms: rooms.filter(({ waiting, running }) => waiting || running),
  }
}

// A room that does not answer must not hide the others; what it last told us stands for it.
function unreached(error: unknown) {
  log.warn('room.not_reached', { error: inShort(error) })
  return null
}

/** What all turns so far came to. Cost in dollars; ages are of the last turn of a room. */
export function sessionStats(roster: RosterEntry[], now: number): SessionStats {
  const { cost, unpriced, ms, lastEnded, ...sums } = total(roster.map((entry) => entry.sums))
  return {
    rooms: roster.length,
    ...sums,
    // Where nothing has a price it is unknown, and not nothing.
    costDollars: cost === 0 && unpriced > 0 ? null : cost / 1_000_000,
    turnsWithoutPrice: unpriced,
    meanTurnMs: sums.turns ? Math.round(ms / sums.turns) : null,
    lastTurnAt: lastEnded ? new Date(lastEnded).toISOString() : null,
    activeWithin: {
      hour: active(roster, now, 3_600_000),
      day: active(roster, now, 86_400_000),
      week: active(roster, now, 7 * 86_400_000),
    },
  }
}

function active(roster: RosterEntry[], now: number, ms: number) {
  return roster.filter(({ sums }) => now - sums.lastEnded < ms).length
}
