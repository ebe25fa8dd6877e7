import { mentionedIn } from './attachment.ts'
import { handle } from './bot-api.ts'
import { compose, type Said, type Someone } from './composer.ts'
import type { Delivery } from './deliveries.ts'
import type { Dialect } from './dialect.ts'
import { type Boost, type Content, type Draft, type Message, Messages } from './messages.ts'
import type { Person } from './people.ts'
import { type Saved, savedMessage, unsavedMessage } from './saved.ts'
import { screen } from './screen.ts'
import { type Seen, seen } from './seen.ts'
import { idOf, Settlement } from './settlement.ts'
import { asStored } from './stored.ts'
import { type Route, realWait, type Send, type Wait, Webhooks } from './webhooks.ts'

export interface Options {
  origin: string
  dialect: Dialect
  now?: () => number
  /** How webhooks leave. */
  send?: Send
  /** How the seven seconds pass. */
  wait?: Wait
  /** Keeps deliveries back until `flush`. */
  holdDeliveries?: boolean
  route?: Route
}

/** Somebody's phone rang. */
interface Notification {
  who: number
  messageId: number
}

/** A Campfire for play and for tests, as unkind as the real one. */
export class Campground extends Settlement {
  readonly origin: string
  readonly dialect: Dialect
  readonly messages: Messages
  readonly webhooks: Webhooks
  readonly notifications: Notification[] = []
  /** For more than five seconds: whatever writes is a 500, and nothing is saved. */
  isLocked = false
  #now: () => number

  constructor(options: Options, saved?: Saved) {
    super(saved?.people, saved?.rooms)
    this.origin = options.origin
    this.dialect = options.dialect
    this.#now = options.now ?? Date.now
    this.messages = new Messages(saved?.messages.map(unsavedMessage), saved)
    this.webhooks = new Webhooks({
      dialect: options.dialect,
      people: this.people,
      rooms: this.rooms,
      messages: this.messages,
      send: options.send ?? ((request) => fetch(request)),
      wait: options.wait ?? realWait,
      hold: options.holdDeliveries ?? false,
      route: options.route ?? ((deliveries) => deliveries),
      answer: (draft, live) => this.post(draft, live),
    })
  }

  static from(saved: Saved, options: Options): Campground {
    return new Campground(options, saved)
  }

  toJSON(): Saved {
    return {
      people: this.people.all,
      rooms: this.rooms.all,
      messages: this.messages.all.map(savedMessage),
      ...this.messages.lastIds,
    }
  }

  // --- what people do

  says(person: Someone, room: Someone, what: Said): { message: Message; delivered: Promise<void> } {
    const content = this.#composed(what)
    const message = this.post({
      ...content,
      room: idOf(room),
      creator: idOf(person),
      via: 'person',
    })
    return { message, delivered: this.deliver(message) }
  }

  editAsPerson(message: Someone, what: Said) {
    this.edit(this.messages.get(idOf(message)), this.#composed(what))
  }

  deleteMessage(message: Someone) {
    const found = this.messages.get(idOf(message))
    this.messages.remove(found.id)
    this.changed({ what: 'deletion', room: found.room, message: found.id })
  }

  boostAsPerson(person: Someone, message: Someone, content: string): Boost {
    return this.boost(this.messages.get(idOf(message)), idOf(person), content)
  }

  // --- what everyone's doings come down to

  post(draft: Draft, live = true): Message {
    const message = this.messages.add(
      { ...draft, html: draft.html && asStored(draft.html, this.dialect) },
      this.#now(),
    )
    this.#notify(message)
    this.changed({ what: 'message', room: message.room, message: message.id, live })
    return message
  }

  edit(message: Message, { file, html }: Partial<Content>) {
    this.messages.edit(message, {
      ...(file === undefined ? {} : { file }),
      ...(html === undefined ? {} : { html: html && asStored(html, this.dialect) }),
    })
    this.changed({ what: 'edit', room: message.room, message: message.id })
  }

  boost(message: Message, booster: number, content: string): Boost {
    const boost = this.messages.boost(message, { booster, content, at: this.#now() })
    this.changed({ what: 'boost', room: message.room, message: message.id })
    return boost
  }

  unboost(message: Message, boost: Boost) {
    this.messages.unboost(message, boost)
    this.changed({ what: 'boost', room: message.room, message: message.id })
  }

  /** Wakes the bots that a new message is for, but never its author. */
  deliver(message: Message): Promise<void> {
    return this.webhooks.deliver(this.#deliveriesOf(message))
  }

  flush(route?: Route): Promise<void> {
    return this.webhooks.flush(route)
  }

  settled(): Promise<void> {
    return this.webhooks.settled()
  }

  // --- the ways in and the ways to look

  handle(request: Request): Promise<Response> {
    return handle(this, request)
  }

  screen(message: Content): string {
    return screen(message, this.people)
  }

  messagesIn(room: Someone): Seen[] {
    return this.messages.in(idOf(room)).map((message) => seen(message, this.people))
  }

  postsOf(bot: Someone, room: Someone): Seen[] {
    return this.messagesIn(room).filter(({ creator }) => creator.id === idOf(bot))
  }

  #deliveriesOf(message: Message): Delivery[] {
    return this.#calledBy(message)
      .filter(({ role, webhook }) => role === 'bot' && webhook)
      .map((bot) => ({ message: message.id, bot: bot.id }))
  }

  #notify(message: Message) {
    for (const { id, role } of this.#calledBy(message)) {
      if (role !== 'bot') this.notifications.push({ who: id, messageId: message.id })
    }
  }

  /** Everyone in a direct; in a room whom a signed chip names, if they are in it. */
  #calledBy({ room, creator, html }: Message): Person[] {
    const { type, members } = this.rooms.get(room)
    const mentioned = mentionedIn(html ?? '', this.people)
    const called = type === 'direct' ? members.map((id) => this.people.get(id)) : mentioned
    return called.filter(({ id, active }) => active && id !== creator && members.includes(id))
  }

  #composed(what: Said): Content {
    const replyTo = 'replyTo' in what ? this.messages.get(what.replyTo ?? 0) : undefined
    return compose(what, { people: this.people, origin: this.origin, replyTo })
  }
}
