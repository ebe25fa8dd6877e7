import { nameOf } from '../address.ts'
import { behindRequest, DAY, inTime } from '../clock.ts'
import { inShort, log } from '../log.ts'
import type { Tables } from '../tables.ts'
import { AbilitiesHere } from './abilities-here.ts'
import { type KnownLimits, newer } from './account-report/known-limits.ts'
import { KnownThere } from './account-report/known-there.ts'
import { countUntold, hasHealthNews, hasLearned } from './account-report/news.ts'
import { reportOf } from './account-report/room-report.ts'

export { envKey, KnownLimits } from './account-report/known-limits.ts'
export type { RoomReport } from './account-report/room-report.ts'

/** A room tells so many turns at once, or what has gathered in this time. */
const BATCH = 20
const EVERY = 10 * 60_000

/** Nobody waits longer for the first answer of all. */
const PATIENCE = 250
/** What the account said when the message came is as good when its turn begins. */
const FRESH = 5_000

const TOLD = 'told'

/** Tells the account what happened here: afterwards, in batches, and nothing waits for it. */
export class AccountReport {
  #tables: Tables
  #env: Env
  #wait: (work: Promise<unknown>) => void
  /** Undefined: not read yet. Null: this room has never told anything. */
  #told: KnownThere | null | undefined
  #telling: Promise<unknown> | null = null
  #asking: Promise<boolean> | null = null
  /** Asked for when somebody wrote in a room that has never told anything; true: the account has answered. */
  #expected: { at: number; answer: Promise<boolean> } | null = null
  readonly here: AbilitiesHere
  #asked = 0
  /** Learned before the account was told for the first time. */
  #limits: KnownLimits | undefined

  constructor(tables: Tables, env: Env, wait: (work: Promise<unknown>) => void) {
    this.#tables = tables
    this.#env = env
    this.#wait = wait
    this.here = new AbilitiesHere(tables.now)
  }

  /**
   * What this Campfire can do, as far as we know by now. The account remembers it for a day and says so
   * whenever it is told something. A room that has not told for a day asks; the answer comes when it
   * comes, and until then a thing is tried.
   */
  abilities() {
    const { now } = this.#tables
    if (now() - this.#asked < DAY) return this.here.now()

    this.#asked = now()
    const told = this.#heard()
    const isFresh = told !== null && now() - told.at < DAY
    this.here.begin(isFresh ? told : null)
    if (!isFresh) void this.#ask()
    return this.here.now()
  }

  /** Without what was denied once, and may be there when it is tried again. */
  believed() {
    this.abilities()
    return this.here.all
  }

  /** As far as we know by now, our messages can be found here and edited. */
  canEdit() {
    const { list, edit } = this.abilities()
    return list !== false && edit !== false
  }

  /** Undefined: nobody has ever told us of any. */
  limits() {
    return this.#heard()?.limits ?? this.#limits
  }

  /** Somebody has written. Where the account has never heard of this room it tells it of no limit that is set meanwhile. */
  expectLimits() {
    if (this.#heard() === null) this.#expected = { at: this.#tables.now(), answer: this.#ask() }
  }

  /** A room that is new waits a moment for its first answer, which tells of limits too. */
  async firstLimits() {
    if (this.#heard() === null) await inTime(this.#firstAnswer(), PATIENCE)
    return this.limits() ?? null
  }

  async #firstAnswer() {
    const age = this.#tables.now() - (this.#expected?.at ?? Number.NEGATIVE_INFINITY)
    const isFresh = age >= 0 && age < FRESH
    if (!isFresh || !(await this.#expected?.answer)) await (this.#telling ?? this.#ask())
  }

  learnLimits(limits: KnownLimits) {
    const known = this.limits()
    if (known && known.revision > limits.revision) return
    this.#limits = limits
    const told = this.#heard()
    if (!told || JSON.stringify(told.limits) === JSON.stringify(limits)) return
    this.#told = { ...told, limits }
    this.#tables.facts.set(TOLD, this.#told)
  }

  /** A turn begins: this room is at work, be it for the first time. Its own request goes first. */
  busy() {
    this.#wait(behindRequest().then(() => this.#tellWhenDue(this.#isAtWork())))
  }

  /** Something is over. */
  tell() {
    this.#tellWhenDue(false)
    this.#keepDenied()
  }

  /** Resolves when the account knows all of it: an operator wants to see it now. */
  async tellNow() {
    await this.#telling
    const told = this.#heard()
    const isNews = told !== null && hasHealthNews(this.#tables, told)
    if (countUntold(this.#tables, told) || isNews) this.#send(this.#isAtWork())
    await this.#telling
  }

  /** The account, and so whoever looks at it, knows how this room stands. */
  hasToldHealth() {
    const told = this.#heard()
    return told !== null && !hasHealthNews(this.#tables, told)
  }

  #isAtWork() {
    return this.#tables.turns.open() !== null
  }

  #tellWhenDue(busy: boolean) {
    try {
      const told = this.#heard()
      const untold = countUntold(this.#tables, told)
      const isLate = told === null || this.#tables.now() - told.at >= EVERY
      const isDue = isLate ? untold || busy : untold >= BATCH || hasLearned(this.here, told)
      const isNews = told !== null && hasHealthNews(this.#tables, told)
      if (isDue || isNews) this.#send(busy)
    } catch (error) {
      log.warn('account.not_told', { error: inShort(error) })
    }
  }

  #send(busy: boolean) {
    if (this.#telling !== null) return
    const { place, facts, now } = this.#tables
    const report = reportOf(this.#tables, this.#heard(), {
      busy,
      abilities: this.here.news,
      limits: this.limits(),
    })
    const at = now()
    const account = this.#env.ACCOUNTS.getByName(place.url)
    this.#telling = this.#later(async () => {
      const known = await account.report(nameOf(place), report)
      if (!known) return // an account of an older version
      this.here.hear(known.abilities)
      const limits = newer(this.limits(), known.limits)
      const denied = { ...this.here.denied }
      const stands = JSON.stringify(report.health)
      this.#told = { ...known, at, denied, health: stands, ...(limits && { limits }) }
      facts.set(TOLD, this.#told)
    }).finally(() => {
      this.#telling = null
    })
  }

  #keepDenied() {
    const told = this.#heard()
    if (!told || this.#telling !== null) return
    const isNews = Object.keys(this.here.denied).some((name) => !(name in (told.denied ?? {})))
    if (!isNews) return

    this.#told = { ...told, denied: { ...this.here.denied } }
    this.#tables.facts.set(TOLD, this.#told)
  }

  #heard(): KnownThere | null {
    if (this.#told === undefined) this.#told = this.#tables.facts.get(TOLD, KnownThere)
    return this.#told
  }

  #ask() {
    const { place } = this.#tables
    this.#asking ??= this.#later(async () => {
      const account = this.#env.ACCOUNTS.getByName(place.url)
      const { abilities, limits } = await account.knownTo(nameOf(place))
      this.here.hear(abilities)
      if (limits) this.learnLimits(limits)
    }).finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  /** False: it failed. */
  async #later(work: () => Promise<unknown>) {
    const done = work().then(
      () => true,
      (error: unknown) => {
        log.warn('account.not_reached', { error: inShort(error) })
        return false
      },
    )
    this.#wait(done)
    return await done
  }
}
