import type { TurnReport } from '../tables/room/turns.ts'

/** A turn that failed or was set aside. */
export interface Trouble {
  number: number
  /** When it was over, in ms since 1970. */
  at: number
  /** Of its room's object. */
  name: string
  turn: number
  state: 'failed' | 'parked'
}

const KEPT = 1_000

/** What went wrong, in all rooms together: the newest thousand. */
export class Troubles {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Of turns that were not told before; written with the row that says so. */
  add(name: string, turns: TurnReport[]) {
    const bad = turns.filter(({ state }) => state === 'failed' || state === 'parked')
    for (const { id, state, ended } of bad) {
      this.#sql.exec(
        'INSERT INTO troubles (at, name, turn, state) VALUES (?, ?, ?, ?)',
        ended,
        name,
        id,
        state,
      )
    }
    if (!bad.length) return
    this.#sql.exec(
      'DELETE FROM troubles WHERE number <= (SELECT max(number) FROM troubles) - ?',
      KEPT,
    )
  }

  /** It is tried again, in a turn of its own: what becomes of that is told by that. */
  drop(name: string, turn: number) {
    this.#sql.exec('DELETE FROM troubles WHERE name = ? AND turn = ?', name, turn)
  }

  /** The newest first. */
  list(since: number): Trouble[] {
    return this.#sql
      .exec('SELECT number, at, name, turn, state FROM troubles ORDER BY number DESC')
      .toArray()
      .map((row) => row as unknown as Trouble)
      .filter(({ at }) => at >= since)
  }
}
