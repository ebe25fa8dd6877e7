import * as z from 'zod'
import { MINUTE } from '../../clock.ts'
import { inShort, log } from '../../log.ts'
import { type LiveEvent, Seen } from './events.ts'

/** Characters that may be on their way to one watcher. What is more is left out, and it is told. */
const MOST_UNSEEN = 256 * 1024
/** Whoever takes in nothing for so long is not there any more. */
const PATIENCE = 2 * MINUTE
/** Then it comes again by itself, and is asked again who it is: whoever signs out does not watch for long. */
const WATCHES_FOR = 5 * MINUTE

/** What a socket is known by through a hibernation. */
const Known = z.object({
  /** When it came, in ms since 1970. */
  since: z.number(),
  /** Of the room that told it all there was. Another one begins anew. */
  life: z.string(),
  /** The newest turn whose end it knows. */
  turn: z.int(),
})
type Known = z.infer<typeof Known>

/** One that watches: what it was sent, and what of that it has taken in. */
export class Watcher {
  #socket: WebSocket
  #known: Known
  #unseen: { sequence: number; size: number }[] = []
  #isBehind = false
  /** When it last took in anything, or had nothing to take in. */
  #heard: number

  constructor(socket: WebSocket, now: number) {
    this.#socket = socket
    const known = Known.safeParse(socket.deserializeAttachment())
    this.#known = known.success ? known.data : { since: now, life: '', turn: 0 }
    this.#heard = now
  }

  get turn() {
    return this.#known.turn
  }

  /** It knows nothing of this life, or was left out: it is to be told all. */
  isNewTo(life: string) {
    return this.#known.life !== life
  }

  knows(changes: Partial<Known>) {
    this.#known = { ...this.#known, ...changes }
    try {
      this.#socket.serializeAttachment(this.#known)
    } catch (error) {
      log.warn('live.not_kept', { error: inShort(error) })
    }
  }

  /** False: it has watched for long enough, and is sent away to come again. */
  isStillHere(now: number) {
    if (now - this.#known.since <= WATCHES_FOR) return true
    this.close('come again')
    return false
  }

  /** Never waits: what is not taken in is left out. */
  send(event: LiveEvent & { sequence: number }, now: number) {
    if (!this.isStillHere(now)) return
    if (this.#isBehind) {
      if (now - this.#heard > PATIENCE) this.close('nobody there')
      return
    }
    const text = JSON.stringify(event)
    const unseen = this.#unseen.reduce((sum, { size }) => sum + size, text.length)
    // A snapshot is all there is, however long: with nothing before it, it always goes out.
    if (unseen > MOST_UNSEEN && this.#unseen.length) {
      this.#isBehind = true
      return this.#put(JSON.stringify({ type: 'resync', sequence: event.sequence }))
    }
    if (!this.#unseen.length) this.#heard = now
    this.#unseen.push({ sequence: event.sequence, size: text.length })
    this.#put(text)
  }

  /** True: it was left out, and has caught up, so it is to be told all anew. */
  hears(message: string | ArrayBuffer, now: number) {
    const said = Seen.safeParse(parsed(message))
    if (!said.success) return false
    this.#heard = now
    this.#unseen = this.#unseen.filter(({ sequence }) => sequence > said.data.seen)
    if (!this.#isBehind || this.#unseen.length) return false
    this.#isBehind = false
    return true
  }

  close(reason: string) {
    try {
      this.#socket.close(1000, reason)
    } catch {
      // It is closed.
    }
  }

  #put(text: string) {
    try {
      this.#socket.send(text)
    } catch {
      // It is gone, and nobody waits for it.
    }
  }
}

function parsed(message: string | ArrayBuffer): unknown {
  if (typeof message !== 'string' || message.length > 1_000) return null
  try {
    return JSON.parse(message)
  } catch {
    return null
  }
}
