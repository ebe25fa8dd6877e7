import * as z from 'zod'
import type { Facts } from './facts.ts'
import type { Inbox } from './inbox.ts'
import type { Turns } from './turns.ts'

const NAME = 'attempts'
/** So many, and we do with less: without a look at the room, and with one message alone. */
const MANY = 3
/** So many, and what waits is not even begun. */
const TOO_MANY = 6

/** How often we were brought down after this turn, before the next one was there to count it. */
const Count = z.object({ after: z.int(), times: z.int().min(0) })
type Count = z.infer<typeof Count>

/**
 * Deaths between two turns: while the room is looked at, or a turn begins. A life that finds messages
 * due and no turn open was most likely left them by one that died over them; only then is a row
 * written, so an ordinary turn pays nothing. With the next turn the count is void by itself.
 */
export class Attempts {
  #facts: Facts
  #turns: Turns
  #wasLeft: boolean
  /** Only a cache. */
  #count: Count | null | undefined

  constructor({ facts, turns, inbox }: { facts: Facts; turns: Turns; inbox: Inbox }, now: number) {
    this.#facts = facts
    this.#turns = turns
    const due = inbox.nextDue()
    this.#wasLeft = due !== null && due <= now && !turns.open()
  }

  /** Before what may bring us down. False: there is no reason to think that it did. */
  note({ isLate = false } = {}) {
    if (!this.#wasLeft && !isLate) return false
    this.#wasLeft = false
    this.#set(this.#times() + 1)
    return true
  }

  /** That beginning is what fails is known here, so nothing else need be tried first. */
  failed() {
    this.#set(Math.max(this.#times(), MANY - 1) + 1)
  }

  /** Nothing brought us down after all. */
  survived() {
    this.#set(0)
  }

  areMany() {
    return this.#times() >= MANY
  }

  areTooMany() {
    return this.#times() >= TOO_MANY
  }

  #times() {
    if (this.#count === undefined) this.#count = this.#facts.get(NAME, Count)
    return this.#count && this.#count.after === this.#after() ? this.#count.times : 0
  }

  #set(times: number) {
    this.#count = { after: this.#after(), times }
    this.#facts.set(NAME, this.#count)
  }

  #after() {
    return this.#turns.last()?.id ?? 0
  }
}
