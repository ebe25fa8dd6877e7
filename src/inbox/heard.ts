import * as z from 'zod'
import type { ListedMessage } from '../campfire.ts'
import { SPAN } from '../tables/room/messages/numbers.ts'
import type { Tables } from '../tables.ts'

const KNOWN = 'known through'
/** An older version kept the number alone. */
const Known = z.union([z.int(), z.object({ through: z.int(), at: z.number() })])

/** Through which message all has been heard. */
interface Heard {
  /** Null: the Campfire was restored since, and its numbers say nothing. */
  through: number | null
  /** When that one was said, by Campfire's own clock, where it is known. */
  at: number | null
  /** After this one there may be some that were not. */
  cursor: number
}

/** From the first delivery that we ever had; before that nobody counted on us. */
export function heardThrough({ facts, inbox, numbers }: Tables): Heard {
  const { epoch, from } = numbers.era()
  const known = facts.get(KNOWN, Known)
  const { through, at } = typeof known === 'object' && known ? known : { through: known, at: null }
  if (epoch > 0 && (through === null || through < epoch * SPAN)) {
    // What no delivery brought before is in the backup, too: behind what had been heard by then.
    const first = through === null ? inbox.received.first() : null
    const before = first?.id ?? through ?? 0
    const isOfLast = epoch - 1 <= Math.floor(before / SPAN)
    const cursor = isOfLast ? Math.min(before % SPAN, from) : 0
    return { through: null, at: first?.at ?? at, cursor }
  }
  const number = through === null ? (inbox.received.first()?.id ?? 0) : through % SPAN
  return { through: number, at, cursor: number }
}

/** A restored Campfire gives old numbers again: what was said later than all that was heard is new, whatever its number. */
export function isHeard(tables: Tables, { through, at }: Heard, message: ListedMessage) {
  if (through === null) return message.at <= (at ?? tables.numbers.era().since)
  return message.id <= through && message.at <= (at ?? Number.POSITIVE_INFINITY)
}

export function hear({ facts, numbers }: Tables, heard: Heard, newest: ListedMessage | undefined) {
  if (!newest || newest.id <= (heard.through ?? 0)) return
  const { epoch } = numbers.era()
  facts.set(KNOWN, { through: epoch * SPAN + newest.id, at: Math.max(newest.at, heard.at ?? 0) })
}
