import type { TurnReport } from '../account.ts'
import type { Abilities } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Parts } from './parts.ts'
import { nameOf } from './place.ts'

/** Turns of an earlier life of this object that the account may not have heard of. */
const CATCHES_UP = 5
const DAY = 86_400_000

/** Tells the account what happened here: afterwards, in one, and nothing waits for it. */
export class Reporter {
  #parts: Parts
  #env: Env
  #wait: (work: Promise<unknown>) => void
  #told: number | null = null
  #compactionsTold: number | null = null
  #wasBusy = false
  #abilities: Abilities = {}
  /** What was found out in this life; what was only remembered is no news. */
  readonly learned: Abilities = {}
  #asked = 0

  constructor(parts: Parts, env: Env, wait: (work: Promise<unknown>) => void) {
    this.#parts = parts
    this.#env = env
    this.#wait = wait
  }

  /**
   * What this Campfire can do, as far as we know by now. The account remembers it for a day; its
   * answer comes when it comes, and until then a thing is tried.
   */
  abilities() {
    const { place, now } = this.#parts
    if (now() - this.#asked < DAY) return this.#abilities

    this.#asked = now()
    const abilities: Abilities = {}
    this.#abilities = abilities
    const account = this.#env.ACCOUNTS.getByName(place.url)
    this.#later(async () => {
      const remembered = await account.abilities()
      Object.assign(abilities, { ...remembered, ...abilities })
    })
    return abilities
  }

  /** Once in the life of an object, so that a room is known while its first turn runs. */
  busy() {
    if (!this.#wasBusy) this.#send(true, [])
    this.#wasBusy = true
  }

  /** All turns that ended since the last time. One that is told twice counts once. */
  tell() {
    try {
      this.#tell()
    } catch (error) {
      log.warn('account.not_told', { error: inShort(error) })
    }
  }

  #tell() {
    const { turns } = this.#parts
    const last = turns.last()
    if (!last) return

    const since = this.#told ?? last.id - CATCHES_UP
    const over = turns.reports(since)
    const told = over.at(-1)?.id
    if (told === undefined && this.#told !== null) return
    this.#told = told ?? last.id - 1
    this.#send(last.ended === null, over)
  }

  /** Those of an earlier life are told again, and count once. */
  #newCompactions() {
    const { compactions } = this.#parts
    const known = this.#compactionsTold ?? (compactions.last()?.id ?? 0) - CATCHES_UP
    const over = compactions.reports(known)
    this.#compactionsTold = over.at(-1)?.id ?? known
    return over
  }

  #send(busy: boolean, turns: TurnReport[]) {
    const { place, inbox } = this.#parts
    const abilities = { ...this.learned }
    const waiting = inbox.count()
    const compactions = this.#newCompactions()
    const account = this.#env.ACCOUNTS.getByName(place.url)
    this.#later(() =>
      account.report(nameOf(place), {
        room: place.room,
        bot: place.bot,
        busy,
        waiting,
        turns,
        compactions,
        abilities,
      }),
    )
  }

  #later(work: () => Promise<void>) {
    this.#wait(
      work().catch((error: unknown) => log.warn('account.not_reached', { error: inShort(error) })),
    )
  }
}
