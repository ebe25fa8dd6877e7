import type { Arrival } from '../tables/room/message.ts'
import { sightingsIn } from '../tables/room/people.ts'
import type { Parts } from '../tables.ts'
import { heard } from '../turn/should-speak.ts'

/** Into the inbox, whichever way it came to us. False when it was there before: nothing is changed. */
export function hear(parts: Parts, arrival: Arrival) {
  const { inbox, facts, people, now } = parts
  if (!inbox.add(arrival, now())) return false

  if (arrival.room) {
    facts.set('room', arrival.room)
    heard(parts, arrival)
    people.learn(sightingsIn(arrival))
  }
  return true
}
