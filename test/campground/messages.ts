export interface StoredFile {
  name: string
  type: string
  bytes: Uint8Array
}

export interface Boost {
  id: number
  booster: number
  content: string
  at: number
}

/** How a message came in; only the first two wake bots. */
type Via = 'person' | 'api' | 'answer'

export interface Message {
  id: number
  room: number
  creator: number
  at: number
  via: Via
  html: string | null
  file: StoredFile | null
  boosts: Boost[]
  edits: number
  /** The origin of whoever read it first: Campfire caches links with it. */
  linkedFrom: string | null
}

export type Content = Pick<Message, 'html' | 'file'>
export type Draft = Content & Pick<Message, 'room' | 'creator' | 'via'>

export class Messages {
  #all = new Map<number, Message>()
  #lastId: number
  #lastBoostId: number

  constructor(messages: Message[] = [], last = { lastMessageId: 0, lastBoostId: 0 }) {
    for (const message of messages) this.#all.set(message.id, message)
    this.#lastId = Math.max(last.lastMessageId, ...this.#all.keys())
    this.#lastBoostId = last.lastBoostId
  }

  get all(): Message[] {
    return [...this.#all.values()]
  }

  get lastIds() {
    return { lastMessageId: this.#lastId, lastBoostId: this.#lastBoostId }
  }

  add(draft: Draft, at: number): Message {
    const message = { ...draft, id: ++this.#lastId, at, boosts: [], edits: 0, linkedFrom: null }
    this.#all.set(message.id, message)
    return message
  }

  find(id: number): Message | undefined {
    return this.#all.get(id)
  }

  get(id: number): Message {
    const message = this.find(id)
    if (!message) throw new Error(`There is no message ${id}`)
    return message
  }

  in(room: number): Message[] {
    return this.all.filter((message) => message.room === room)
  }

  edit(message: Message, content: Partial<Content>) {
    Object.assign(message, content)
    message.edits++
  }

  remove(id: number) {
    this.#all.delete(id)
  }

  /** From a backup of when this was the newest: later ones are gone, and their numbers are given again. */
  restore(last: number) {
    for (const id of [...this.#all.keys()]) if (id > last) this.#all.delete(id)
    this.#lastId = last
  }

  boost(message: Message, { booster, content, at }: Omit<Boost, 'id'>): Boost {
    const boost = { id: ++this.#lastBoostId, booster, content, at }
    message.boosts.push(boost)
    return boost
  }

  unboost(message: Message, boost: Boost) {
    message.boosts = message.boosts.filter(({ id }) => id !== boost.id)
  }
}
