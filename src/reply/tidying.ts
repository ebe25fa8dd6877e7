import { isForGood } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Tables } from '../tables.ts'

/** In one look. What is left over is for the next one. */
const MOST_REQUESTS = 12
const TIDIES_FOR = 10_000

/**
 * What one look may put right: so many requests, for so long, and only while nobody waits for an
 * answer. What goes wrong with one thing is no reason to leave the others.
 */
export class Tidying {
  #tables: Tables
  #left = MOST_REQUESTS
  #until: number

  constructor(tables: Tables) {
    this.#tables = tables
    this.#until = tables.now() + TIDIES_FOR
  }

  /** False: it was not done, and is worth another try. */
  async try(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#isOver()) return false
    this.#left--
    return await work().then(
      () => true,
      (error: unknown) => {
        log.warn('room.not_tidied', { ...this.#tables.place, error: inShort(error) })
        return isForGood(error)
      },
    )
  }

  #isOver() {
    const { inbox, now } = this.#tables
    const due = inbox.nextDue()
    return this.#left <= 0 || now() >= this.#until || (due !== null && due <= now())
  }
}
