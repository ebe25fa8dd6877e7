import { numberAtEndOf, type Posted, postedIn, read, waitIn } from './campfire/answer.ts'
import { boostOf, messageOf } from './campfire/body.ts'
import {
  type Ask,
  CampfireError,
  isGone,
  isOfPage,
  isUnsupported,
  kindOfAnswer,
} from './campfire/error.ts'
import { toHtml } from './campfire/html.ts'
import { Id, Listed, Made } from './campfire/message.ts'
import { isMoreBehind, type Page } from './campfire/page.ts'
import { type Answered, addressOf, exchange, formOf, type Line } from './campfire/request.ts'

export { type DownloadProblem, download, fileLinksIn } from './campfire/download.ts'
export {
  CampfireError,
  isDenied,
  isFinal,
  isForGood,
  isGone,
  isLikelyUndone,
  isPassing,
  isRefusal,
  isUnsupported,
  type Kind,
  mayBeDone,
} from './campfire/error.ts'
export { fold } from './campfire/fold.ts'
export { endsInName, hasParagraph, hasSentence, heal } from './campfire/heal.ts'
export { split, splitForPush } from './campfire/markdown.ts'
export type { ListedMessage } from './campfire/message.ts'
export { lastNaming, namingOnly, notifiedBy } from './campfire/notified.ts'
export { type Page, pagesBack } from './campfire/page.ts'
export { isReworded } from './campfire/reworded.ts'
export { fingerprintOfOurs, isBeginning, isSame } from './campfire/same.ts'
export { isBehind, listFrom, listSince, type Since } from './campfire/since.ts'
export { asMarkdown } from './campfire/standing.ts'
export { fingerprint } from './campfire/text.ts'
export { closed, fenced, quiet, unmasked } from './campfire/untrusted.ts'
export { visible } from './campfire/visible.ts'

interface Access {
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

/** A Campfire as one bot sees one room. What goes wrong on the way is a `CampfireError`. */
export class Campfire {
  #room: number
  #messages: string
  #line: Line
  #abilities: Abilities
  #learn: NonNullable<Access['learn']>
  #seen: NonNullable<Access['seen']>
  readonly people: () => ReadonlyMap<string, string>

  constructor({ url, room, key, ...world }: Access) {
    this.#room = room
    this.#messages = addressOf({ url, room, key })
    this.#line = {
      fetch: (input, init) => (world.fetch ?? fetch)(input, init),
      timeoutMs: world.timeoutMs ?? 30_000,
    }
    this.#abilities = world.abilities ?? {}
    this.#learn = world.learn ?? (() => {})
    this.#seen = world.seen ?? (() => {})
    this.people = world.people ?? (() => NOBODY)
  }

  /** From v1.4.9, `broken` can also mean a room that we are not in. */
  async post(markdown: string): Promise<Posted> {
    const ask = this.#ask('POST', 'room')
    return postedIn(await this.#send(ask, { body: this.#bodyOf(markdown, ask), done: [201] }))
  }

  async attach(file: { name: string; type: string; body: string | Uint8Array }): Promise<Posted> {
    const ask = this.#ask('POST', 'room')
    return postedIn(await this.#send(ask, { body: formOf(file), done: [201] }))
  }

  /** How many messages were edited, or one how often. */
  edits = 0

  async edit(id: number, markdown: string): Promise<void> {
    this.edits++
    const ask = this.#ask('PATCH', 'message', id)
    const body = this.#bodyOf(markdown, ask)
    const sending = { path: `/${id}`, body, done: [200, 204] }
    // A page for browsers is a 200 too, and then nothing was edited.
    await this.#try('edit', ask, sending, (answer) =>
      answer.status === 200 ? read(answer, ask, Made) : null,
    )
  }

  async delete(id: number): Promise<void> {
    const ask = this.#ask('DELETE', 'message', id)
    await this.#try('edit', ask, { path: `/${id}`, done: [204] }, nothing).catch(unlessGone)
  }

  async list(range?: { before: number } | { after: number }): Promise<Page> {
    const [[side, cursor] = []] = Object.entries(range ?? {})
    const isWhole = cursor === undefined
    const ask = isWhole ? this.#ask('GET', 'room') : this.#ask('GET', 'cursor', cursor)
    const path = isWhole ? '' : `?${side}=${cursor}`
    const pageIn = (answer: Answered) => {
      const page = answer.status === 204 ? EMPTY_PAGE : read(answer, ask, Listed)
      const total = numberAtEndOf(answer.headers.get('x-total-count'))
      const link = answer.headers.get('link')
      // With a cursor nobody knows how many of all lie on its side.
      return { ...page, total, more: isMoreBehind(page, link, isWhole ? total : null) }
    }
    return await this.#try('list', ask, { path, done: [200, 204] }, pageIn)
  }

  /**
   * Asks for something that changes nothing, and that an old Campfire does not even have: whether there is
   * a Campfire, and it takes our key. Throws where nobody can say so: a page may be of whoever stands before it.
   * False: all that was asked has failed, and `mayGuess` has it that this is of its pages alone.
   */
  async reach(mayGuess = true): Promise<boolean> {
    try {
      await this.#readPage(this.#ask('GET', 'room'), '')
    } catch (error) {
      if (isUnsupported(error)) return true
      if (!isOfPage(error)) throw error
      return await this.#reachPastBroken(mayGuess)
    }
    return true
  }

  /** One broken message breaks its whole page. On this one there is none, or it is said that there is no such page. */
  async #reachPastBroken(mayGuess: boolean) {
    try {
      await this.#readPage(this.#ask('GET', 'cursor', 1), '?before=1')
    } catch (error) {
      if (isOfPage(error) && mayGuess && this.#abilities.list !== false) return false
      if (!isGone(error)) throw error
    }
    return true
  }

  async #readPage(ask: Ask, path: string) {
    const answer = await this.#send(ask, { path, done: [200, 204] })
    // Where there are no pages an empty one is nothing of Campfire's.
    if (answer.status === 200 || this.#abilities.list === false) read(answer, ask, Listed)
  }

  async boost(messageId: number, content: string): Promise<{ id: number }> {
    const ask = this.#ask('POST', 'message', messageId)
    const body = boostOf(content, ask)
    const path = `/${messageId}/boosts`
    return await this.#try('boost', ask, { path, body, done: [201] }, (answer) =>
      read(answer, ask, Made),
    )
  }

  async unboost(messageId: number, boostId: number): Promise<void> {
    const ask = this.#ask('DELETE', 'boost', messageId, boostId)
    const path = `/${messageId}/boosts/${boostId}`
    await this.#try('boost', ask, { path, done: [204] }, nothing).catch(unlessGone)
  }

  #bodyOf(markdown: string, ask: Ask) {
    return messageOf(toHtml(markdown, this.people()), ask)
  }

  #ask(method: Ask['method'], names: Ask['names'], ...ids: number[]): Ask {
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
  async #try<T>(
    ability: keyof Abilities,
    ask: Ask,
    sending: Sending,
    reading: (answer: Answered) => T,
  ): Promise<T> {
    const isLacking = () => this.#abilities[ability] === false
    // Whoever knows the number of a boost has put it up here, whatever pages have said since.
    if (isLacking() && ask.names !== 'boost') throw new CampfireError('unsupported', ask)
    try {
      const answer = await this.#send(ask, sending)
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

  async #send(ask: Ask, { path = '', body, done }: Sending) {
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

interface Sending {
  path?: string
  body?: string | FormData
  done: number[]
}

/** A new message answers with its address alone. */
function isPost({ method, names }: Ask) {
  return method === 'POST' && names === 'room'
}

const NOBODY: ReadonlyMap<string, string> = new Map()

const EMPTY_PAGE = { messages: [], unreadable: 0 }

function nothing() {}

function unlessGone(error: unknown) {
  if (!isGone(error)) throw error
}
