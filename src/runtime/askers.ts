import { personName } from '../address.ts'
import type { Bot } from '../bots.ts'
import { inTime } from '../clock.ts'
import { inShort, log } from '../log.ts'
import type { PersonFact, ToRemember, Whereabouts } from '../tables/person/facts.ts'
import type { Arrival } from '../tables/room/message.ts'
import { speakersIn } from '../tables/room/people/speakers.ts'
import { roomIn, type Tables } from '../tables.ts'

/** Else nobody is looked up. */
export function remembersPeople({ tools }: Bot) {
  return tools.some(({ name }) => name === 'memory')
}

/** Nobody waits longer for an answer because of what we may know about them. */
const PATIENCE = 250
/** What was looked up when the message came is as good when its turn begins at once. */
const FRESH = 5_000
/** Of so many who write at the same time. */
const MOST = 20

type Trip = Promise<PersonFact[] | null>

/**
 * What people asked to be remembered of themselves is theirs in every room, so it is kept elsewhere. It is
 * looked up as soon as they write to us, beside all else that a turn begins with. Memory only.
 */
export class Askers {
  #tables: Tables
  #env: Pick<Env, 'PEOPLE'>
  #expected = new Map<number, { at: number; isAlone: boolean; trip: Trip }>()

  constructor(tables: Tables, env: Pick<Env, 'PEOPLE'>) {
    this.#tables = tables
    this.#env = env
  }

  /** They have written to us, and a turn of theirs may begin. Null: nobody is looked up. */
  expect({ author, room }: Pick<Arrival, 'author' | 'room'>): Promise<unknown> | null {
    if (!room || !this.#isSomebody(author.id)) return null
    if (this.#expected.size >= MOST) this.#expected.clear()
    this.#expected.delete(author.id)
    const where = this.#whereabouts(room.direct)
    const trip = this.#lookUp(author.id, where)
    this.#expected.set(author.id, { at: this.#tables.now(), isAlone: where.isAlone, trip })
    return trip
  }

  /** For a turn that this person asked for. Null: nobody can be sure who asks, or it is another bot. */
  of(asker: number): AskerMemory | null {
    if (!this.#isSomebody(asker)) return null
    const where = this.#whereabouts(roomIn(this.#tables).direct)
    const expected = this.#expected.get(asker)
    this.#expected.delete(asker)
    const isFresh = expected && this.#tables.now() - expected.at < FRESH
    const trip =
      isFresh && expected.isAlone === where.isAlone ? expected.trip : this.#lookUp(asker, where)
    return new AskerMemory(this.#personOf(asker), where, trip)
  }

  /** Whoever knows the secret of the flat shape may name anybody: that is a number below zero, and nobody. */
  #isSomebody(asker: number) {
    return asker > 0 && this.#tables.people.roleOf(asker) !== 'bot'
  }

  #whereabouts(isDirect: boolean): Whereabouts {
    const { facts, people, place } = this.#tables
    const speakers = isDirect ? speakersIn(facts) : []
    const others = speakers.filter((id) => people.roleOf(id) !== 'bot')
    return { room: place.room, isDirect, isAlone: isDirect && others.length <= 1 }
  }

  #personOf(asker: number) {
    return this.#env.PEOPLE.getByName(personName(this.#tables.place, asker))
  }

  /** Never throws: a turn goes on without. */
  async #lookUp(asker: number, where: Whereabouts): Trip {
    try {
      return await this.#personOf(asker).recall(where)
    } catch (error) {
      log.warn('person.not_reached', { ...this.#tables.place, error: inShort(error) })
      return null
    }
  }
}

type PersonStub = ReturnType<Env['PEOPLE']['getByName']>

/** What one person asked to be remembered, as a turn of theirs may use it. */
export class AskerMemory {
  readonly isAlone: boolean
  #person: PersonStub
  #where: Whereabouts
  #trip: Trip
  #known: Trip | null = null

  constructor(person: PersonStub, where: Whereabouts, trip: Trip) {
    this.#person = person
    this.#where = where
    this.#trip = trip
    this.isAlone = where.isAlone
  }

  /** Decided once, since the prompt of a turn only grows. Null: it did not come in time. */
  known(): Trip {
    this.#known ??= inTime(this.#trip, PATIENCE)
    return this.#known
  }

  async recall() {
    return await this.#person.recall(this.#where)
  }

  async remember(use: string, wanted: ToRemember) {
    return await this.#person.remember(use, wanted, this.#where)
  }

  async forget(use: string, number: number | null) {
    return await this.#person.forget(use, number)
  }
}
