import { DurableObject } from 'cloudflare:workers'
import { zoneNamed } from './clock.ts'
import { migrate } from './storage.ts'
import { markOfKept } from './tables/kept-mark.ts'
import { type Changed, Changes } from './tables/person/changes.ts'
import {
  MOST_FACTS,
  type PersonFact,
  PersonFacts,
  type ToRemember,
  type Whereabouts,
} from './tables/person/facts.ts'
import { MIGRATIONS } from './tables/person/schema.ts'
import { isSpelledAlike } from './tables/spelling.ts'

/**
 * One person of a Campfire, and what they asked to be remembered of themselves. The room says who asks and
 * where. Somebody who has asked for nothing costs no write, however often they are looked up.
 */
export class Person extends DurableObject<Env> {
  #sql = this.ctx.storage.sql
  #isReady = false

  /** What may be used there, in the order in which it was told. */
  async recall({ room, isDirect, isAlone }: Whereabouts): Promise<PersonFact[]> {
    if (!this.#hasTables()) return []
    const isFree = (fact: PersonFact) => fact.everywhere || !fact.private || isAlone
    // Where others have joined in, they have read what was told there, and nothing else.
    const isTheirs = (fact: PersonFact) => isDirect && fact.room === room
    return this.#facts()
      .all()
      .filter((fact) => isFree(fact) || isTheirs(fact))
  }

  /** `use` names the tool use that asks: a second time it changes nothing, and answers the same. */
  async remember(use: string, wanted: ToRemember, where: Whereabouts): Promise<Changed> {
    return this.#once(use, () => this.#remember(wanted, where))
  }

  /** Null: all of it. */
  async forget(use: string, number: number | null): Promise<Changed> {
    return this.#once(use, () => this.#forget(number))
  }

  // What an operator may see and do: see operator/kept.ts.

  /** All of it, wherever it was told. */
  kept(): PersonFact[] {
    return this.#hasTables() ? this.#facts().all() : []
  }

  countKept() {
    return this.kept().length
  }

  changeKept(
    number: number,
    { words, everywhere }: { words?: string; everywhere?: boolean },
    from: string | null = null,
  ): 'changed' | 'gone' | 'outdated' | { refused: string } {
    const facts = this.#facts()
    const fact = this.#find(number)
    if (!fact) return 'gone'
    if (from !== null && from !== markOfKept(fact)) return 'outdated'
    if (words !== undefined && fact.kind === 'zone' && !zoneNamed(words))
      return { refused: `words: there is no time zone ${words}; use a name as Europe/Berlin` }
    if (words !== undefined) facts.reword(number, words)
    if (everywhere !== undefined) facts.useEverywhere(number, everywhere)
    return 'changed'
  }

  /** False: there is no such fact. */
  removeKept(number: number) {
    if (!this.#find(number)) return false
    this.#facts().remove(number)
    return true
  }

  #find(number: number) {
    return this.kept().find((fact) => fact.number === number)
  }

  #remember({ kind, words, number, everywhere }: ToRemember, where: Whereabouts): Changed {
    const facts = this.#facts()
    const all = facts.all()
    const named = all.find((fact) => fact.number === number) ?? null
    if (number !== null && !named) return { refused: 'unknown number' }
    if (words === null) {
      if (!named || everywhere === null) return { refused: 'nothing to change' }
      facts.useEverywhere(named.number, everywhere)
      return { number: named.number, replaced: null }
    }

    const isOne = kind !== 'fact'
    const same = all.find((fact) => fact.kind === kind && isSpelledAlike(fact.words, words))
    if (same) {
      const other = named && named.number !== same.number ? named : null
      if (other) facts.remove(other.number)
      this.#tellAgain(same, { words, everywhere }, where)
      return { number: same.number, replaced: other?.number ?? null }
    }
    const others = isOne ? all.filter((fact) => fact.kind === kind) : []
    const before = named ?? others[0] ?? null
    if (!before && all.length >= MOST_FACTS) return { refused: 'too many' }

    // Of a language, a zone and a taste there is one, whatever else it takes the place of.
    for (const { number } of [...(named ? [named] : []), ...others]) facts.remove(number)
    // These hold everywhere without a word of theirs: so that is none about what takes their place.
    const said = everywhere ?? (before?.kind === 'fact' && before.everywhere)
    const added = facts.add({
      kind,
      words,
      room: where.room,
      private: where.isDirect,
      everywhere: isOne || said,
      at: Date.now(),
    })
    return { number: added, replaced: before?.number ?? null }
  }

  /** In the words in which it was told last; and what they now say where others read it is no secret any more. */
  #tellAgain(
    { number, words: before, private: isPrivate }: PersonFact,
    { words, everywhere }: { words: string; everywhere: boolean | null },
    { room, isDirect }: Whereabouts,
  ) {
    const facts = this.#facts()
    if (words !== before) facts.reword(number, words)
    if (isPrivate && !isDirect) facts.toldInRoom(number, room)
    if (everywhere !== null) facts.useEverywhere(number, everywhere)
  }

  #forget(number: number | null): Changed {
    const facts = this.#facts()
    const all = facts.all()
    const gone = number === null ? all : all.filter((fact) => fact.number === number)
    if (number !== null && !gone.length) return { refused: 'unknown number' }
    if (number === null) facts.removeAll()
    else facts.remove(number)
    return { gone: gone.length }
  }

  /** The change and its answer are one: what fails on the way leaves nothing behind. */
  #once(use: string, change: () => Changed): Changed {
    if (!this.#isReady) migrate(this.ctx.storage, MIGRATIONS)
    this.#isReady = true
    return this.ctx.storage.transactionSync(() =>
      new Changes(this.#sql).once(use, Date.now(), change),
    )
  }

  #facts() {
    return new PersonFacts(this.#sql)
  }

  #hasTables() {
    if (this.#isReady) return true
    const tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'facts'"
    if (!this.#sql.exec(tables).toArray().length) return false
    migrate(this.ctx.storage, MIGRATIONS)
    this.#isReady = true
    return true
  }
}
