import { type Answer, reactionTo } from './answer.ts'
import { type Delivery, requestOf } from './deliveries.ts'
import { type Dialect, traitsOf } from './dialect.ts'
import { isBrokenImage } from './image.ts'
import type { Draft, Message, Messages } from './messages.ts'
import type { People } from './people.ts'
import type { Rooms } from './rooms.ts'

const PATIENCE_MS = 7_000
const LATE = 'late'

export type Send = (request: Request) => Promise<Response>
/** Waits, unless told that nobody waits any more. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>
/** What becomes of deliveries on their way: some may be lost, doubled, or change places. */
export type Route = (deliveries: Delivery[]) => Delivery[]

interface Post {
  dialect: Dialect
  people: People
  rooms: Rooms
  messages: Messages
  send: Send
  wait: Wait
  hold: boolean
  route: Route
  /** How a bot's answer gets into the room. */
  answer: (draft: Draft, live: boolean) => Message
}

interface Waiting {
  delivery: Delivery
  done: () => void
}

/** Campfire's side of the webhooks: who gets which message when, and what comes of the answer. */
export class Webhooks {
  #post: Post
  #held: Waiting[] = []
  #underWay = new Set<Promise<void>>()

  constructor(post: Post) {
    this.#post = post
  }

  get held(): Delivery[] {
    return this.#held.map(({ delivery }) => delivery)
  }

  /** Resolves when all of them have been answered, or lost on the way. */
  async deliver(deliveries: Delivery[]): Promise<void> {
    if (!this.#post.hold) return this.#sendAll(this.#post.route(deliveries))
    await Promise.all(
      deliveries.map((delivery) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        this.#held.push({ delivery, done: resolve })
        return promise
      }),
    )
  }

  /** Sends what was held. */
  async flush(route: Route = this.#post.route): Promise<void> {
    const held = this.#held.splice(0)
    await this.#sendAll(route(held.map(({ delivery }) => delivery)))
    for (const { done } of held) done()
  }

  /** Resolves when nothing is under way any more, also what answers to answers set off. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #sendAll(deliveries: Delivery[]) {
    await Promise.all(
      deliveries.map((delivery) => {
        const sending = this.#send(delivery).finally(() => this.#underWay.delete(sending))
        this.#underWay.add(sending)
        return sending
      }),
    )
  }

  async #send(delivery: Delivery) {
    for (let attempt = 0; attempt < traitsOf(this.#post.dialect).attempts; attempt++) {
      if (await this.#attempt(delivery).catch(() => false)) return
    }
  }

  /** False when the job failed. */
  async #attempt(delivery: Delivery): Promise<boolean> {
    const { people, messages, rooms } = this.#post
    const message = messages.find(delivery.message)
    const room = message && rooms.find(message.room)
    const bot = people.find(delivery.bot)
    if (!message || !room || !bot?.active || !bot.webhook) return true

    const letter = { ...this.#post, message, room, bot: { ...bot, webhook: bot.webhook } }
    const answer = await this.#hear(requestOf(letter))
    return this.#react(answer, { room: room.id, creator: bot.id, via: 'answer' })
  }

  #react(answer: Answer | typeof LATE, draft: Pick<Draft, 'room' | 'creator' | 'via'>): boolean {
    const { answer: post } = this.#post
    if (answer === LATE) {
      post({ ...draft, html: 'Failed to respond within 7 seconds', file: null }, true)
      return true
    }

    const reaction = reactionTo(answer)
    switch (reaction.kind) {
      case 'failed job':
        return false
      case 'text':
        post({ ...draft, html: reaction.html, file: null }, true)
        return true
      case 'file': {
        // The row of a picture that is none is made before the job dies: it shows after a reload.
        const broken = isBrokenImage(reaction.file)
        post({ ...draft, html: null, file: reaction.file }, !broken)
        return true
      }
      default:
        return true
    }
  }

  // Seven seconds for the head, and for each read after it. Nothing is cancelled at the bot's side.
  async #hear(request: Request): Promise<Answer | typeof LATE> {
    const response = await this.#inTime(this.#post.send(request))
    if (response === LATE) return LATE

    const chunks: Uint8Array[] = []
    const reader = response.body?.getReader()
    while (reader) {
      const read = await this.#inTime(reader.read())
      if (read === LATE) return LATE
      if (read.done) break
      chunks.push(read.value)
    }
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer())
    return { status: response.status, type: response.headers.get('content-type'), bytes }
  }

  async #inTime<T>(coming: Promise<T>): Promise<T | typeof LATE> {
    const heard = new AbortController()
    const late = this.#post.wait(PATIENCE_MS, heard.signal).then(() => LATE as typeof LATE)
    coming.catch(() => {})
    try {
      return await Promise.race([coming, late])
    } finally {
      heard.abort()
    }
  }
}

export const realWait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
