import { referenceOf } from '../address.ts'
import { MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import { isDecided } from '../reply.ts'
import { sentencesAfter } from '../sentences.ts'
import { MOST_DEATHS, restAfter } from '../tables/room/attempts.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/**
 * After seven deaths in a row the platform rings no more, however far each life got; it counts anew once a handler
 * has lived to its end. So the fourth waits for a moment in any case.
 */
const MOST_RUNNING = 4
const BREATH = 1_000

/**
 * Written before we go on with what may have brought us down. What is given up is over by it; what rests
 * has a `due`, and stays as the crash left it: whoever takes it up then knows that this one is counted.
 */
export function recordCrash(tables: Tables, row: TurnRow, rest = restAfter) {
  const { turns, place, now } = tables
  const { crashes, deaths, done } = countsAfter(tables, row)
  const reference = referenceOf(place, row)
  const fields = { room: place.room, bot: place.bot, turn: row.id, reference, crashes, deaths }
  log.warn('turn.crashed', fields)

  switch (afterCrash(deaths, isDecided(row))) {
    case 'go on': {
      const wait = rest(deaths) || (crashes % MOST_RUNNING ? 0 : BREATH)
      const due = wait ? now() + wait : null
      const goesLast = wait >= MINUTE && { aside: 1 as const }
      return turns.change(row, { crashes, deaths, done, doubt: 1, due, ...goesLast })
    }
    case 'park': {
      const sentence = sentencesAfter(row.prompt).parked(reference)
      const end = { verdict: 'parked' as const, sentence, error: 'five deaths' }
      return turns.change(row, { crashes, deaths, done, doubt: 1, due: null, ...end })
    }
    case 'give up':
      log.error('turn.gave_up', fields)
      return turns.change(row, {
        crashes,
        deaths,
        state: 'parked',
        ended: now(),
        due: null,
        error: 'ten deaths',
        doubt: 3,
      })
  }
}

/** A death after progress is the first of its row. Of a parked turn nothing but its sentence is left to do. */
function countsAfter({ turns, attempts }: Tables, row: TurnRow) {
  const before = row.crashes ? 0 : attempts.before(row)
  const done = row.verdict === 'parked' ? row.done : turns.progressOf(row)
  return {
    crashes: row.crashes + 1 + before,
    deaths: done > row.done ? 1 : row.deaths + 1 + before,
    done,
  }
}

/** Five deaths park a turn with a word to the room; as many again, and not even that can be said. */
function afterCrash(deaths: number, decided: boolean) {
  if (deaths >= 2 * MOST_DEATHS) return 'give up'
  return deaths >= MOST_DEATHS && !decided ? 'park' : 'go on'
}
