import type { Since } from '../campfire.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/**
 * From where on that may stand which a turn has posted behind this message. What was asked comes before it, too: a
 * Campfire that was restored may have given its answer a lower number than the newest that we knew by then.
 */
export function sinceFor(
  { numbers, inbox }: Tables,
  turn: Pick<TurnRow, 'id' | 'started'>,
  cursor: number,
): Since {
  const asked = inbox.received.firstOf(turn)
  return numbers.since(Math.min(cursor, asked ?? cursor), turn)
}
