import { setTimeout as pause } from 'node:timers/promises'
import { type Call, StandInModel } from '../model.ts'
import { answerTo, marksIn, question } from './conversation.ts'
import type { Fire } from './fires.ts'

/** A model that takes a moment, and then speaks for a moment: never so long that a reply would grow. */
export const PACE = { firstMs: 60, pieces: 12, pieceMs: 10 }

/** One message and what became of it. Times as `performance.now()` has them. */
export interface Asking {
  mark: string
  room: number
  saidAt: number
  /** The model's calls for it, oldest first. */
  calls: Call[]
  /** When a post with its mark came in, oldest first. */
  posts: number[]
}

/** Own overhead, in ms: from the message to the model, and from the model's last byte to the room. */
export interface Overhead {
  in: number
  out: number
}

export function overheadOf({ mark, saidAt, calls, posts }: Asking): Overhead {
  const [call] = calls
  const [posted] = posts
  if (!call || posted === undefined) throw new Error(`${mark} was not answered`)
  if (calls.length > 1) throw new Error(`The model was asked ${calls.length} times for ${mark}`)
  return { in: call.heardAt - saidAt, out: posted - call.doneAt }
}

/** A Campfire and a model in this process. Whoever is compared stands between them, in another. */
export class Town {
  readonly fire: Fire
  readonly model: StandInModel
  #asked = new Map<string, Asking>()
  #count = 0

  static async around(fire: Fire) {
    return new Town(fire, await StandInModel.listen(PACE))
  }

  private constructor(fire: Fire, model: StandInModel) {
    this.fire = fire
    this.model = model
    model.isStrict = false
    fire.onPost = (text) => this.#asked.get(lastMarkIn(text))?.posts.push(performance.now())
    model.onCall = (call) => this.#asked.get(askedIn(call))?.calls.push(call)
    model.speak = (call) => {
      const mark = askedIn(call)
      return answerTo(mark).slice(begunIn(call, mark).length)
    }
  }

  /** Says it, and returns when it is acknowledged. */
  async says(room: number): Promise<Asking> {
    const turn = ++this.#count
    const mark = `[turn-${turn}]`
    const asking: Asking = { mark, room, saidAt: performance.now(), calls: [], posts: [] }
    this.#asked.set(mark, asking)
    await this.fire.says(room, question(mark, turn))
    return asking
  }

  /** Says it, and waits until the answer is in the room. */
  async asks(room: number, patienceMs = 60_000): Promise<Asking> {
    const asking = await this.says(room)
    await until(`an answer to ${asking.mark}`, () => asking.posts.length > 0, patienceMs)
    return asking
  }

  /** How many answers to it stand in the room. */
  standing({ mark, room }: Asking) {
    return this.fire.posts(room).filter((text) => text.includes(mark)).length
  }

  /** Every answer to it that stands there says what the model said, and nothing else. */
  stands({ mark, room }: Asking) {
    const posts = this.fire.posts(room).filter((text) => text.includes(mark))
    return posts.every((text) => inWords(text) === inWords(answerTo(mark)))
  }

  async close() {
    await this.model.close()
    await this.fire.close()
  }
}

const lastMarkIn = (text: string) => marksIn(text).at(-1) ?? ''

/** The newest question in it. Somebody may have said things of their own after it. */
function askedIn({ asked, body }: Call) {
  const people = body.messages.filter(({ role }) => role === 'user')
  return lastMarkIn(asked) || lastMarkIn(JSON.stringify(people))
}

/** What the model is told to have said already: after a crash some let it go on from there. */
function begunIn({ body }: Call, mark: string) {
  const said = body.messages.findLast(({ role }) => role === 'assistant')?.content ?? ''
  const texts =
    typeof said === 'string' ? [said] : said.map((block) => ('text' in block ? block.text : ''))
  const text = texts.join('')
  return answerTo(mark).startsWith(text) ? text : ''
}

function inWords(html: string) {
  return html
    .replace(/<[^>]*>|\s+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

export async function until(what: string, isSo: () => boolean | Promise<boolean>, ms = 30_000) {
  for (const end = Date.now() + ms; !(await isSo()); await pause(2)) {
    if (Date.now() > end) throw new Error(`In vain: ${what}`)
  }
}
