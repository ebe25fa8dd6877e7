import type { Settled } from '../budget.ts'
import { inShort, log } from '../log.ts'
import type { KnownLimits } from '../runtime.ts'
import type { LentLease } from '../tables/account/budgets.ts'

/** Rooms that are told of new limits at once; the others a moment later. */
const AT_ONCE = 40
/** A lease that has a call on it comes home when that is over, and need not be asked for again so soon. */
const AGAIN = 5_000

interface Needs {
  env: Env
  sql: SqlStorage
  limitsOf(room: string): KnownLimits
  /** Leases that rooms have. */
  stale(): LentLease[]
  isLent(number: number): boolean
  settle(room: string, settled: Settled[]): void
}

/** Asks rooms for what they were lent and do not use, and tells them of limits that are new. */
export class LeaseRecalls {
  #needs: Needs
  /** When leases were asked for; memory only. */
  #asked = new Map<number, number>()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** What a call is on comes home when that is over. */
  async askFor(leases: LentLease[]) {
    const now = Date.now()
    const due = leases.filter(({ number }) => now - (this.#asked.get(number) ?? 0) >= AGAIN)
    for (const { number } of due) this.#asked.set(number, now)
    const byRoom = Map.groupBy(due, ({ holder }) => holder)
    await Promise.all(
      [...byRoom].slice(0, AT_ONCE).map(async ([holder, its]) => {
        const settled = await this.#recall(holder, its)
        if (settled?.length) this.#needs.settle(holder, settled)
      }),
    )
    for (const number of this.#asked.keys()) {
      if (!this.#needs.isLent(number)) this.#asked.delete(number)
    }
  }

  /**
   * Each room that has told of itself and does not know these limits yet. What it was lent before comes home.
   * The answer: whether some could not be reached, or are still to be told.
   */
  async tellRooms(version: string): Promise<'done' | 'some to go' | 'some not reached'> {
    const { sql } = this.#needs
    const rooms = sql
      .exec<{ name: string }>(
        "SELECT name FROM rooms WHERE coalesce(limits, '') <> ? LIMIT ?",
        version,
        AT_ONCE,
      )
      .toArray()
    const told = await Promise.all(
      rooms.map(async ({ name }) => {
        const wanted = this.#needs.stale().filter(({ holder }) => holder === name)
        const settled = await this.#recall(name, wanted)
        if (!settled) return false
        sql.exec('UPDATE rooms SET limits = ? WHERE name = ?', version, name)
        this.#needs.settle(name, settled)
        return true
      }),
    )
    if (told.includes(false)) return 'some not reached'
    return rooms.length === AT_ONCE ? 'some to go' : 'done'
  }

  /** A room that cannot be reached keeps what it has: nobody knows what it was used for. */
  async #recall(room: string, leases: LentLease[]) {
    const { env, limitsOf } = this.#needs
    const wanted = leases.map(({ number, payer }) => ({ number, payer }))
    try {
      return await env.ROOMS.getByName(room).recall(limitsOf(room), wanted)
    } catch (error) {
      log.warn('room.not_reached', { error: inShort(error) })
      return null
    }
  }
}
