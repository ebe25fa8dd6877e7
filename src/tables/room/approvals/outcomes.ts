import { DAY } from '../../../clock.ts'
import { areNone, NEWEST, type Outcome } from './row.ts'

/** A request that is over, and whose message does not say so yet. */
export interface ToShow {
  turn: number
  asker: number
  outcome: Outcome
  /** Who has answered it. */
  by: number | null
}

/** So long after it was asked the message of a request is still told what became of it. */
const SHOWN_WITHIN = 3 * DAY
/** With an outcome that we have words for. To SQLite every text is more than any number. */
const SHOWABLE = `show_at BETWEEN 0 AND 8640000000000000
  AND state IN ('granted', 'refused', 'withdrawn', 'expired')`

/** What became of requests, and is still to be said in their messages. */
export class Outcomes {
  #sql: SqlStorage
  /** Each turn asks, and hardly ever is there anything new. Only a cache. */
  #mayShow = true

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** With the intent to say so in the message of the request. */
  settle(id: number, outcome: Outcome, { now, by }: { now: number; by: number | null }) {
    this.#sql.exec(
      'UPDATE approvals SET state = ?, answered_by = ?, show_at = ? WHERE id = ?',
      outcome,
      by,
      now,
      id,
    )
    this.#mayShow = true
  }

  /** Requests whose messages do not say yet what became of them, oldest first. */
  toShow(now: number): ToShow[] {
    if (!this.#mayShow || areNone(this.#sql)) return []
    const rows = this.#sql
      .exec<{ turn: number; asker: number; outcome: Outcome; by: number | null }>(
        `SELECT turn, asker, state AS outcome, answered_by AS "by" FROM approvals
         WHERE ${NEWEST} AND ${SHOWABLE} AND asked > ? GROUP BY turn ORDER BY turn`,
        now - SHOWN_WITHIN,
      )
      .toArray()
    this.#mayShow = rows.length > 0
    return rows
  }

  /** When the next of these is to be told, in ms since 1970. */
  nextToShow(now: number): number | null {
    if (!this.#mayShow || areNone(this.#sql)) return null
    return this.#sql
      .exec<{ due: number | null }>(
        `SELECT min(show_at) AS due FROM approvals
         WHERE ${NEWEST} AND ${SHOWABLE} AND asked > ?`,
        now - SHOWN_WITHIN,
      )
      .one().due
  }

  /** `at`: when it is to be tried again; null when nothing is to be done any more. */
  showAt(turn: number, at: number | null) {
    this.#sql.exec(
      `UPDATE approvals SET show_at = ? WHERE ${NEWEST} AND turn = ? AND show_at IS NOT NULL`,
      at,
      turn,
    )
  }
}
