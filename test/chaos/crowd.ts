import type { Campground } from '../campground/campground.ts'
import type { Message } from '../campground/messages.ts'
import type { Change } from '../campground/settlement.ts'
import type { Deliveries, Question } from './deliveries.ts'
import { Dice } from './dice.ts'
import { type Kind, PEOPLE, type Place, type Saying, sayingOf } from './plan.ts'
import { namedIn, type Standing, standingOf } from './standing.ts'
import type { Tally } from './tally.ts'

interface Surroundings {
  seed: string
  campfire: Campground
  deliveries: Deliveries
  tally: Tally
  bot: { id: number }
  /** The campfire's number of each room of the plan. */
  rooms: { id: number; type: string }[]
  places: Place[]
  later: (ms: number, what: () => void) => void
}

type Leave = 'yes' | 'no' | 'somebody else says yes'
const LEAVE: Record<Leave, number> = { yes: 55, no: 20, 'somebody else says yes': 10 }

/** An answer that a person has deleted, as it stood then. */
export interface Removed extends Standing {
  /** Every message up to this one was there when it went. */
  through: number
  at: number
}

/** People: they say what the plan wants, take it back, and answer when the bot asks for leave. */
export class Crowd {
  readonly removed: Removed[] = []
  /** Where the bot asked for leave, for whom said what. */
  readonly requests = new Map<number, Set<number>>()
  /** How often the bot has posted something. */
  posts = 0
  #here: Surroundings
  #people: number[]
  #seen = new Set<string>()

  constructor(here: Surroundings) {
    this.#here = here
    this.#people = PEOPLE.map((name) => here.campfire.addPerson(name).id)
  }

  person(index: number) {
    const id = this.#people[index]
    if (id === undefined) throw new Error(`There is no person ${index}`)
    return id
  }

  says(saying: Saying): Promise<void> {
    const { campfire, deliveries, tally } = this.#here
    const room = this.#here.rooms[saying.room]
    if (!room) throw new Error(`There is no room ${saying.room}`)

    // Its number is known before it is delivered: the route of that wants to look it up.
    const id = campfire.messages.lastIds.lastMessageId + 1
    if (saying.kind !== 'aside') deliveries.expect({ id, room: room.id, saying })
    tally.count('people', saying.kind)
    const { delivered } = campfire.says(this.person(saying.person), room, this.#worded(saying))
    const question = deliveries.questions.get(id)
    if (question) this.#here.later(saying.regretMs, () => this.#regret(question))
    return delivered
  }

  #worded({ room, kind, words }: Pick<Saying, 'room' | 'kind' | 'words'>) {
    const isDirect = this.#here.rooms[room]?.type === 'direct'
    return { text: words, mentions: kind === 'aside' || isDirect ? [] : [this.#here.bot] }
  }

  #regret(question: Question) {
    const { campfire, tally, deliveries } = this.#here
    const { saying, id } = question
    if (deliveries.questions.get(id) !== question) return
    if (saying.regret !== 'edits it' && saying.regret !== 'deletes it') return

    tally.count('people', saying.regret)
    if (saying.regret === 'deletes it') {
      question.deleted = true
      campfire.deleteMessage(id)
    } else {
      campfire.editAsPerson(id, this.#worded({ ...saying, words: `${saying.words} (edited)` }))
    }
  }

  /** What the bot posts, or adds to what stands: somebody may have something to say to it. */
  notice({ what, message }: Change) {
    if (what !== 'message' && what !== 'edit') return
    const post = this.#here.campfire.messages.find(message ?? 0)
    if (post?.creator !== this.#here.bot.id) return

    if (what === 'message') this.posts++
    const standing = this.#standing(post.id)
    for (const id of standing.asksFor) this.#noteRequest(id, post.id)
    const [asked] = namedIn(standing)
    const question = this.#here.deliveries.questions.get(asked ?? 0)
    if (!question) return
    if (standing.asksFor.length) this.#once(`leave ${asked}`, () => this.#answer(question))
    const { regret, regretMs } = question.saying
    if (regret === 'deletes the answer') {
      this.#once(`removal ${asked}`, () => {
        this.#here.later(regretMs, () => this.#remove(post))
      })
    }
  }

  #answer({ id, saying }: Question) {
    const dice = new Dice(this.#here.seed, 'leave', id)
    const leave = dice.fall<Leave>(LEAVE)
    this.#here.tally.count('leave', leave ?? 'nobody answers')
    if (!leave) return

    const others = this.#here.places[saying.room]?.people.filter((one) => one !== saying.person)
    const person = leave === 'somebody else says yes' ? others?.[0] : saying.person
    if (person === undefined) return
    const kind: Kind = leave === 'no' ? 'no' : 'yes'
    const said = sayingOf({ at: 0, room: saying.room, person, kind, words: kind }, dice)
    this.#here.later(dice.between(200, 3_000), () => void this.says(said))
  }

  #noteRequest(asked: number, post: number) {
    this.requests.set(asked, (this.requests.get(asked) ?? new Set()).add(post))
  }

  /** Campfire was restored: of what people took away after that message nobody has heard. */
  forget(last: number) {
    const gone = this.removed.filter(({ id }) => id > last)
    const left = this.removed.filter(({ id }) => id <= last)
    this.removed.splice(0, this.removed.length, ...left)
    return gone
  }

  #remove(post: Message) {
    const { campfire, tally } = this.#here
    const { id } = post
    // Restored from a backup, this number may be another's.
    if (campfire.messages.find(id) !== post) return
    tally.count('people', 'deletes the answer')
    const through = campfire.messages.lastIds.lastMessageId
    this.removed.push({ ...this.#standing(id), through, at: Date.now() })
    campfire.deleteMessage(id)
  }

  #standing(id: number) {
    const { campfire } = this.#here
    const message = campfire.messages.get(id)
    const seen = campfire.messagesIn(message.room).find((one) => one.id === id)
    if (!seen) throw new Error(`There is no message ${id}`)
    return standingOf(seen)
  }

  #once(name: string, what: () => void) {
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    what()
  }
}
