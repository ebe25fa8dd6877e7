import type { Arrival } from '../tables/room/message.ts'
import { sightingsIn } from '../tables/room/people.ts'
import { noteSpeaker } from '../tables/room/speakers.ts'
import type { Tables } from '../tables.ts'

/** Into the inbox, whichever way it came to us. False when it was there before: nothing is changed. */
export function receive({ inbox, facts, people, now }: Tables, arrival: Arrival, saidAt = now()) {
  if (!inbox.add(arrival, now(), saidAt)) return false

  if (arrival.room) {
    facts.set('room', arrival.room)
    noteSpeaker(facts, arrival)
    people.learn(sightingsIn(arrival))
  }
  return true
}
