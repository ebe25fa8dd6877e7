import * as z from 'zod'
import { nameOf } from '../address.ts'
import type { Abilities } from '../campfire.ts'
import { DAY } from '../clock.ts'
import { inShort, log } from '../log.ts'
import type { CompactionReport } from '../tables/room/compactions.ts'
import type { TurnReport } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

export interface RoomReport {
  room: number
  bot: number
  busy: boolean
  waiting: number
  turns: TurnReport[]
  /** A Room of another version does not tell. */
  compactions?: CompactionReport[]
  abilities?: Abilities
}

/** A room tells so many turns at once, or what has gathered in this time. */
const BATCH = 20
const EVERY = 10 * 60_000

/** What the account has heard of, when, and what it knows of this Campfire. */
const KnownThere = z.object({
  turn: z.int(),
  compaction: z.int(),
  at: z.number(),
  abilities: z.record(z.string(), z.boolean()),
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
  #abilities: Abilities = {}
  /** What was found out in this life; what was only remembered is no news. */
  readonly learned: Abilities = {}
  #asked = 0

  constructor(tables: Tables, env: Env, wait: (work: Promise<unknown>) => void) {
    this.#tables = tables
    this.#env = env
    this.#wait = wait
  }

  /**
   * What this Campfire can do, as far as we know by now. The account remembers it for a day and says so
   * whenever it is told something. A room that has not told for a day asks; the answer comes when it
   * comes, and until then a thing is tried.
   */
  abilities() {
    const { now } = this.#tables
    if (now() - this.#asked < DAY) return this.#abilities

    this.#asked = now()
    const told = this.#heard()
    const isFresh = told !== null && now() - told.at < DAY
    const abilities: Abilities = isFresh ? { ...told.abilities } : {}
    this.#abilities = abilities
    if (!isFresh)
      void this.#later(async () => Object.assign(abilities, await this.#remembered(abilities)))
    return abilities
  }

  /** As far as we know by now, our messages can be found here and edited. */
  canEdit() {
    const { list, edit } = this.abilities()
    return list !== false && edit !== false
  }

  /** A turn begins: this room is at work, be it for the first time. */
  busy() {
    this.#tellWhenDue(true)
  }

  /** Something is over. */
  tell() {
    this.#tellWhenDue(false)
  }

  /** Resolves when the account knows all of it: an operator wants to see it now. */
  async tellNow() {
    await this.#telling
    if (this.#untold()) this.#send(this.#tables.turns.open() !== null)
    await this.#telling
  }

  #tellWhenDue(busy: boolean) {
    try {
      const told = this.#heard()
      const untold = this.#untold()
      const isLate = told === null || this.#tables.now() - told.at >= EVERY
      const isDue = isLate ? untold || busy : untold >= BATCH || this.#hasLearned(told)
      if (isDue) this.#send(busy)
    } catch (error) {
      log.warn('account.not_told', { error: inShort(error) })
    }
  }

  #send(busy: boolean) {
    if (this.#telling !== null) return
    const { place, inbox, turns, compactions, facts, now } = this.#tables
    const told = this.#heard()
    const report: RoomReport = {
      room: place.room,
      bot: place.bot,
      busy,
      waiting: inbox.count(),
      turns: turns.reports(told?.turn ?? 0),
      compactions: compactions.reports(told?.compaction ?? 0),
      abilities: { ...this.learned },
    }
    const at = now()
    const account = this.#env.ACCOUNTS.getByName(place.url)
    this.#telling = this.#later(async () => {
      const known = await account.report(nameOf(place), report)
      if (!known) return // an account of an older version
      this.#abilities = together(known.abilities, this.learned)
      this.#told = { ...known, at, abilities: this.#abilities }
      facts.set(TOLD, this.#told)
    }).finally(() => {
      this.#telling = null
    })
  }

  /** How many turns are over that the account has not heard of, and a compaction for one more. */
  #untold() {
    const { turns, compactions } = this.#tables
    const { turn, compaction } = this.#heard() ?? { turn: 0, compaction: 0 }
    const [last, short] = [turns.last(), compactions.last()]
    const over = last ? last.id - (last.ended === null ? 1 : 0) : 0
    const isToldInShort = short !== null && short.state !== 'asked' && short.id > compaction
    return Math.max(0, over - turn) + (isToldInShort ? 1 : 0)
  }

  /** Other rooms can make use of it now. */
  #hasLearned({ abilities }: KnownThere) {
    return Object.entries(this.learned).some(([name, can]) => abilities[name] !== can)
  }

  #heard(): KnownThere | null {
    if (this.#told === undefined) this.#told = this.#tables.facts.get(TOLD, KnownThere)
    return this.#told
  }

  async #remembered(found: Abilities) {
    const account = this.#env.ACCOUNTS.getByName(this.#tables.place.url)
    return together(await account.abilities(), found)
  }

  async #later(work: () => Promise<unknown>) {
    const done = work().catch((error: unknown) => {
      log.warn('account.not_reached', { error: inShort(error) })
    })
    this.#wait(done)
    await done
  }
}

/** What was seen to work anywhere works: one room that was told otherwise may have heard a proxy. */
function together(known: Abilities = {}, found: Abilities = {}): Abilities {
  const proven = Object.entries(known).filter(([, can]) => can)
  return { ...known, ...found, ...Object.fromEntries(proven) }
}
