import { Campground } from '../campground.ts'
import type { Someone } from '../composer.ts'
import type { Message } from '../messages.ts'
import { idOf } from '../settlement.ts'
import { sign } from '../sgid.ts'

export const ORIGIN = 'https://chat.example.com'

export const [EMPTY, LONG, KINDS, WORK, DOOMED_ROOM] = [38, 39, 40, 41, 42]
export const [NOT_OURS, LEFT] = [43, 44]

/** The last numbers that the recorded Campfires had given before it began. */
const LAST = {
  rails: { lastMessageId: 1646, lastBoostId: 188 },
  'v1.4.9': { lastMessageId: 562, lastBoostId: 0 },
}

/** The rooms, bots and people of a recording. Numbers and keys are the same, so nothing is mapped. */
export class RecordedTown {
  readonly camp: Campground
  /** What bots were sent. */
  readonly sent: { path: string; headers: Headers; body: string }[] = []
  /** Our tags for the answers that have these in the recording. */
  readonly tags = new Map<string, string>()
  /** What bots answer. */
  answer: () => Promise<Response> = async () => new Response(null, { status: 204 })
  isLate = false
  /** How the composer has sent a mention of the bot. */
  chip = ''
  #heard = Promise.withResolvers<void>()
  /** The message that Ann edits, and one that is not the bot's. */
  edited = 0
  theirs = 0
  readonly ann
  readonly bob
  readonly lei
  readonly zoe
  readonly recorder
  readonly second
  readonly doomed

  constructor(dialect: 'rails' | 'v1.4.9') {
    const saved = { people: [], rooms: [], messages: [], ...LAST[dialect] }
    this.camp = Campground.from(saved, {
      origin: ORIGIN,
      dialect,
      holdDeliveries: true,
      now: () => Date.UTC(2026, 10, 28),
      send: (request) => this.#take(request),
      wait: () => (this.isLate ? this.#heard.promise : new Promise(() => {})),
    })
    const { camp } = this
    this.ann = camp.addPerson('Ann Admin', 'administrator', 1)
    this.bob = camp.addPerson('Bob Builder', 'member', 2)
    this.lei = camp.addPerson('李雷 <b>', 'member', 3)
    camp.addPerson('Al', 'member', 4)
    camp.addPerson('Noura نورة', 'member', 5)
    this.recorder = this.#addBot('Recorder', 17, 'AbC123dEf456', 'recorder?from=campfire')
    this.second = this.#addBot('Second', 18, 'GhJ234kLm567', 'second')
    this.doomed = this.#addBot('Doomed', 19, 'NpQ345rSt678', 'doomed')
    this.zoe = camp.addPerson('Zoe', 'member', 20)
    this.#open()
  }

  #open() {
    const { camp, ann, bob, recorder, second } = this
    for (const id of [EMPTY, LONG, KINDS, DOOMED_ROOM])
      camp.addRoom('Open', [], { type: 'open', id })
    camp.addRoom('Contract Work', [], { type: 'open', id: WORK })
    camp.addRoom('Without the bot', [ann, bob], { id: NOT_OURS })
    camp.addRoom('With the bot', [ann, recorder], { id: LEFT })
    camp.addDirect([ann, recorder], 45)
    camp.addDirect([ann, bob, recorder], 46)
    camp.addDirect([ann, recorder, second], 47)
  }

  says(person: Someone, room: number, html: string) {
    return this.camp.says(person, room, { html: this.withOurSigns(html) }).message
  }

  posts(bot: Someone, room: number, html: string) {
    return this.camp.post({ room, creator: idOf(bot), html, file: null, via: 'api' })
  }

  fill(room: number, count: number) {
    for (let n = this.camp.messages.in(room).length; n < count; )
      this.says(this.ann, room, `<div>message number ${++n}</div>`)
  }

  storedAfter(id: number): Stored[] {
    const { messages } = this.camp
    return messages.all.filter((message) => message.id > id).map(storedOf)
  }

  /** What was held back since is lost. */
  async forgets() {
    await this.camp.flush(() => [])
  }

  /** What was held back since goes to the bots, and what they answer into the rooms. */
  async delivers() {
    await this.camp.flush()
    await this.camp.settled()
    return this.sent.splice(0)
  }

  /** What was signed there has to be signed here. */
  withOurSigns(text: string) {
    return text.replace(SIGNED, (sgid, payload: string) =>
      sgid.endsWith(FORGED) ? sgid : `${payload}--${sign(payload)}`,
    )
  }

  #addBot(name: string, id: number, token: string, hook: string) {
    return this.camp.addBot(name, { id, token, webhook: `http://127.0.0.1:4950/hook/${hook}` })
  }

  async #take(request: Request) {
    const { pathname, search } = new URL(request.url)
    this.sent.push({
      path: pathname + search,
      headers: request.headers,
      body: await request.text(),
    })
    if (!this.isLate) return this.answer()
    this.#heard.resolve()
    return new Promise<Response>(() => {})
  }
}

/** A row, as the recordings tell it. */
export interface Stored {
  [name: string]: string | number | null
  id: number
  html: string | null
  file: string | null
}

function storedOf({ id, html, file }: Message): Stored {
  const told = file && `${file.name} ${file.type} ${file.bytes.length}`
  return { id, html: html as string | null, file: told }
}

const SIGNED = /(eyJ[\w-]+=*)--[0-9a-f]{40}/g
const FORGED = '0'.repeat(40)
