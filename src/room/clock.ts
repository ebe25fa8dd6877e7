import { log } from '../log.ts'
import type { Tables } from '../tables.ts'

/** Nothing that waits is due so far ahead; see recovery/failure-policy.ts and turn/rest.ts. */
const MOST_AHEAD = { turn: 15 * 60_000, message: 2 * 60_000 }

/**
 * A clock that was put back makes what is due now due in an hour, and nobody is to wait for that: what lies
 * further ahead than we ever put anything off is due at once.
 */
export function followClock({ turns, inbox, place, now }: Tables) {
  const open = turns.open()
  const isAhead = open?.due != null && open.due > now() + MOST_AHEAD.turn
  if (isAhead) turns.change(open, { due: now() })
  const moved = inbox.dueBy(now() + MOST_AHEAD.message, now())
  if (isAhead || moved) log.warn('room.clock_went_back', { room: place.room, bot: place.bot })
}
