import { DAY, dayAt, zoneNamed } from '../clock.ts'
import type { TurnReport } from '../tables/room/turns.ts'

export type Outcome = TurnReport['state']

const KEPT = 90 * DAY

/** How many turns ended how on a day, all rooms together. */
export class Outcomes {
  #sql: SqlStorage
  #timeZone: string

  constructor(sql: SqlStorage, timeZone: string) {
    this.#sql = sql
    this.#timeZone = zoneNamed(timeZone) ?? 'UTC'
  }

  /** Of turns that were not told before; written with the row that says so. */
  add(turns: TurnReport[], now: number) {
    const same = Map.groupBy(turns, ({ ended, state }) => `${this.#dayAt(ended)} ${state}`)
    for (const [key, { length }] of same) {
      const [day = '', state = ''] = key.split(' ')
      this.#sql.exec(
        `INSERT INTO outcomes (day, state, turns) VALUES (?, ?, ?)
         ON CONFLICT (day, state) DO UPDATE SET turns = turns + excluded.turns`,
        day,
        state,
        length,
      )
    }
    if (turns.length) this.#sql.exec('DELETE FROM outcomes WHERE day < ?', this.#dayAt(now - KEPT))
  }

  today(now: number): { day: string; timeZone: string } & Record<Outcome, number> {
    const day = this.#dayAt(now)
    const rows = this.#sql
      .exec<{ state: Outcome; turns: number }>(
        'SELECT state, turns FROM outcomes WHERE day = ?',
        day,
      )
      .toArray()
    const counts = Object.fromEntries(rows.map(({ state, turns }) => [state, turns]))
    return { day, timeZone: this.#timeZone, ...NONE, ...counts }
  }

  #dayAt(ms: number) {
    return dayAt(ms, this.#timeZone)
  }
}

const NONE = { replied: 0, silent: 0, stopped: 0, failed: 0, parked: 0 }
