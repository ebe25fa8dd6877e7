import { DAY, MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/** Nothing that waits is due so far ahead; see recovery/failure-policy.ts and turn/rest.ts. */
const MOST_AHEAD = { turn: 15 * MINUTE, message: 2 * MINUTE }
/** Nor is what Campfire has not taken for a day: that is tried about once an hour. */
const MOST_AFTER_A_DAY = 75 * MINUTE

/**
 * A clock that was put back makes what is due now due in an hour, and nobody is to wait for that: what lies
 * further ahead than we ever put anything off is due at once.
 */
export function followClock({ turns, inbox, attempts, place, now }: Tables) {
  const ahead = turns.unended().filter((turn) => isAhead(turn, now()))
  for (const turn of ahead) turns.change(turn, { due: now() })
  const rests = attempts.restsUntil() > now() + MOST_AHEAD.turn && attempts.goOn()
  const moved = inbox.dueBy(now() + MOST_AHEAD.message, now())
  if (ahead.length || rests || moved)
    log.warn('room.clock_went_back', { room: place.room, bot: place.bot })
}

function isAhead({ due, failing_since }: TurnRow, now: number) {
  if (due === null) return false
  const isLong = failing_since !== null && now - failing_since >= DAY
  return due > now + (isLong ? MOST_AFTER_A_DAY : MOST_AHEAD.turn)
}
