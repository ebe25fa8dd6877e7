import type { Arrival } from '../tables/room/message.ts'
import { noteSpeaker } from '../tables/room/people/speakers.ts'
import { noteWhereabouts } from '../tables/room/people/whereabouts.ts'
import { sightingsIn } from '../tables/room/people.ts'
import type { Tables } from '../tables.ts'

/** Into the inbox, whichever way it came to us. False when it was there before: nothing is changed. */
export function receive(tables: Tables, arrival: Arrival, saidAt = tables.now()) {
  const { inbox, facts, people, place, health, now } = tables
  if (!inbox.add(arrival, now(), saidAt)) return false

  if (arrival.room) {
    health.isIn()
    const chips = arrival.mentions.filter(({ userId }) => userId === place.bot)
    const seen = chips.map(({ name }) => ({ name, at: saidAt }))
    noteWhereabouts(facts, { room: arrival.room, worker: arrival.worker, seen })
    noteSpeaker(facts, arrival)
    people.learn(sightingsIn(arrival))
  }
  return true
}
