import * as z from 'zod'
import { DAY, MINUTE } from '../../clock.ts'
import type { Facts } from './facts.ts'

const NAME = 'health'

/** Messages that no delivery brought: how many, and the last of them. */
const Missed = z.object({ count: z.int(), message: z.int(), at: z.number() }).nullable()

const Stored = z.object({
  missed: Missed,
  /** Campfire says that we are not in this room. Times in ms since 1970. */
  out: z
    .object({
      /** When it first said so. */
      seen: z.number(),
      /** Since when it is sure: it has said so twice, minutes apart. */
      since: z.number().nullable(),
      /** When it was last asked because of that. */
      asked: z.number().nullable(),
      /** When what was kept of the room was deleted. */
      deleted: z.number().nullable(),
    })
    .nullable(),
})
type Stored = z.infer<typeof Stored>

/** How a room stands, as its account is told it. */
export const HealthReport = z.object({
  missed: Missed,
  out: z
    .object({ since: z.number(), deletes: z.number(), deleted: z.number().nullable() })
    .nullable(),
})
export type HealthReport = z.infer<typeof HealthReport>

/** One answer may be anybody's; the same one minutes later is Campfire's. */
const APART = 2 * MINUTE
/** Nobody but us may be at fault for the first one: it is looked at again so much later. */
const SOON = 10 * MINUTE
/** After so long what is kept of a room is deleted. */
export const KEPT = 30 * DAY

/** What no delivery brought, and whether we are out of the room: one fact, and none where all is well. */
export class RoomHealth {
  #facts: Facts
  /** Only a cache. */
  #state: Stored | undefined

  constructor(facts: Facts) {
    this.#facts = facts
  }

  report(): HealthReport {
    const { missed, out } = this.#get()
    if (out?.since == null) return { missed, out: null }
    return { missed, out: { since: out.since, deletes: out.since + KEPT, deleted: out.deleted } }
  }

  missed(message: number, now: number) {
    const { missed, out } = this.#get()
    this.#set({ missed: { count: (missed?.count ?? 0) + 1, message, at: now }, out })
  }

  /** Campfire took something of ours, or gave us something, or somebody spoke to us there. */
  isIn() {
    const state = this.#get()
    if (state.out) this.#set({ ...state, out: null })
  }

  /** Campfire itself, and nobody in its place, says that there is no such room for us. */
  isOut(now: number) {
    const { missed, out } = this.#get()
    if (!out) this.#set({ missed, out: { seen: now, since: null, asked: null, deleted: null } })
    else if (out.since === null && now - out.seen >= APART)
      this.#set({ missed, out: { ...out, since: now } })
  }

  /** When Campfire is to be asked once more. Null: we are in, or all that was to be done is done. */
  nextLook(): number | null {
    const { out } = this.#get()
    if (!out || out.deleted !== null) return null
    const due = out.since === null ? out.seen + SOON : out.since + KEPT
    return Math.max(due, out.asked === null ? 0 : out.asked + DAY)
  }

  asks(now: number) {
    const { missed, out } = this.#get()
    if (out) this.#set({ missed, out: { ...out, asked: now } })
  }

  /** It is sure for long enough. */
  isOver(now: number) {
    const { out } = this.#get()
    return out?.since != null && out.deleted === null && now - out.since >= KEPT
  }

  deleted(now: number) {
    const { missed, out } = this.#get()
    if (out) this.#set({ missed, out: { ...out, deleted: now } })
  }

  #get(): Stored {
    this.#state ??= this.#facts.get(NAME, Stored) ?? { missed: null, out: null }
    return this.#state
  }

  #set(state: Stored) {
    this.#facts.set(NAME, state)
    this.#state = state
  }
}
