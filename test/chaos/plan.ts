import { Dice } from './dice.ts'
import { limitsFor, type PlannedLimit } from './limits.ts'
import { type Restart, restartAfter, type Strike, strikesFor } from './strikes/strikes.ts'

interface Wish {
  seed: string
  messages: number
  rooms: number
  /** For how long people talk, in ms. */
  talkMs: number
  kills: number
}

/** What becomes of a delivery on its way. */
type Fate = 'dropped' | 'doubled' | 'again later' | 'late' | 'overtaken'

/** What becomes of a message, or of the answer to it, once it is said. */
type Regret = 'edits it' | 'deletes it' | 'deletes the answer'

/** `says`: words for the model. The others are for the bot, or for nobody. */
export type Kind = 'says' | 'stop' | 'forget' | 'yes' | 'no' | 'aside'

export interface Saying {
  what: 'says'
  at: number
  room: number
  person: number
  words: string
  kind: Kind
  fate: Fate | null
  /** How late, in ms, where it is. */
  lateMs: number
  regret: Regret | null
  regretMs: number
}

export type Aim = 'at once' | 'before create' | 'after create' | 'before edit' | 'while it speaks'

export interface Kill {
  what: 'kill'
  at: number
  /** It waits for this to happen, but not for long. */
  aim: Aim
  downMs: number
  restart: Restart
}

/** Campfire is not to be reached: a proxy answers in its place. */
interface Outage {
  what: 'outage'
  at: number
  forMs: number
}

/** The Worker's clock is put forward: whoever looks around some time after a turn does it now. */
export interface Leap {
  what: 'leap'
  at: number
  byMs: number
}

export interface Place {
  direct: boolean
  people: number[]
}

export interface Plan {
  places: Place[]
  limits: PlannedLimit[]
  events: (Saying | Kill | Outage | Leap | Strike)[]
}

export const PEOPLE = 'Ada Ben Cleo Dirk Ella Finn Gina Hugo Ines Jon'.split(' ')

/** The same for the same wish: who says what, where and when, and what goes wrong with it. */
export function planFor(wish: Wish): Plan {
  const dice = new Dice(wish.seed, 'plan')
  const places = Array.from({ length: wish.rooms }, (_, index) => placeFor(index, dice))
  const said = sayings(wish, places, dice)
  const events = [...said, ...kills(wish), ...outages(wish), ...leaps(wish), ...strikesFor(wish)]
  const limits = limitsFor(wish, PEOPLE.length)
  return { places, limits, events: events.sort((a, b) => a.at - b.at) }
}

/** Every fourth place is a direct: one person and the bot, each person once. */
function placeFor(index: number, dice: Dice): Place {
  const direct = index % 4 === 3 && index < 4 * PEOPLE.length
  if (direct) return { direct, people: [Math.floor(index / 4)] }

  const everybody = PEOPLE.map((_, person) => person)
  return { direct, people: everybody.filter(() => dice.roll() < 0.4).concat([index % 10]) }
}

function sayings({ messages, talkMs }: Wish, places: Place[], dice: Dice): Saying[] {
  const said = places.slice(0, messages).map((place, room) => greeting(place, room, dice))
  while (said.length < messages) {
    const room = dice.between(0, places.length - 1)
    const place = places[room] as Place
    const person = dice.pick(place.people)
    let at = dice.between(0, talkMs)
    // Some say what they have to say in two or three goes, and some of these think better of it.
    const goes = dice.pick([1, 1, 1, 1, 2, 3])
    for (let go = 1; go <= goes && said.length < messages; go++) {
      const kind = kindOf({ isLast: go > 1 && go === goes, direct: place.direct }, dice)
      const words = kind === 'yes' ? dice.pick(YESES) : `${dice.pick(WORDS)} ${said.length + 1}?`
      const saying = sayingOf({ at, room, person, kind, words }, dice)
      said.push(saying)
      at = Math.min(talkMs, at + dice.between(30, 1_500))
      if ((kind === 'stop' || kind === 'forget') && dice.roll() < 0.3) {
        said.push(sayingOf({ at, room, person, kind: 'yes', words: dice.pick(YESES) }, dice))
      }
    }
  }
  return said
}

/** What reaches the bot first in a room: of what was said before that it need not know. */
function greeting({ people }: Place, room: number, dice: Dice): Saying {
  const said = { at: dice.between(0, 1_500), room, person: people[0] ?? 0, kind: 'says' } as const
  return { ...sayingOf({ ...said, words: 'Are you there?' }, dice), fate: null, regret: null }
}

type Word = 'stop' | 'forget' | 'yes' | 'no'

function kindOf({ isLast, direct }: { isLast: boolean; direct: boolean }, dice: Dice): Kind {
  const aside = !direct && dice.roll() < 0.1
  const word = dice.fall<Word>(
    isLast ? { stop: 40, forget: 5, yes: 0, no: 0 } : { stop: 2, forget: 3, yes: 4, no: 1 },
  )
  return aside ? 'aside' : (word ?? 'says')
}

type Said = Pick<Saying, 'at' | 'room' | 'person' | 'kind' | 'words'>

/** What goes wrong with it, and what is regretted of it. */
export function sayingOf(said: Said, dice: Dice): Saying {
  const isWord = said.kind !== 'says' && said.kind !== 'aside'
  return {
    ...said,
    what: 'says',
    words: isWord && said.kind !== 'yes' ? said.kind : said.words,
    fate: dice.fall<Fate>(FATES),
    lateMs: dice.between(500, 5_000),
    regret: dice.fall<Regret>(REGRETS),
    regretMs: dice.between(0, 4_000),
  }
}

/** Of people to whom nothing was asked, mostly: these count for nothing. */
const YESES = ['yes', 'ok', 'y', 'OK!', 'yes, go ahead']
const WORDS = ['What about number', 'Have you seen', 'Can you look at', 'Who has', 'When comes']
const FATES: Record<Fate, number> = {
  dropped: 4,
  doubled: 7,
  'again later': 5,
  late: 5,
  overtaken: 7,
}
const REGRETS: Record<Regret, number> = { 'edits it': 4, 'deletes it': 4, 'deletes the answer': 6 }

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
    restart: restartAfter(index),
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

function leaps({ seed, talkMs }: Wish): Leap[] {
  const dice = new Dice(seed, 'leaps')
  return Array.from({ length: Math.max(1, Math.round(talkMs / 20_000)) }, () => ({
    what: 'leap',
    at: dice.between(5_000, talkMs),
    byMs: 1_000 * dice.pick([61, 61, 601]),
  }))
}
