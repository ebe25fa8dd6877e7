import * as z from 'zod'
import { MINUTE } from '../../clock.ts'
import type { Facts } from './facts.ts'
import type { Inbox } from './messages.ts'
import type { Turns } from './turns.ts'

/** So many deaths in a row without progress, and it is given up. */
export const MOST_DEATHS = 5

/**
 * A death says little about what we were at: a deploy, or a neighbour in the process. It is tried again
 * at once, and then later and later, so that a bad minute does not cost anybody their answer.
 */
const RESTS = [0, MINUTE / 4, MINUTE, 5 * MINUTE, 0]

/** How long to wait after so many deaths, in ms. What was given up with a word gets as many tries for that. */
export function restAfter(deaths: number) {
  return RESTS[(deaths - 1) % MOST_DEATHS] ?? 0
}

const NAME = 'attempts'
/** So many, and we do with less: without a look at the room, and with one message alone. */
const MANY = 3
/** So many, and what waits is not even begun. */
const TOO_MANY = MOST_DEATHS

/** How often we were brought down after this turn, before the next one was there to count it. */
const Count = z.object({
  after: z.int(),
  times: z.int().min(0),
  /** Over which look at the room, by its time. */
  look: z.int().optional(),
  /** The last one is counted, and what waits is not begun before. */
  due: z.number().optional(),
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
    const isDue = due !== null && due <= now && !turns.open()
    this.#wasLeft = isDue && this.#known().due === undefined
  }

  /** Before what may bring us down. False: there is no reason to think that it did. */
  note(look: Look | null, now: number) {
    const { times, look: last } = this.#known()
    const due = look?.due ?? last
    const isCounted = this.#wasLeft || look?.isLate === true
    const rest = this.#wasLeft ? restAfter(times + 1) : 0
    this.#wasLeft = false
    // Each time for a look tries it once more: what brought us down before may be gone by now.
    if (due !== last && times >= MANY) this.#set(MANY - 1, due)
    else if (isCounted) this.#set(times + 1, due, rest ? now + rest : undefined)
    else return false
    return true
  }

  /** Whether anything here is about what waits; an ordinary turn asks nothing more. */
  isInDoubt() {
    return this.#wasLeft || this.#stored()?.due !== undefined
  }

  /** Until when what waits is not begun, in ms since 1970: we were brought down too often to go on at once. */
  restsUntil() {
    return this.#known().due ?? 0
  }

  /** It is over, and is tried again. True: that was written. */
  goOn() {
    const { times, due } = this.#known()
    if (due === undefined) return false
    this.#set(times)
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

  #known(): Pick<Count, 'times' | 'look' | 'due'> {
    const count = this.#stored()
    return count && count.after === this.#after() ? count : { times: 0 }
  }

  #stored() {
    if (this.#count === undefined) this.#count = this.#facts.get(NAME, Count)
    return this.#count
  }

  #set(times: number, look: number | null | undefined = this.#known().look, due?: number) {
    this.#count = { after: this.#after(), times, ...(look && { look }), ...(due && { due }) }
    this.#facts.set(NAME, this.#count)
  }

  #after() {
    return this.#turns.last()?.id ?? 0
  }
}
