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

/**
 * One write for both, and none for what is known. What Campfire lists keeps the name of the time when it was
 * first listed, so of two names the one that was seen on the later message counts.
 */
export function noteWhereabouts(
  facts: Facts,
  { room, seen }: { room?: NonNullable<Arrival['room']>; seen: OwnSighting[] },
) {
  const known = whereaboutsIn(facts)
  const called = newest(seen)
  const isRenamed =
    called && called.name !== known.called?.name && called.at >= (known.called?.at ?? 0)
  if (room || isRenamed) facts.set(ROOM, { ...known, ...room, ...(isRenamed && { called }) })
}

function newest(seen: OwnSighting[]) {
  const named = seen.flatMap(({ name, at }) => {
    const plain = name?.replace(/\s+/g, ' ').trim()
    return plain ? [{ name: plain, at }] : []
  })
  return named.toSorted((a, b) => b.at - a.at)[0]
}
