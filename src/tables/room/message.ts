import * as z from 'zod'

/** What a delivery brings to a room, once it is believed. Crosses from the Worker to the object. */
export interface Arrival {
  /** Campfire's message id; the flat shape may lack it, and then nothing is ever a repeat. */
  id: number | null
  author: { id: number; name: string }
  /** The words, without our own mention and without the quoted reply. */
  text: string
  /** The name of a file that was posted alone. Its content never reaches a bot. */
  file: string | null
  quote: Quote | null
  /** Whoever it mentions, the bot itself too: that is how we know what it is called here. */
  mentions: { userId: number; sgid: string; name: string | null }[]
  /** The bot itself is mentioned in it; in a direct it need not be. */
  mentioned: boolean
  /** Null where whoever sent it may say anything of the room. */
  room: { name: string | null; direct: boolean } | null
  /** It was not even taken in: of such a message we know that it is there. */
  tooLong?: boolean
  /** No delivery brought it: it was found in the list, and may have been edited since it was said. */
  found?: boolean
  /** Where the Worker was reached: what links of ours begin with. */
  worker?: string
}

/**
 * Whoever knows the secret of the flat shape may name anybody, so whom it names is somebody else: the
 * number below zero. It has no rights, no role and no yes of the person who has the number above.
 */
export function claimed(author: number) {
  return -Math.abs(author)
}

export function isClaimed(author: number) {
  return author < 0
}

/** While a deployment is under way the Worker may be of another version, and tell us less. */
export type Told = Partial<Arrival> & Pick<Arrival, 'author'>

export function withDefaults(told: Told): Arrival {
  const arrival = { ...UNTOLD, ...told }
  if (arrival.room) return arrival
  const { id, name } = arrival.author
  return { ...arrival, author: { id: claimed(id), name } }
}

const UNTOLD = {
  id: null,
  text: '',
  file: null,
  quote: null,
  mentions: [],
  mentioned: true,
  room: null,
}

/** What a person quoted with Campfire's "Reply". */
export const Quote = z.object({
  author: z.string(),
  messageId: z.int().nullable(),
  text: z.string(),
})
export type Quote = z.infer<typeof Quote>

export interface Message {
  arrival: number
  id: number | null
  author: number
  name: string
  text: string
  file: string | null
  quote: Quote | null
  at: number
  due: number
  /** The bot itself is mentioned in it. */
  mentioned: boolean
  /** More was said than stands in `text`. */
  isCut?: true
  /** It was too long to be taken in, so its words are not here. */
  tooLong?: boolean
  /** The id of our boost that says that it waits. */
  sign: number | null
  /** What it said when it was delivered, where the list says something else by now. */
  delivered?: string
  /** It says something else by now, and not only in other spaces and marks. */
  edited?: true
  /** See `Arrival`. */
  found?: true
  /** Nobody has said it just now: this reminder of the author's is due, and is a task. */
  schedule?: number
  /** Nor this: an operator has us try again what the author asked in this turn. */
  again?: number
  /** Nor this: these files were dropped through the author's link, by whoever followed it. */
  dropped?: number[]
}

/** Somebody has just said it to us. */
export function isSaid({
  schedule,
  again,
  dropped,
}: Pick<Message, 'schedule' | 'again' | 'dropped'>) {
  return schedule === undefined && again === undefined && dropped === undefined
}

export interface Taken {
  asker: { id: number; name: string }
  /** The asker's messages, in the order in which they were written. */
  messages: Message[]
  /** What others said meanwhile. Each waits for a turn of its own. */
  context: Message[]
  /** Every message up to this arrival belongs to a turn. */
  through: number
}
