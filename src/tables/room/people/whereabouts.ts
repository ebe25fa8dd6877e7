import * as z from 'zod'
import type { Facts } from '../facts.ts'
import type { Arrival } from '../message.ts'

const ROOM = 'room'

/** What was last heard of the room itself, and of what we are called in it. */
const Whereabouts = z.object({
  name: z.string().nullable(),
  direct: z.boolean(),
  /** `at`: when that was said which showed it, in ms since 1970. */
  called: z.object({ name: z.string(), at: z.number() }).optional(),
  /** Where the Worker was last reached, as a browser writes it. */
  worker: z.string().optional(),
})
type Whereabouts = z.infer<typeof Whereabouts>
const UNKNOWN: Whereabouts = { name: null, direct: false }

export function whereaboutsIn(facts: Facts): Whereabouts {
  return facts.get(ROOM, Whereabouts) ?? UNKNOWN
}

/** The bot as it was seen: in a chip, or as the author of a message in the list. */
export interface OwnSighting {
  name: string | null
  at: number
}

/** One write for both, and none for what is known. `seen`: what a delivery shows of us. */
export function noteWhereabouts(
  facts: Facts,
  {
    room,
    worker,
    seen,
  }: { room?: NonNullable<Arrival['room']>; worker?: string | undefined; seen: OwnSighting[] },
) {
  const known = whereaboutsIn(facts)
  const called = later(known.called, newest(seen))
  const isNews = called !== known.called
  const news = { ...room, ...(worker && { worker }), ...(isNews && { called }) }
  if (room || isNews) facts.set(ROOM, { ...known, ...news })
}

/**
 * What people call us here. What Campfire lists keeps the name of the time when it was first listed, so of two
 * names the one that was seen on the later message counts. The list shows it at every turn: only where it
 * contradicts what is stored that costs a write.
 */
export class OwnName {
  #facts: Facts
  #listed: Called | undefined

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** Null: nobody has mentioned us yet, and no list has shown us. */
  get(): string | null {
    return later(whereaboutsIn(this.#facts).called, this.#listed)?.name ?? null
  }

  /** `seen`: what a list shows of us. */
  learn(seen: OwnSighting[]) {
    this.#listed = later(this.#listed, newest(seen))
    const stored = this.#listed && whereaboutsIn(this.#facts).called
    if (stored && this.#listed) noteWhereabouts(this.#facts, { seen: [this.#listed] })
  }
}

type Called = NonNullable<Whereabouts['called']>

function later(known: Called | undefined, seen: Called | undefined) {
  return seen && seen.name !== known?.name && seen.at >= (known?.at ?? 0) ? seen : known
}

function newest(seen: OwnSighting[]): Called | undefined {
  const named = seen.flatMap(({ name, at }) => {
    const plain = name?.replace(/\s+/g, ' ').trim()
    return plain ? [{ name: plain, at }] : []
  })
  return named.toSorted((a, b) => b.at - a.at)[0]
}
