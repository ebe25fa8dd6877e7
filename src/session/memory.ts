import { type Preface, prefaceOf } from '../prompt.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

type Remembered = Preface & { turns: PastTurn[] }
const NOTHING: Remembered = { summary: null, turns: [] }

/** What a turn remembers: the turns of its session that are over, and what came before them in short. */
export class Memory {
  #tables: Tables
  #row: TurnRow

  constructor(tables: Tables, row: TurnRow) {
    this.#tables = tables
    this.#row = row
  }

  /** As the next request has it: without what earlier ones were refused with. */
  past(): Remembered {
    const current = this.#current()
    if (!current) return NOTHING
    const { remedy, id } = this.#row
    const preface = prefaceOf(this.#tables, current)
    const thinkingFrom = Math.max(preface.thinkingFrom ?? 0, remedy?.thinkingFrom ?? 0)
    const turns = this.#tables.session.past(current, id)
    if (!remedy) return { ...preface, turns }
    return {
      ...(remedy.alone ? NOTHING : preface),
      ...(remedy.words && { signed: null }),
      thinkingFrom,
      turns: turns.filter((turn) => turn.id !== remedy.without && turn.id >= (remedy.from ?? 0)),
    }
  }

  /** The same of the session before. */
  before(): Remembered {
    const { session } = this.#tables
    const current = this.#current()
    const before = current && session.before(current)
    if (!before) return NOTHING
    return { ...prefaceOf(this.#tables, before), turns: session.pastBefore(current) }
  }

  /** The session before has still to be told in short. */
  isUntold() {
    return this.#current()?.summary === null
  }

  summarize(summary: string) {
    const current = this.#current()
    if (current) this.#tables.session.summarize(current, summary)
  }

  #current() {
    return this.#tables.session.current()
  }
}
