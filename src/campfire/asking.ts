import { waitIn } from './answer.ts'
import { type Ask, CampfireError, isUnsupported, kindOfAnswer } from './error.ts'
import { Id } from './message.ts'
import { type Answered, addressOf, exchange, type Line } from './request.ts'

export interface Access {
  url: string
  room: number
  key: string
  fetch?: typeof fetch
  timeoutMs?: number
  /** What this Campfire is known to be able to do, and who is told what is found out on the way. */
  abilities?: Abilities
  learn?: (ability: keyof Abilities, can: boolean) => void
  /** Who is told that Campfire itself takes us for somebody of this room, or for nobody. */
  seen?: (isIn: boolean) => void
  /** Whom `@Name` mentions, and the signed id for it, at the time of each message. */
  people?: () => ReadonlyMap<string, string>
}

/** A Campfire up to v1.4.9 can only create. What is not known is tried. */
export type Abilities = {
  list?: boolean
  edit?: boolean
  boost?: boolean
}

interface Sending {
  path?: string
  body?: string | FormData
  done: number[]
}

/** How a room of a Campfire is asked, and what is found out on the way. */
export class Asking {
  readonly abilities: Abilities
  #room: number
  #messages: string
  #line: Line
  #learn: NonNullable<Access['learn']>
  #seen: NonNullable<Access['seen']>

  constructor({ url, room, key, ...world }: Access) {
    this.#room = room
    this.#messages = addressOf({ url, room, key })
    this.#line = {
      fetch: (input, init) => (world.fetch ?? fetch)(input, init),
      timeoutMs: world.timeoutMs ?? 30_000,
    }
    this.abilities = world.abilities ?? {}
    this.#learn = world.learn ?? (() => {})
    this.#seen = world.seen ?? (() => {})
  }

  ask(method: Ask['method'], names: Ask['names'], ...ids: number[]): Ask {
    const ask = { method, names, room: this.#room }
    if (!ids.every((id) => Id.safeParse(id).success)) {
      throw new CampfireError('refused', ask, { detail: 'not an id' })
    }
    return ask
  }

  /**
   * What this Campfire surely lacks is not asked for again. One page that denies it may be somebody else's,
   * and then it can be done later (see runtime/abilities-here.ts). Nor does a page prove it, whatever its status:
   * only what says something that Campfire says.
   */
  async try<T>(
    ability: keyof Abilities,
    ask: Ask,
    sending: Sending,
    reading: (answer: Answered) => T,
  ): Promise<T> {
    const isLacking = () => this.abilities[ability] === false
    // Whoever knows the number of a boost has put it up here, whatever pages have said since.
    if (isLacking() && ask.names !== 'boost') throw new CampfireError('unsupported', ask)
    try {
      const answer = await this.send(ask, sending)
      const said = reading(answer)
      if (answer.status !== 204) this.#learn(ability, true)
      return said
    } catch (error) {
      if (!isUnsupported(error)) throw error
      this.#learn(ability, false)
      if (isLacking()) throw error
      throw new CampfireError('unreadable', ask, { status: 404 })
    }
  }

  async send(ask: Ask, { path = '', body, done }: Sending) {
    const url = this.#messages + path
    const answer = await exchange({ url, body, done, ask, reads: !isPost(ask), ...this.#line })
    if (done.includes(answer.status)) {
      this.#seen(true)
      return answer
    }

    const location = answer.headers.get('location')
    const kind = kindOfAnswer(ask, {
      status: answer.status,
      location: location === null ? null : URL.parse(location, url),
      askedHost: new URL(url).hostname,
      hasVersion: answer.headers.has('x-version'),
      text: answer.text,
    })
    const retryAfterMs = waitIn(answer.headers.get('retry-after'))
    const own = answer.headers.has('x-version')
    if (own && kind === 'gone_room') this.#seen(false)
    throw new CampfireError(kind, ask, { status: answer.status, retryAfterMs, own })
  }
}

/** A new message answers with its address alone. */
function isPost({ method, names }: Ask) {
  return method === 'POST' && names === 'room'
}
