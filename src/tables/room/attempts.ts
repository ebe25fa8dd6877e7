import * as z from 'zod'
import type { Facts } from './facts.ts'
import type { Inbox } from './messages.ts'
import type { Turns } from './turns.ts'

const NAME = 'attempts'
/** So many, and we do with less: without a look at the room, and with one message alone. */
const MANY = 3
/** So many, and what waits is not even begun. */
const TOO_MANY = 6

/** How often we were brought down after this turn, before the next one was there to count it. */
const Count = z.object({
  after: z.int(),
  times: z.int().min(0),
  /** Over which look at the room, by its time. */
  look: z.int().optional(),
})
type Count = z.infer<typeof Count>

/** The room is to be looked at. */
export interface Look {
  /** Since when; null: somebody woke us for something else. */
  due: number | null
  /** Most likely somebody died over it. */
  isLate: boolean
}

/**
 * Deaths between two turns: while the room is looked at, or a turn begins. A life that finds messages
 * due and no turn open was most likely left them by one that died over them; only then is a row
 * written, so an ordinary turn pays nothing. With the next turn the count is void by itself.
 */
export class CrashLoopGuard {
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
  note(look: Look | null = null) {
    const { times, look: last } = this.#known()
    const due = look?.due ?? last
    const isCounted = this.#wasLeft || look?.isLate === true
    this.#wasLeft = false
    // Each time for a look tries it once more: what brought us down before may be gone by now.
    if (due !== last && times >= MANY) this.#set(MANY - 1, due)
    else if (isCounted) this.#set(times + 1, due)
    else return false
    return true
  }

  /** That beginning is what fails is known here, so nothing else need be tried first. */
  failed() {
    this.#set(Math.max(this.#times(), MANY - 1) + 1)
  }

  /** Nothing brought us down after all. */
  survived() {
    this.#set(0, null)
  }

  areMany() {
    return this.#times() >= MANY
  }

  areTooMany() {
    return this.#times() >= TOO_MANY
  }

  /** How often it was begun, or tried to be, before it was there to count its crashes itself. */
  before({ id }: { id: number }) {
    const count = this.#stored()
    return count?.after === id - 1 ? count.times : 0
  }

  #times() {
    return this.#known().times
  }

  #known(): Pick<Count, 'times' | 'look'> {
    const count = this.#stored()
    return count?.after === this.#after() ? count : { times: 0 }
  }

  #stored() {
    if (this.#count === undefined) this.#count = this.#facts.get(NAME, Count)
    return this.#count
  }

  #set(times: number, look: number | null | undefined = this.#known().look) {
    this.#count = { after: this.#after(), times, ...(look && { look }) }
    this.#facts.set(NAME, this.#count)
  }

  #after() {
    return this.#turns.last()?.id ?? 0
  }
}
