import * as z from 'zod'
import type { Facts } from '../facts.ts'
import type { Arrival } from '../message.ts'

const SPEAKERS = 'speakers'
const Speakers = z.array(z.int())
/** That there are two is all that is asked; some of them may be bots. */
const MOST_SPEAKERS = 20

/** Who has spoken in this direct, as far as it matters. In a room nobody asks. */
export function speakersIn(facts: Facts) {
  return facts.get(SPEAKERS, Speakers) ?? []
}

/** Who speaks in a direct decides how the bot is to be called there. A known one costs no write. */
export function noteSpeaker(facts: Facts, { author, room }: Pick<Arrival, 'author' | 'room'>) {
  if (!room?.direct) return
  const speakers = speakersIn(facts)
  if (!speakers.includes(author.id) && speakers.length < MOST_SPEAKERS) {
    facts.set(SPEAKERS, [...speakers, author.id])
  }
}
