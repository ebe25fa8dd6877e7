import { setTimeout as pause } from 'node:timers/promises'
import { StandInCampfire } from './campfire.ts'
import { type Call, StandInModel } from './model.ts'
import { BuiltWorker } from './worker.ts'

/** The way of one message. Times as `performance.now()` has them; NaN is not yet. */
export interface Trail {
  id: number
  room: number
  author: number
  sent: number
  /** The delivery was acknowledged after so long, with this status. */
  ackMs: number
  status: number
  asked: number
  done: number
  posted: number
  /** How many calls of the model asked it, and how many posts answered it. */
  calls: number
  answers: number
}

/** What people say is sent in here, and everything is followed until it stands in the room. */
export class World {
  readonly campfire: StandInCampfire
  readonly model: StandInModel
  readonly worker: BuiltWorker
  readonly trails = new Map<number, Trail>()
  #waiting = new Map<number, () => void>()

  static async open(given: {
    script: string
    home: string
    inspect?: boolean
    /** What its process is started with, beside what it needs. */
    env?: Record<string, string>
  }) {
    const campfire = await StandInCampfire.listen()
    const model = await StandInModel.listen()
    const worker = await BuiltWorker.start({ ...given, neighbours: { campfire, model } })
    return new World(campfire, model, worker)
  }

  private constructor(campfire: StandInCampfire, model: StandInModel, worker: BuiltWorker) {
    this.campfire = campfire
    this.model = model
    this.worker = worker
    model.speak = (call) => `Answer to ${idsIn(call).join(', ')}. ${this.words}`
    model.onCall = (call) => {
      for (const trail of this.#asked(call)) {
        trail.asked = call.heardAt
        trail.calls++
      }
    }
    model.onDone = (call) => {
      for (const trail of this.#asked(call)) trail.done = call.doneAt
    }
    campfire.onPost = ({ text, at, edits }) => {
      for (const id of answeredIn(text)) this.#isPosted(id, at, edits)
    }
  }

  /** What every answer says beside what it answers. */
  words = 'It is as it was said before, and nobody knows better.'

  /** Resolves when the delivery is acknowledged; a connection that breaks has the status 0. */
  async says(room: number, text: string, who: { author?: number; direct?: boolean } = {}) {
    const { id, body } = this.campfire.says(room, text, who)
    const trail = { ...NEW, id, room, author: who.author ?? 1, sent: performance.now() }
    this.trails.set(id, trail)
    const { status, ms } = await this.worker
      .delivers(body)
      .catch(() => ({ status: 0, ms: Number.NaN }))
    trail.status = status
    trail.ackMs = ms
    return trail
  }

  /** A whole turn: said, asked, answered, posted. */
  async turn(room: number, text: string, who: { direct?: boolean } = {}) {
    const id = this.campfire.nextId
    const posted = new Promise<void>((done) => this.#waiting.set(id, done))
    const trail = await this.says(room, text, who)
    await within(30_000, posted, `message ${id} is not answered`)
    return trail
  }

  /** Until everything that was said is answered, or this long. False: something is not. */
  async allAnswered(ms: number) {
    const isOpen = ({ answers }: Trail) => answers === 0
    for (const end = Date.now() + ms; [...this.trails.values()].some(isOpen); await pause(20)) {
      if (Date.now() > end) return false
    }
    return true
  }

  /** Turns end a little after their reply stands. */
  async isQuiet() {
    await pause(30)
  }

  async close() {
    await this.worker.kill()
    await Promise.all([this.campfire.close(), this.model.close()])
  }

  #asked(call: Call) {
    return idsIn(call).flatMap((id) => this.trails.get(id) ?? [])
  }

  #isPosted(id: number, at: number, edits: number) {
    const trail = this.trails.get(id)
    if (!trail) return
    trail.posted = at
    if (!edits) trail.answers++
    this.#waiting.get(id)?.()
    this.#waiting.delete(id)
  }
}

const NEW = {
  ackMs: Number.NaN,
  status: 0,
  asked: Number.NaN,
  done: Number.NaN,
  posted: Number.NaN,
  calls: 0,
  answers: 0,
}

/** All that is ours of a turn: from the delivery to the model, and from its last byte to the reply. */
export function overheadOf({ sent, asked, done, posted }: Trail) {
  return asked - sent + (posted - done)
}

/** The messages that a call of the model has to answer, oldest first. */
export function idsIn({ asked }: Pick<Call, 'asked'>) {
  const groups = asked.matchAll(/<asked\b[^>]*>([\s\S]*?)<\/asked>/g)
  const ids = [...groups].flatMap(([, said = '']) =>
    Array.from(said.matchAll(/<message id="(\d+)"/g), ([, id]) => Number(id)),
  )
  return [...new Set(ids)]
}

export function answeredIn(text: string) {
  const [, list = ''] = /Answer to ([\d, ]+)\./.exec(text) ?? []
  return list.split(', ').filter(Boolean).map(Number)
}

async function within(ms: number, work: Promise<void>, otherwise: string) {
  const timer = new AbortController()
  const late = pause(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(otherwise)
  })
  late.catch(() => {})
  await Promise.race([work, late]).finally(() => timer.abort())
}
