import * as z from 'zod'
import { nameOf } from '../address.ts'
import type { Abilities } from '../campfire.ts'
import { DAY, inTime } from '../clock.ts'
import { inShort, log } from '../log.ts'
import type { CompactionReport } from '../tables/room/compactions.ts'
import type { HealthReport } from '../tables/room/health.ts'
import type { TurnReport } from '../tables/room/turns.ts'
import { roomIn, type Tables } from '../tables.ts'
import { AbilitiesHere } from './abilities-here.ts'

export interface RoomReport {
  room: number
  bot: number
  busy: boolean
  waiting: number
  turns: TurnReport[]
  /** A Room of another version does not tell. */
  compactions?: CompactionReport[]
  abilities?: Abilities
  /** Where it knows of a limit: which, and what was used of leases that go on. */
  limits?: string
  used?: { number: number; used: number }[]
  /** What the room is called, and how it stands. A Room of an older version tells neither. */
  title?: string | null
  direct?: boolean
  health?: HealthReport
}

/** A room tells so many turns at once, or what has gathered in this time. */
const BATCH = 20
const EVERY = 10 * 60_000

/** What a room knows of limits: whether any holds for what it spends, and the people that have one. */
export const KnownLimits = z.object({
  version: z.string(),
  /** Later changes have a higher number. */
  revision: z.int(),
  /** Of which variables it was reckoned: see `envKey`. */
  env: z.string(),
  here: z.boolean(),
  people: z.array(z.int()),
})
export type KnownLimits = z.infer<typeof KnownLimits>

interface Variables {
  BUDGETS?: string
  TIME_ZONE?: string
}

/** What a deploy may change of them. */
export function envKey({ BUDGETS = '', TIME_ZONE = '' }: Variables) {
  return `${TIME_ZONE.trim()} ${BUDGETS.trim()}`
}

/** Nobody waits longer for the first answer of all. */
const PATIENCE = 250

/** What the account has heard of, when, and what it knows of this Campfire. */
const KnownThere = z.object({
  turn: z.int(),
  /** Turns before it that were not over then. */
  open: z.array(z.int()).optional(),
  compaction: z.int(),
  at: z.number(),
  abilities: z.record(z.string(), z.boolean()),
  /** What was denied here, and since when: a later life is to tell one page from two. */
  denied: z.record(z.string(), z.number()).optional(),
  /** Where a limit is set, or was. */
  limits: KnownLimits.optional(),
  /** How the room stood, as JSON. */
  health: z.string().optional(),
})
type KnownThere = z.infer<typeof KnownThere>
const TOLD = 'told'

/** Tells the account what happened here: afterwards, in batches, and nothing waits for it. */
export class AccountReport {
  #tables: Tables
  #env: Env
  #wait: (work: Promise<unknown>) => void
  /** Undefined: not read yet. Null: this room has never told anything. */
  #told: KnownThere | null | undefined
  #telling: Promise<void> | null = null
  #asking: Promise<void> | null = null
  readonly here: AbilitiesHere
  #asked = 0
  /** Learned before the account was told for the first time. */
  #limits: KnownLimits | undefined
  /** It has said what it knows of limits, be it none. */
  #knowsLimits = false

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
    if (!isFresh) this.#asking = this.#later(async () => await this.#hear())
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

  /** A room that is new waits a moment for its first answer, which tells of limits too. */
  async firstLimits() {
    if (this.#heard() === null) await inTime(this.#firstAnswer(), PATIENCE)
    return this.limits() ?? null
  }

  async #firstAnswer() {
    await this.#asking
    if (!this.#knowsLimits) await this.#telling
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

  /** A turn begins: this room is at work, be it for the first time. */
  busy() {
    this.#tellWhenDue(true)
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
    const isNews = told !== null && this.#hasHealthNews(told)
    if (this.#untold() || isNews) this.#send(this.#tables.turns.open() !== null)
    await this.#telling
  }

  /** The account, and so whoever looks at it, knows how this room stands. */
  hasToldHealth() {
    const told = this.#heard()
    return told !== null && !this.#hasHealthNews(told)
  }

  #tellWhenDue(busy: boolean) {
    try {
      const told = this.#heard()
      const untold = this.#untold()
      const isLate = told === null || this.#tables.now() - told.at >= EVERY
      const isDue = isLate ? untold || busy : untold >= BATCH || this.#hasLearned(told)
      const isNews = told !== null && this.#hasHealthNews(told)
      if (isDue || isNews) this.#send(busy)
    } catch (error) {
      log.warn('account.not_told', { error: inShort(error) })
    }
  }

  #send(busy: boolean) {
    if (this.#telling !== null) return
    const { place, inbox, turns, compactions, health, facts, now } = this.#tables
    const { name: title, direct } = roomIn(this.#tables)
    const told = this.#heard()
    const report: RoomReport = {
      room: place.room,
      bot: place.bot,
      busy,
      waiting: inbox.count(),
      turns: turns.reports.after(told?.turn ?? 0, told?.open),
      compactions: compactions.reports(told?.compaction ?? 0),
      abilities: this.here.news,
      ...this.#spending(),
      title,
      direct,
      health: health.report(),
    }
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

  #hasHealthNews({ health = ALL_WELL }: KnownThere) {
    return JSON.stringify(this.#tables.health.report()) !== health
  }

  #spending(): Pick<RoomReport, 'limits' | 'used'> {
    const limits = this.limits()
    if (!limits) return {}
    const uses = [...this.#tables.leases.uses()]
    const used = uses.map(([number, { settled }]) => ({ number, used: settled }))
    return { limits: limits.version, used }
  }

  /** How many turns are over that the account has not heard of, and a compaction for one more. */
  #untold() {
    const { turns, compactions } = this.#tables
    const { turn, open = [], compaction } = this.#heard() ?? { turn: 0, compaction: 0 }
    const [last, short] = [turns.last(), compactions.last()]
    const over = last ? last.id - (last.ended === null ? 1 : 0) : 0
    const isToldInShort = short !== null && short.state !== 'asked' && short.id > compaction
    return Math.max(0, over - turn) + turns.reports.over(open) + (isToldInShort ? 1 : 0)
  }

  /**
   * Other rooms can make use of it now; and they are to hear when what we denied works after all. That an edit
   * works can wait until there is more to tell: they try one anyway.
   */
  #hasLearned({ abilities, denied = {} }: KnownThere) {
    return Object.entries(this.here.news).some(
      ([name, can]) => !can || name in denied || (name !== 'edit' && !abilities[name]),
    )
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

  async #hear() {
    const { place } = this.#tables
    const { abilities, limits } = await this.#env.ACCOUNTS.getByName(place.url).knownTo(
      nameOf(place),
    )
    this.here.hear(abilities)
    if (limits) this.learnLimits(limits)
    this.#knowsLimits = true
  }

  async #later(work: () => Promise<unknown>) {
    const done = work().catch((error: unknown) => {
      log.warn('account.not_reached', { error: inShort(error) })
    })
    this.#wait(done)
    await done
  }
}

const ALL_WELL = JSON.stringify({ missed: null, out: null } satisfies HealthReport)

/** An answer may be older than what the account has told since. */
function newer(known: KnownLimits | undefined, told: KnownLimits | undefined) {
  return known && (!told || known.revision > told.revision) ? known : told
}
