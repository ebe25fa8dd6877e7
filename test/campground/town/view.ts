import type { Campground } from '../campground.ts'
import { chipOf } from '../composer.ts'
import { highlighted } from '../highlight.ts'
import type { Message } from '../messages.ts'

/** The last so many of each room; there is no scrolling back further in this Campfire. */
const SHOWN = 300

/** All that the page needs to draw itself. */
export function stateOf(camp: Campground) {
  return {
    people: camp.people.all
      .filter(({ active }) => active)
      .map((person) => ({
        id: person.id,
        name: person.name,
        role: person.role,
        chip: chipOf(person),
      })),
    rooms: camp.rooms.all,
    messages: camp.rooms.all.flatMap(({ id }) =>
      camp.messages
        .in(id)
        .slice(-SHOWN)
        .map((message) => viewOf(message, camp)),
    ),
  }
}

export function viewOf(message: Message, camp: Campground) {
  const { id, room, creator, at, file, boosts, edits } = message
  const { name, role } = camp.people.get(creator)
  return {
    id,
    room,
    author: { id: creator, name, role },
    at,
    screen: highlighted(camp.screen(message)),
    file: file && { name: file.name, type: file.type, size: file.bytes.length },
    boosts: boosts.map((boost) => ({ ...boost, who: camp.people.get(boost.booster).name })),
    edits,
  }
}
