import { MINUTE } from '../clock.ts'

/** A model that says nothing is given up before, and every other request is. */
const SILENCE = 2 * MINUTE
/** What goes on beside the turns may take so long without a word. */
const LONG_SILENCE = 11 * MINUTE

/** Signs that what was begun goes on: a row that is written, a request that leaves, a byte that comes. */
export class Vitals {
  #sql: SqlStorage
  #beside: { isAtWork: boolean }
  #rows = 0
  #last = Date.now()

  constructor(sql: SqlStorage, beside: { isAtWork: boolean }) {
    this.#sql = sql
    this.#beside = beside
  }

  /** Something left, or came. */
  beat() {
    this.#last = Date.now()
  }

  /** From here on. */
  watch() {
    this.beat()
    this.#rows = this.#changes()
  }

  areGone() {
    const rows = this.#changes()
    if (rows !== this.#rows) this.beat()
    this.#rows = rows
    return Date.now() - this.#last >= (this.#beside.isAtWork ? LONG_SILENCE : SILENCE)
  }

  #changes() {
    return this.#sql.exec<{ rows: number }>('SELECT total_changes() AS rows').one().rows
  }
}
