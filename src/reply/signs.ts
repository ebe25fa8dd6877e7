import { behindRequest } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { type SignList, waitingSigns } from '../tables/room/turns/signs.ts'
import type { ReplyNeeds } from './needs.ts'

const TAKEN = '👀'
export const WAITING = '⏳'

type SignNeeds = Pick<ReplyNeeds, 'campfire' | 'change' | 'ref' | 'row'>

/**
 * The sign within a second. Its intent came with the turn's row; its id is the one write that it costs.
 * One whose id was lost stays: Campfire would take a second one, and then two stood.
 */
export class Signs {
  #turn: SignNeeds
  #showing: Promise<void> = Promise.resolve()

  constructor(turn: SignNeeds) {
    this.#turn = turn
  }

  /** Only for a turn that has just begun. Nothing waits for it. */
  show() {
    const signs = this.#known()
    const message = signs.find(({ boost }) => boost === null)?.message
    if (message !== undefined) {
      this.#showing = behindRequest()
        .then(() => this.#show(message, signs))
        .catch((error: unknown) => this.#fail(error))
    }
  }

  /** What is taken by a turn that runs waits no longer. */
  takeOver(messages: Parameters<typeof waitingSigns>[0]) {
    const more = waitingSigns(messages)
    const signs: SignList = [...this.#known(), ...more]
    if (more.length) this.#turn.change({ signs: signs })
  }

  async settle() {
    await this.#showing
  }

  /**
   * Before the turn is sealed, so that a crash comes back to it. One that Campfire would not take down
   * now stays in the row, in doubt: the next look takes it down.
   */
  async clear() {
    await this.#showing
    const known = this.#known()
    const left = await this.#remove(known)
    if (left.length) this.#turn.change({ signs: left, doubt: 1 })
  }

  async #show(message: number, signs: SignList) {
    const waited = signs.filter(({ boost }) => boost !== null)
    const [taken, left] = await Promise.all([
      this.#turn.campfire.boost(message, TAKEN).catch((error: unknown) => this.#fail(error)),
      this.#remove(waited),
    ])
    if (this.#turn.row.ended !== null) return

    const gone = waited.filter((sign) => !left.includes(sign)).map(({ boost }) => boost)
    const now = this.#known()
      .filter(({ boost }) => boost === null || !gone.includes(boost))
      .map((sign) =>
        sign.message === message && sign.boost === null
          ? { ...sign, boost: taken?.id ?? null }
          : sign,
      )
    this.#turn.change({ signs: now })
  }

  /** Gives back what could not be taken down. */
  async #remove(signs: SignList): Promise<SignList> {
    const { campfire } = this.#turn
    const outcomes = await Promise.all(
      signs.map(async (sign) => {
        if (sign.boost === null) return null
        const removal = campfire.unboost(sign.message, sign.boost)
        return await removal.then(
          () => null,
          (error: unknown) => {
            this.#fail(error)
            return sign
          },
        )
      }),
    )
    return outcomes.filter((sign) => sign !== null)
  }

  #known() {
    return this.#turn.row.signs ?? []
  }

  #fail(error: unknown) {
    log.warn('sign.failed', { ...this.#turn.ref, error: inShort(error) })
  }
}
