import { numberAtEndOf, type Posted, postedIn, read } from './campfire/answer.ts'
import { type Abilities, type Access, Asking } from './campfire/asking.ts'
import { boostOf, messageOf } from './campfire/body.ts'
import { type Ask, isGone, isOfPage, isUnsupported } from './campfire/error.ts'
import { toHtml } from './campfire/html.ts'
import { Listed, Made } from './campfire/message.ts'
import { isMoreBehind, type Page } from './campfire/page.ts'
import { type Answered, formOf } from './campfire/request.ts'

export type { Abilities } from './campfire/asking.ts'
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

/** A Campfire as one bot sees one room. What goes wrong on the way is a `CampfireError`. */
export class Campfire {
  #asking: Asking
  #abilities: Abilities
  readonly people: () => ReadonlyMap<string, string>

  constructor(access: Access) {
    this.#asking = new Asking(access)
    this.#abilities = this.#asking.abilities
    this.people = access.people ?? (() => NOBODY)
  }

  /** From v1.4.9, `broken` can also mean a room that we are not in. */
  async post(markdown: string): Promise<Posted> {
    const ask = this.#asking.ask('POST', 'room')
    return postedIn(
      await this.#asking.send(ask, { body: this.#bodyOf(markdown, ask), done: [201] }),
    )
  }

  async attach(file: { name: string; type: string; body: string | Uint8Array }): Promise<Posted> {
    const ask = this.#asking.ask('POST', 'room')
    return postedIn(await this.#asking.send(ask, { body: formOf(file), done: [201] }))
  }

  /** How many messages were edited, or one how often. */
  edits = 0

  async edit(id: number, markdown: string): Promise<void> {
    this.edits++
    const ask = this.#asking.ask('PATCH', 'message', id)
    const body = this.#bodyOf(markdown, ask)
    const sending = { path: `/${id}`, body, done: [200, 204] }
    // A page for browsers is a 200 too, and then nothing was edited.
    await this.#asking.try('edit', ask, sending, (answer) =>
      answer.status === 200 ? read(answer, ask, Made) : null,
    )
  }

  async delete(id: number): Promise<void> {
    const ask = this.#asking.ask('DELETE', 'message', id)
    await this.#asking.try('edit', ask, { path: `/${id}`, done: [204] }, nothing).catch(unlessGone)
  }

  async list(range?: { before: number } | { after: number }): Promise<Page> {
    const [[side, cursor] = []] = Object.entries(range ?? {})
    const isWhole = cursor === undefined
    const ask = isWhole
      ? this.#asking.ask('GET', 'room')
      : this.#asking.ask('GET', 'cursor', cursor)
    const path = isWhole ? '' : `?${side}=${cursor}`
    const pageIn = (answer: Answered) => {
      const page = answer.status === 204 ? EMPTY_PAGE : read(answer, ask, Listed)
      const total = numberAtEndOf(answer.headers.get('x-total-count'))
      const link = answer.headers.get('link')
      // With a cursor nobody knows how many of all lie on its side.
      return { ...page, total, more: isMoreBehind(page, link, isWhole ? total : null) }
    }
    return await this.#asking.try('list', ask, { path, done: [200, 204] }, pageIn)
  }

  /**
   * Asks for something that changes nothing, and that an old Campfire does not even have: whether there is
   * a Campfire, and it takes our key. Throws where nobody can say so: a page may be of whoever stands before it.
   * False: all that was asked has failed, and `mayGuess` has it that this is of its pages alone.
   */
  async reach(mayGuess = true): Promise<boolean> {
    try {
      await this.#readPage(this.#asking.ask('GET', 'room'), '')
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
      await this.#readPage(this.#asking.ask('GET', 'cursor', 1), '?before=1')
    } catch (error) {
      if (isOfPage(error) && mayGuess && this.#abilities.list !== false) return false
      if (!isGone(error)) throw error
    }
    return true
  }

  async #readPage(ask: Ask, path: string) {
    const answer = await this.#asking.send(ask, { path, done: [200, 204] })
    // Where there are no pages an empty one is nothing of Campfire's.
    if (answer.status === 200 || this.#abilities.list === false) read(answer, ask, Listed)
  }

  async boost(messageId: number, content: string): Promise<{ id: number }> {
    const ask = this.#asking.ask('POST', 'message', messageId)
    const body = boostOf(content, ask)
    const path = `/${messageId}/boosts`
    return await this.#asking.try('boost', ask, { path, body, done: [201] }, (answer) =>
      read(answer, ask, Made),
    )
  }

  async unboost(messageId: number, boostId: number): Promise<void> {
    const ask = this.#asking.ask('DELETE', 'boost', messageId, boostId)
    const path = `/${messageId}/boosts/${boostId}`
    await this.#asking.try('boost', ask, { path, done: [204] }, nothing).catch(unlessGone)
  }

  #bodyOf(markdown: string, ask: Ask) {
    return messageOf(toHtml(markdown, this.people()), ask)
  }
}

const NOBODY: ReadonlyMap<string, string> = new Map()

const EMPTY_PAGE = { messages: [], unreadable: 0 }

function nothing() {}

function unlessGone(error: unknown) {
  if (!isGone(error)) throw error
}
