import { referenceOf } from '../address.ts'
import { log } from '../log.ts'
import { sentencesAfter } from '../sentences.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/** Written before we go on with what may have brought us down. What is given up is over by it. */
export function recordCrash({ turns, attempts, place, now }: Tables, row: TurnRow) {
  const crashes = row.crashes + 1 + (row.crashes ? 0 : attempts.before(row))
  const reference = referenceOf(place, row)
  log.warn('turn.crashed', { room: place.room, bot: place.bot, turn: row.id, reference, crashes })

  switch (afterCrash(crashes, row.verdict !== null)) {
    case 'go on':
      return turns.change(row, { crashes, doubt: 1 })
    case 'park': {
      const sentence = sentencesAfter(row.prompt).parked(reference)
      return turns.change(row, {
        crashes,
        doubt: 1,
        verdict: 'parked',
        sentence,
        error: 'three crashes',
      })
    }
    case 'give up':
      log.error('turn.gave_up', { room: place.room, bot: place.bot, turn: row.id, reference })
      return turns.change(row, {
        crashes,
        state: 'parked',
        ended: now(),
        error: 'six crashes',
        doubt: 3,
      })
  }
}

/** Three crashes park a turn with a word to the room; as many again, and not even that can be said. */
function afterCrash(crashes: number, decided: boolean) {
  if (crashes >= 6) return 'give up'
  return crashes >= 3 && !decided ? 'park' : 'go on'
}
