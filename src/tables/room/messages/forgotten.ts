import * as z from 'zod'
import { fold } from '../../../campfire.ts'
import { HOUR } from '../../../clock.ts'
import type { Facts } from '../facts.ts'
import type { Quote } from '../message.ts'
import type { OwnName } from '../people/whereabouts.ts'
import type { People } from '../people.ts'
import { askersOfAnswers } from '../replies/own-messages.ts'
import { epochOf, type Numbers, SPAN } from './numbers.ts'

/** In a direct whoever says so forgets for all; nobody has this number. */
const EVERYBODY = 0
const DELETED = 'dropped'
const Ids = z.array(z.int())
/** More than pages can show at once: what is deleted is looked for once, in whatever life. */
const MOST_DELETED = 300
/** In place of what is not to be read any more. */
const GONE = '(gone)'

interface Said {
  id: number | null
  author: number
}

interface Known {
  facts: Facts
  numbers: Numbers
  people: People
  ownName: OwnName
}

/**
 * Whose words are forgotten, and through which message. They still stand in Campfire, so whatever is read
 * there is asked here first: what comes into a prompt, what was missed, and what tools find. What somebody has
 * deleted there may still be quoted.
 */
export class Forgotten {
  #sql: SqlStorage
  #facts: Facts
  #numbers: Numbers
  #people: People
  #ownName: OwnName
  #self: number
  /** Only a cache. */
  #through: Map<number, number> | null = null
  /** In which that was read: what was noted since numbers went back is moved into the next. */
  #epoch = 0
  #askers: Map<number, number> | null = null

  constructor(sql: SqlStorage, { facts, numbers, people, ownName }: Known, self: number) {
    this.#sql = sql
    this.#facts = facts
    this.#numbers = numbers
    this.#people = people
    this.#ownName = ownName
    this.#self = self
  }

  /** Null: of everybody. Without a number, all that we know of was said before. */
  add(author: number | null, id: number | null) {
    const { epoch } = this.#numbers.era()
    // In a Campfire that was restored it may be lower than the one before, and that one is of no message any more.
    const later = this.#numbers.wentBack() ? 'excluded.through' : 'max(through, excluded.through)'
    this.#sql.exec(
      `INSERT INTO forgotten (author, through) VALUES (?, ?)
       ON CONFLICT (author) DO UPDATE SET through = ${later}`,
      author ?? EVERYBODY,
      epoch * SPAN + (id ?? this.#numbers.told()),
    )
    this.#through = null
    this.#askers = null
  }

  has({ id, author }: Said): boolean {
    const all = this.#all()
    if (id === null || !all.size) return false
    if (author !== this.#self || this.#isThrough(EVERYBODY, id)) return this.#isOf(author, id)
    // Our own answer goes with whoever it was for; where that is not known any more, with anybody's.
    const asker = this.#askerOf(id)
    return asker === null
      ? [...all.keys()].some((one) => this.#isThrough(one, id))
      : this.#isOf(Math.abs(asker), id)
  }

  /**
   * It came late, and was said before its author had us forget it. Nobody is so late: what comes an hour after has
   * a number that was given again.
   */
  cameBefore({ id, author, at }: Said & { at: number }): boolean {
    if (!this.has({ id, author })) return false
    const since = [EVERYBODY, author].map((one) => this.#forgotAt(one) ?? 0)
    return at <= Math.max(...since) + HOUR
  }

  /** When its message came. */
  #forgotAt(author: number): number | null {
    const [row] = this.#sql
      .exec<{ at: number }>(
        `SELECT at FROM messages WHERE id = (SELECT through FROM forgotten WHERE author = ?)`,
        author,
      )
      .toArray()
    return row?.at ?? null
  }

  /** Of the newest that were deleted, those that we have seen to. */
  deleted(): number[] {
    return this.#facts.get(DELETED, Ids) ?? []
  }

  addDeleted(messages: number[]) {
    this.#facts.set(DELETED, [...this.deleted(), ...messages].slice(-MOST_DELETED))
  }

  /** Somebody else may quote them still. */
  cut<T extends Quote | null>(quote: T): T {
    if (!quote || quote.messageId === null) return quote
    const id = quote.messageId
    if (this.deleted().includes(id)) return { ...quote, text: GONE }
    if (!this.#all().size) return quote
    const ours = this.#askerOf(id) === null ? null : this.#self
    const author = ours ?? this.#authorOf(id) ?? this.#bearerOf(quote.author, id)
    return author !== null && this.has({ id, author }) ? { ...quote, text: GONE } : quote
  }

  #isOf(author: number, id: number) {
    return this.#isThrough(EVERYBODY, id) || this.#isThrough(author, id)
  }

  #isThrough(author: number, id: number) {
    const through = this.#all().get(author)
    if (through === undefined) return false
    const { epoch, from } = this.#numbers.era()
    // Numbers that were given again since are those of other messages.
    const last = through % SPAN
    return id <= (epochOf(through) < epoch ? Math.min(last, from) : last)
  }

  #all() {
    const { epoch } = this.#numbers.era()
    if (this.#epoch !== epoch) this.#through = null
    this.#epoch = epoch
    this.#through ??= new Map(
      this.#sql
        .exec<{ author: number; through: number }>('SELECT author, through FROM forgotten')
        .toArray()
        .map(({ author, through }) => [author, through]),
    )
    return this.#through
  }

  #askerOf(id: number): number | null {
    this.#askers ??= askersOfAnswers(this.#sql)
    return this.#askers.get(id) ?? null
  }

  #authorOf(id: number): number | null {
    const slots = this.#numbers.slots(id)
    const [row] = this.#sql
      .exec<{ author: number }>(
        `SELECT author FROM messages WHERE id IN (${slots.map(() => '?')}) ORDER BY id DESC LIMIT 1`,
        ...slots,
      )
      .toArray()
    return row?.author ?? null
  }

  /** A quote has a name and no number: whose words are forgotten, by that name, or everybody's. */
  #bearerOf(name: string, id: number): number | null {
    const all = [...this.#all().keys(), this.#self]
    const bears = (author: number) => name !== '' && fold(this.#nameOf(author) ?? '') === fold(name)
    return (
      all.find((author) => author === EVERYBODY || (bears(author) && this.has({ id, author }))) ??
      null
    )
  }

  #nameOf(author: number) {
    return author === this.#self ? this.#ownName.get() : this.#people.nameOf(author)
  }
}
