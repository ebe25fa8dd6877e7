import { CLOCKS_APART, HOUR } from '../../../clock.ts'
import type { Arrival } from '../message.ts'
import { epochOf, type Numbers, SPAN } from './numbers.ts'
import { wordsHash } from './words-hash.ts'

type Said = Pick<Arrival, 'id' | 'author' | 'text' | 'file' | 'room' | 'found'> & {
  /** When it was said, as far as is known, in ms since 1970. */
  at: number
}

/**
 * Under what number a message is stored, or that it is a repeat. Its number alone does not say so: a Campfire
 * that was restored gives numbers again. Within an hour a known number of the same author is a repeat whatever
 * its words, since they may have been edited; later only with the same words.
 */
export function numberFor(
  sql: SqlStorage,
  numbers: Numbers,
  { id, author, room, at, found, ...said }: Said,
): { repeat: true } | { repeat: false; id: number | null } {
  if (id === null || id >= SPAN) return { repeat: false, id: null }

  const sign = room ? 1 : -1
  const next = room ? numbers.eraBegunBy(id) : null
  const { epoch, from } = next ?? numbers.era()
  const slots = numbers.slots(id).map((slot) => sign * slot)
  const hash = wordsHash(said)
  const known = rows()
  if (known.some(isRepeat)) return { repeat: true }
  if (next) numbers.begin(next)

  const taken = new Set((next ? rows() : known).map((row) => row.id))
  const free = slots.find((slot) => epochOf(slot) >= epoch && !taken.has(slot))
  return { repeat: false, id: free ?? null }

  function rows() {
    return sql
      .exec<Known>(
        `SELECT arrival, id, author, at, hash FROM messages WHERE id IN (${slots.map(() => '?')})`,
        ...slots,
      )
      .toArray()
  }

  function isRepeat(row: Known) {
    // An older version kept whom the flat shape names without its sign; its numbers are its own anyway.
    if (Math.abs(row.author) !== Math.abs(author.id)) return false
    // Of what was found in the list Campfire's clock tells when it was said, and of the row ours.
    const isSoon = at < row.at + HOUR + (found ? CLOCKS_APART : 0)
    // Rows of an older version have no hash; to them a number was for ever.
    const isSame = row.hash === null || row.hash === hash
    // When this epoch began there was no message of that number any more.
    const isOfBefore = epochOf(row.id) < epoch && row.arrival <= numbers.arrivedAnew()
    const isGivenAgain = isOfBefore && id !== null && id > from
    // It was said before that row was written: so it is what the row is of, although its words were edited.
    const isOlder = at <= row.at
    return isOlder || (isGivenAgain ? isSoon && isSame : isSoon || isSame)
  }
}

type Known = { arrival: number; id: number; author: number; at: number; hash: number | null }
