import { isNew, readOnce, standing } from '../../../storage.ts'
import type { Message } from '../message.ts'
import { AT_ONCE, HELD, OLDEST_FIRST, WAITING, WAITING_IN, waitingIn } from './waiting.ts'

const ALL_WAITING = 'waiting messages'

interface Waiting {
  arrival: number
  author: number
  due: number
}

/** Who waits for a turn, and until when. */
export class Queue {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The first of them; of long ones their beginning. */
  messages(): Message[] {
    return [...readOnce(this.#sql, WAITING_IN, ALL_WAITING, () => waitingIn(this.#sql))]
  }

  /** The first that wait, and not a word of them. */
  envelopes(): Waiting[] {
    if (isNew(this.#sql)) return []
    const waiting = standing<Message[]>(this.#sql, WAITING_IN, ALL_WAITING)
    if (waiting) return waiting.value
    return readOnce(this.#sql, WAITING_IN, 'queue', () => this.#read(OLDEST_FIRST))
  }

  /** When the earliest wants its turn, in ms since 1970. */
  nextDue(): number | null {
    const tables = [...WAITING_IN, 'turns']
    return readOnce(this.#sql, tables, 'next due message', () => this.#nextDue())
  }

  #nextDue() {
    const all = this.envelopes()
    // Whoever is held up may fill the queue, and others wait behind it.
    const isHeld = all.length > 0 && this.held().size > 0
    const free = isHeld ? this.#read(`AND author NOT IN (${HELD}) ${OLDEST_FIRST}`) : all
    return free.length ? Math.min(...free.map(({ due }) => due)) : null
  }

  count() {
    const { length } = this.envelopes()
    if (length < AT_ONCE) return length
    return this.#sql
      .exec<{ n: number }>(`SELECT count(*) AS n FROM messages WHERE ${WAITING}`)
      .one().n
  }

  /** Whose turn was set aside. */
  held(): ReadonlySet<number> {
    return readOnce(this.#sql, ['turns'], 'askers held', () => {
      const askers = this.#sql.exec<{ asker: number }>(HELD).toArray()
      return new Set(askers.map(({ asker }) => asker))
    })
  }

  #read(rest: string): Waiting[] {
    const columns = 'arrival, author, due'
    const query = `SELECT ${columns} FROM messages WHERE ${WAITING} ${rest}`
    return this.#sql.exec<Waiting & Record<string, number>>(query).toArray()
  }
}
