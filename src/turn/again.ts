import { isTakenBack, TAKEN_BACK } from '../prompt.ts'
import { isScheduled, reasonOfAgain, type TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/** Why a turn keeps silent whose words were forgotten before it began. */
export const FORGOTTEN = 'forgotten'

/** Why it cannot be tried again. */
export type NotAgain = 'no turn' | 'not over' | 'not failed' | 'words gone'

/**
 * An operator has a turn tried again that failed or was set aside: in a turn of its own, for the same asker, that
 * waits like any other. What says so is one row in the inbox; to ask for it once more changes nothing.
 */
export function tryAgain({ turns, inbox, now }: Tables, id: number): NotAgain | null {
  const row = turns.find(id)
  const why = whyNotAgain(row)
  if (!row || why) return why
  inbox.addAgain(row, now())
  return null
}

/** Null: it can be, or was. */
export function whyNotAgain(row: TurnRow | null): NotAgain | null {
  if (!row) return 'no turn'
  if (row.ended === null) return 'not over'
  if (row.state !== 'failed' && row.state !== 'parked') return 'not failed'
  const isThere = row.kind === 'talk' && row.prompt !== null && !isTakenBack([row.prompt])
  return isThere ? null : 'words gone'
}

/** What the model read then, and the tools that it used. In a word: why there is nothing left of it by now. */
export function wordsAgain({ turns, sql }: Tables, id: number) {
  const prompt = turns.find(id)?.prompt ?? null
  if (prompt === null) return FORGOTTEN
  if (isTakenBack([prompt])) return TAKEN_BACK
  const did = sql
    .exec<{ name: string; state: string }>(
      `SELECT DISTINCT name, state FROM tool_uses
       WHERE turn = ? AND state IN ('ok', 'unknown', 'intended') ORDER BY step, number LIMIT 50`,
      id,
    )
    .toArray()
  return { prompt, did: did.map(({ name, state }) => (state === 'ok' ? name : `${name} (unsure)`)) }
}

/** A task stays one: it may have nothing to tell. */
export function whyAgain({ turns }: Tables, id: number): `again ${number}` | `schedule ${number}` {
  const row = turns.find(id)
  const number = row && isScheduled(row) ? Number(row.reason?.split(' ')[1]) : Number.NaN
  return Number.isInteger(number) ? `schedule ${number}` : reasonOfAgain(id)
}
