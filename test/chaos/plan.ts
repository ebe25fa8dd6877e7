import { Dice } from './dice.ts'

export interface Wish {
  seed: string
  messages: number
  rooms: number
  /** For how long people talk, in ms. */
  talkMs: number
  kills: number
}

/** What becomes of a delivery on its way. */
export type Fate = 'dropped' | 'doubled' | 'again later' | 'late' | 'overtaken'

export interface Saying {
  what: 'says'
  at: number
  room: number
  person: number
  words: string
  /** Not for the bot: what others hear beside it. */
  aside: boolean
  fate: Fate | null
  /** How late, in ms, where it is. */
  lateMs: number
}

export type Aim = 'at once' | 'before create' | 'after create' | 'before edit' | 'while it speaks'

export interface Kill {
  what: 'kill'
  at: number
  /** It waits for this to happen, but not for long. */
  aim: Aim
  downMs: number
}

/** Campfire is not to be reached: a proxy answers in its place. */
export interface Outage {
  what: 'outage'
  at: number
  forMs: number
}

export interface Place {
  direct: boolean
  people: number[]
}

export interface Plan {
  places: Place[]
  events: (Saying | Kill | Outage)[]
}

export const PEOPLE = 'Ada Ben Cleo Dirk Ella Finn Gina Hugo Ines Jon'.split(' ')

/** The same for the same wish: who says what, where and when, and what goes wrong with it. */
export function planFor(wish: Wish): Plan {
  const dice = new Dice(wish.seed, 'plan')
  const places = Array.from({ length: wish.rooms }, (_, index) => placeFor(index, dice))
  const events = [...sayings(wish, places, dice), ...kills(wish), ...outages(wish)]
  return { places, events: events.sort((a, b) => a.at - b.at) }
}

/** Every fourth place is a direct: one person and the bot, each person once. */
function placeFor(index: number, dice: Dice): Place {
  const direct = index % 4 === 3 && index < 4 * PEOPLE.length
  if (direct) return { direct, people: [Math.floor(index / 4)] }

  const everybody = PEOPLE.map((_, person) => person)
  return { direct, people: everybody.filter(() => dice.roll() < 0.4).concat([index % 10]) }
}

function sayings({ messages, talkMs }: Wish, places: Place[], dice: Dice): Saying[] {
  const said: Saying[] = []
  while (said.length < messages) {
    const room = dice.between(0, places.length - 1)
    const place = places[room] as Place
    const person = dice.pick(place.people)
    let at = dice.between(0, talkMs)
    // Some say what they have to say in two or three goes.
    for (let go = dice.pick([1, 1, 1, 1, 2, 3]); go > 0 && said.length < messages; go--) {
      const aside = !place.direct && dice.roll() < 0.1
      said.push({
        what: 'says',
        at,
        room,
        person,
        words: `${dice.pick(WORDS)} ${said.length + 1}?`,
        aside,
        fate: dice.fall<Fate>(FATES),
        lateMs: dice.between(500, 5_000),
      })
      at = Math.min(talkMs, at + dice.between(30, 900))
    }
  }
  return said
}

const WORDS = ['What about number', 'Have you seen', 'Can you look at', 'Who has', 'When comes']
const FATES: Record<Fate, number> = {
  dropped: 4,
  doubled: 7,
  'again later': 5,
  late: 5,
  overtaken: 7,
}

function kills({ seed, kills, talkMs }: Wish): Kill[] {
  const dice = new Dice(seed, 'kills')
  const apart = talkMs / (kills + 0.5)
  return Array.from({ length: kills }, (_, index) => ({
    what: 'kill',
    at: Math.round(apart * (index + 0.3 + dice.roll() * 0.6)),
    aim: dice.pick<Aim>([
      'at once',
      'before create',
      'after create',
      'before edit',
      'while it speaks',
    ]),
    downMs: dice.between(0, 600),
  }))
}

function outages({ seed, talkMs }: Wish): Outage[] {
  const dice = new Dice(seed, 'outages')
  return Array.from({ length: Math.max(1, Math.round(talkMs / 15_000)) }, () => ({
    what: 'outage',
    at: dice.between(2_000, talkMs),
    forMs: dice.between(500, 2_500),
  }))
}
