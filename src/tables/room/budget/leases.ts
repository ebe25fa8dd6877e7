import * as z from 'zod'
import { oneOf, stored } from '../../../storage.ts'

/** What a call has on leases while it is under way: as much on each. */
export const Reserve = z.object({
  /** Millionths of a dollar. */
  amount: z.int(),
  leases: z.array(z.int()),
  /** Of the request, as its worst case was reckoned: what the next one may take as counted. */
  size: z.int(),
  hash: z.int(),
})
export type Reserve = z.infer<typeof Reserve>

/**
 * open     calls may be reserved on it
 * closing  none may any more; it is over once its last call is settled, and the account is told
 * closed   the account knows; its number stays, so that no later answer brings it back
 */
const STATES = ['open', 'closing', 'closed'] as const
type LeaseState = (typeof STATES)[number]

/** A part of what may be spent, lent to this room by the account under this number. */
export interface Lease {
  number: number
  /** `here`: installation, bot and room together; else `person:ID`. */
  payer: string
  amount: number
  /** Of the limits that it was lent under. */
  version: string
  /** Nothing more is reserved on it from then on, in ms since 1970. */
  ends: number
  /** There is little left: it goes home as soon as its call is settled. */
  isBrief: boolean
  state: LeaseState
}

/** What calls have come to that were reserved on a lease, and what is reserved for those under way. */
export interface Use {
  settled: number
  open: number
}

/** The leases of this room. What is used of them is read off the calls: a hot turn writes nothing here. */
export class Leases {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): Lease[] {
    return this.#sql
      .exec<Row>('SELECT number, payer, amount, version, ends, brief, state FROM leases')
      .toArray()
      .map(({ brief, state, ...row }) => ({
        ...row,
        isBrief: brief === 1,
        // A newer Worker's word for it: nothing is reserved on what we do not know.
        state: oneOf(state, STATES, 'closing'),
      }))
  }

  /** Writes what has changed. New ones are used by calls from here on. */
  write(before: Lease[], after: Lease[]) {
    const numbers = new Set(after.map(({ number }) => number))
    for (const { number } of before) {
      if (!numbers.has(number)) this.#sql.exec('DELETE FROM leases WHERE number = ?', number)
    }
    for (const lease of after) {
      const known = before.find(({ number }) => number === lease.number)
      if (!known) this.#add(lease)
      else if (known.state !== lease.state) {
        this.#sql.exec('UPDATE leases SET state = ? WHERE number = ?', lease.state, lease.number)
      }
    }
  }

  /** By lease. A call that was asked for is under way until it, or its turn, is over. */
  uses(): Map<number, Use> {
    const uses = new Map<number, Use>()
    for (const { reserve, cost, open } of this.#calls()) {
      const on = stored(reserve, Reserve, { table: 'steps', key: 'reserve' })
      for (const number of on?.leases ?? []) {
        const use = uses.get(number) ?? { settled: 0, open: 0 }
        if (open) use.open += on?.amount ?? 0
        else use.settled += cost ?? on?.amount ?? 0
        uses.set(number, use)
      }
    }
    return uses
  }

  /** The first turn whose calls are still to be counted; null: none is. */
  neededFrom(): number | null {
    return this.#sql
      .exec<{ first: number | null }>(
        "SELECT min(from_turn) AS first FROM leases WHERE state <> 'closed'",
      )
      .one().first
  }

  #calls() {
    return this.#sql
      .exec<{ reserve: string; cost: number | null; open: number }>(
        `WITH first AS (
           SELECT min(from_turn) AS turn, min(from_compaction) AS compaction
           FROM leases WHERE state <> 'closed'
         )
         SELECT reserve, cost, state = 'asked' AND EXISTS (
             SELECT 1 FROM turns WHERE turns.id = steps.turn AND turns.ended IS NULL
           ) AS open
         FROM steps WHERE turn >= (SELECT turn FROM first) AND reserve IS NOT NULL
         UNION ALL
         SELECT reserve, cost, state = 'asked' AND id = (SELECT max(id) FROM compactions) AS open
         FROM compactions WHERE id >= (SELECT compaction FROM first) AND reserve IS NOT NULL`,
      )
      .toArray()
  }

  #add({ number, payer, amount, version, ends, isBrief, state }: Lease) {
    this.#sql.exec(
      `INSERT INTO leases
         (number, payer, amount, version, ends, brief, state, from_turn, from_compaction)
       VALUES (?, ?, ?, ?, ?, ?, ?, ${FIRST_TURN},
         (SELECT coalesce(max(id), 0) FROM compactions) + 1)`,
      number,
      payer,
      amount,
      version,
      ends,
      isBrief ? 1 : 0,
      state,
    )
  }
}

/** The turn that is at work may be one that was set aside, and older than the newest. */
const FIRST_TURN = `min((SELECT coalesce(max(id), 0) FROM turns),
  coalesce((SELECT min(id) FROM turns WHERE aside > 0), 9e15))`

type Row = {
  number: number
  payer: string
  amount: number
  version: string
  ends: number
  brief: number
  state: string
}
