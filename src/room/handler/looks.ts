import { listBack, nextPage } from '../../history.ts'
import { lookForMissed } from '../../inbox/missed.ts'
import type { Runtime } from '../../runtime.ts'
import type { Look } from '../../tables/room/attempts.ts'
import type { Tables } from '../../tables.ts'
import { lookWhetherLeft, nextLookWhetherLeft } from '../left.ts'

/** What a handler looks after in its room between turns. Whoever comes meanwhile waits for none of it. */
export class Looks {
  #tables: Tables
  #looking = new AbortController()

  constructor(tables: Tables) {
    this.#tables = tables
  }

  breakOff() {
    this.#looking.abort()
  }

  async forMissed(runtime: Runtime, wish: Look, from: number | null = null) {
    const signal = this.#begin()
    return await lookForMissed(this.#tables, runtime, { wish, signal, from })
  }

  /** One page of the room further back, while nobody waits. False: none is due. */
  async furtherBack(runtime: Runtime) {
    if (!this.#isFreeFor(nextPage(this.#tables, runtime), runtime)) return false
    await listBack(this.#tables, runtime, this.#begin())
    return true
  }

  /** Whether its bot is in the room still. False: there is no need to. */
  async whetherLeft(runtime: Runtime) {
    if (!this.#isFreeFor(nextLookWhetherLeft(this.#tables, runtime), runtime)) return false
    await lookWhetherLeft(this.#tables, runtime, this.#begin())
    return true
  }

  #begin() {
    this.#looking = new AbortController()
    return this.#looking.signal
  }

  /** It is due, and nobody waits. */
  #isFreeFor(due: number | null, { quota }: Runtime) {
    const { turns, inbox, now } = this.#tables
    if (due === null || due > now() || quota.isOver()) return false
    return !turns.open() && turns.nextAside() === null && inbox.nextDue() === null
  }
}
