import { type Preface, prefaceOf } from '../prompt.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { Parts } from '../tables.ts'

type Remembered = Preface & { turns: PastTurn[] }
const NOTHING: Remembered = { summary: null, turns: [] }

/** What a turn remembers: the turns of its session that are over, and what came before them in short. */
export class Memory {
  #parts: Parts
  #turn: number

  constructor(parts: Parts, turn: number) {
    this.#parts = parts
    this.#turn = turn
  }

  past(): Remembered {
    const current = this.#current()
    if (!current) return NOTHING
    const turns = this.#parts.session.past(current, this.#turn)
    return { ...prefaceOf(this.#parts, current), turns }
  }

  /** The same of the session before. */
  before(): Remembered {
    const { session } = this.#parts
    const current = this.#current()
    const before = current && session.before(current)
    if (!before) return NOTHING
    return { ...prefaceOf(this.#parts, before), turns: session.pastBefore(current) }
  }

  /** The session before has still to be told in short. */
  isUntold() {
    return this.#current()?.summary === null
  }

  summarize(summary: string) {
    const current = this.#current()
    if (current) this.#parts.session.summarize(current, summary)
  }

  /** Drops the oldest turns of the session, or all. False: there are none. */
  makeRoom(all?: 'all') {
    const current = this.#current()
    return current !== null && this.#parts.session.dropOldest(current, this.#turn, all)
  }

  /** What a compaction has signed is read as words from now on. False: there is none. */
  readInWords() {
    return this.#parts.compactions.unsign(this.#current()?.compaction ?? null)
  }

  #current() {
    return this.#parts.session.current()
  }
}
