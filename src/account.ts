import { DurableObject } from 'cloudflare:workers'
import * as z from 'zod'
import { Learned, learn } from './account/abilities.ts'
import { type Act, Acts, type Outcome } from './account/acts.ts'
import { BotVersions } from './account/bot-versions.ts'
import { Budgets } from './account/budgets.ts'
import { Days, type Key } from './account/days.ts'
import { Outcomes } from './account/outcomes.ts'
import { People } from './account/people.ts'
import { rosterPage } from './account/roster.ts'
import { addCompaction, addTo, type Sums, ZERO } from './account/sums.ts'
import { Troubles } from './account/troubles.ts'
import { type Origin, Visitors } from './account/visitors.ts'
import type { RoomTake, Settled } from './budget.ts'
import type { Abilities } from './campfire.ts'
import { DAY } from './clock.ts'
import type { RoomReport } from './runtime.ts'
import { stored } from './storage/json-column.ts'
import { migrate } from './storage/migrate.ts'
import { MIGRATIONS } from './tables/account/schema.ts'
import { HealthReport } from './tables/room/health.ts'

export type { ActRow } from './account/acts.ts'
export type { Saving } from './account/bot-versions.ts'
export type { DaySums, Key } from './account/days.ts'
export type { Asker } from './account/people.ts'
export type { Trouble } from './account/troubles.ts'
export type { Origin, Tried } from './account/visitors.ts'

export interface RosterEntry {
  name: string
  room: number
  bot: number
  busy: boolean
  waiting: number
  /** When it last told us anything, in ms since 1970. */
  told: number
  sums: Sums
  /** What it is called; null in a direct, or where nobody has told. */
  title: string | null
  direct: boolean
  /** What no delivery brought, and whether its bot is out of it. Null: nothing was told. */
  health: HealthReport | null
}

/** One Campfire: which rooms there are, what happened in them, what this Campfire can do. */
export class Account extends DurableObject<Env> {
  #sql = this.ctx.storage.sql
  #days = new Days(this.#sql, this.env.TIME_ZONE ?? '')
  #outcomes = new Outcomes(this.#sql, this.env.TIME_ZONE ?? '')
  #budgets = new Budgets(this.ctx, this.env)
  #acts = new Acts(this.#sql)
  #versions = new BotVersions(this.ctx, this.env, this.#acts)
  #people = new People(this.#sql)
  #troubles = new Troubles(this.#sql)
  #visitors = new Visitors(this.#sql)

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage, MIGRATIONS)
    ctx.blockConcurrencyWhile(() => this.#versions.armWhenTelling())
  }

  /**
   * A turn that is told twice counts once: turns are numbered, and the last one told is kept. The answer
   * is the last turn and compaction that is known of this room, and what its Campfire can do.
   */
  report(name: string, report: RoomReport) {
    const { room, bot, busy, waiting, turns, compactions = [], abilities = {} } = report
    const known = this.#read('WHERE name = ?', name)[0]
    const before = { last: known?.last_turn ?? 0, open: known?.open ?? [] }
    const fresh = turns.filter(({ id }) => id > before.last || before.open.includes(id))
    const news = compactions.filter(({ id }) => id > (known?.sums.compactions ?? 0))
    const sums = news.reduce(addCompaction, fresh.reduce(addTo, known?.sums ?? ZERO))
    const { last, open } = afterHearing(before, fresh)
    this.#days.add(report, { turns: fresh, compactions: news }, Date.now())
    this.#outcomes.add(fresh, Date.now())
    this.#people.add(fresh)
    this.#troubles.add(name, fresh)
    this.#sql.exec(
      `INSERT INTO rooms (name, room, bot, busy, waiting, told, last_turn, sums, open, limits,
         title, direct, health)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET busy = excluded.busy, waiting = excluded.waiting,
         told = excluded.told, last_turn = excluded.last_turn, sums = excluded.sums,
         open = excluded.open, limits = coalesce(excluded.limits, limits),
         title = coalesce(excluded.title, title), direct = coalesce(excluded.direct, direct),
         health = coalesce(excluded.health, health)`,
      name,
      room,
      bot,
      busy ? 1 : 0,
      waiting,
      Date.now(),
      last,
      JSON.stringify(sums),
      JSON.stringify(open),
      report.limits ?? null,
      report.title ?? null,
      report.direct === undefined ? null : Number(report.direct),
      report.health ? JSON.stringify(report.health) : null,
    )
    this.#budgets.hear(name, report.used ?? [])
    this.#learn(abilities, name)
    const limits = this.#budgets.knownTo(name)
    return {
      turn: last,
      open,
      compaction: sums.compactions,
      abilities: this.#abilities(),
      ...(limits && { limits }),
    }
  }

  /** What this Campfire was found to be able to do within the last day. */
  abilities(): Abilities {
    return this.#abilities()
  }

  rooms(): RosterEntry[] {
    return this.#read('ORDER BY told DESC').map(entryOf)
  }

  /** A page of the rooms that fit: see account/roster.ts. */
  roster(wanted: Parameters<typeof rosterPage>[1]) {
    const { rows, ...page } = rosterPage(this.#sql, wanted)
    return {
      ...page,
      rooms: rows.map(({ sums, health, direct, busy, ...row }) => ({
        ...row,
        direct: Boolean(direct),
        busy: Boolean(busy),
        sums: { ...ZERO, ...stored(sums, SumsStored, { table: 'rooms', key: row.name }) },
        out: health
          ? (stored(health, HealthReport, { table: 'rooms', key: row.name })?.out ?? null)
          : null,
      })),
    }
  }

  /** What was spent from a day through another, and the zone that its days are of. */
  costs(by: Key[], days: { from: string; to: string }) {
    const { timeZone } = this.#days
    return { timeZone, rows: this.#days.sums(by, days), total: this.#days.sums([], days)[0] }
  }

  /** The same without the sum of it all: that costs another look at every row. */
  costsBy(by: Key[], days: { from: string; to: string }) {
    return { timeZone: this.#days.timeZone, rows: this.#days.sums(by, days) }
  }

  // What rooms may spend: see account/budgets.ts.

  async take(name: string, asked: RoomTake) {
    return await this.#budgets.take(name, asked)
  }

  settle(name: string, settled: Settled[]) {
    this.#budgets.settle(name, settled)
  }

  limitsOf(name: string) {
    return this.#budgets.limitsOf(name)
  }

  budgets() {
    return this.#budgets.view()
  }

  async changeBudgets(value: unknown, who: string) {
    return await this.#budgets.change(value, (about) => {
      this.#acts.add({ who, what: 'limits', about, at: Date.now() }, 'done')
    })
  }

  /** By their numbers, a page at a time; `after`: the last that is known. */
  roomsAfter({ room, bot }: { room: number; bot: number }, limit: number): RosterEntry[] {
    return this.#read(
      'WHERE room > ?1 OR (room = ?1 AND bot > ?2) ORDER BY room, bot LIMIT ?3',
      room,
      bot,
      limit,
    ).map(entryOf)
  }

  /** Who has asked a bot for something. */
  people(limit: number, after?: number) {
    return this.#people.list(limit, after)
  }

  named(ids: number[]) {
    return this.#people.named(ids)
  }

  /** Turns that failed or were set aside since then, the newest first. */
  troubles(since: number) {
    return this.#troubles.list(since)
  }

  // What an operator has made of a bot: see account/bot-versions.ts.

  bot(name: string, before?: number) {
    return this.#versions.view(name, before)
  }

  /** The one that holds, without all the others. Null: it goes by its file, and always did. */
  newestVersion(bot: string) {
    return this.#versions.newest(bot)
  }

  /** Null: there is no such version, or not any more. */
  savedVersion(bot: string, number: number) {
    return this.#versions.find(bot, number)
  }

  async changeBot(bot: string, changes: unknown, by: { who: string; from: number | null }) {
    return await this.#versions.change(bot, changes, by)
  }

  async goBack(bot: string, to: number | 'file', who: string) {
    return await this.#versions.goBack(bot, to, who)
  }

  /** What a room asks that wakes. Null: it knows. */
  botVersion(room: string, asked: { bot: string; known: number }) {
    return this.#versions.newsFor(room, asked)
  }

  /** A turn that had failed is tried again. */
  isTriedAgain(name: string, turn: number) {
    this.#troubles.drop(name, turn)
  }

  /** How today's turns ended, as far as rooms have told. */
  today() {
    return this.#outcomes.today(Date.now())
  }

  // What an operator did, and who may sign in as one: see account/acts.ts and account/visitors.ts.

  /** Before anything is done elsewhere. */
  beginAct(act: Omit<Act, 'at'>) {
    return this.#acts.add({ ...act, at: Date.now() }, null)
  }

  endAct(number: number, outcome: Outcome) {
    this.#acts.end(number, outcome)
  }

  acts(limit: number, before?: number) {
    return this.#acts.list(limit, before)
  }

  /** A token that somebody sent; `guess`: what tells wrong ones apart, null of the right one. */
  tries(origin: Origin, guess: string | null) {
    return this.#visitors.tries(origin, guess, Date.now())
  }

  signOut(nonce: string, until: number) {
    this.#visitors.signOut(nonce, until, Date.now())
  }

  isSignedOut(nonce: string) {
    return this.#visitors.isSignedOut(nonce)
  }

  override async alarm() {
    await this.#versions.alarm()
    await this.#budgets.alarm()
  }

  /** What it keeps of all rooms together. */
  bytes() {
    return this.ctx.storage.sql.databaseSize
  }

  #abilities(): Abilities {
    return this.#known()?.found ?? {}
  }

  /** Written only when it is news. A day after the first of it all is forgotten, and tried anew. */
  #learn(abilities: Abilities, room: string) {
    const known = this.#known()
    const now = Date.now()
    const learned = learn({ found: known?.found ?? {}, denied: known?.denied ?? {} }, abilities, {
      room,
      now,
    })
    if (!learned) return

    this.#sql.exec(
      `INSERT INTO facts (name, value) VALUES ('abilities', ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      JSON.stringify({ ...learned, at: known?.at ?? now } satisfies z.infer<typeof Found>),
    )
  }

  #known() {
    const [row] = this.#sql
      .exec<{ value: string }>("SELECT value FROM facts WHERE name = 'abilities'")
      .toArray()
    const known = row ? stored(row.value, Found, { table: 'facts', key: 'abilities' }) : null
    return known && Date.now() - known.at < DAY ? known : null
  }

  #read(rest: string, ...bindings: (string | number)[]): Row[] {
    return this.#sql
      .exec(`SELECT * FROM rooms ${rest}`, ...bindings)
      .toArray()
      .map((row) => ({
        ...(row as unknown as Row),
        open:
          row.open === null
            ? []
            : (stored(row.open, Open, { table: 'rooms', key: String(row.name) }) ?? []),
        busy: Boolean(row.busy),
        direct: Boolean(row.direct),
        health:
          row.health === null
            ? null
            : stored(row.health, HealthReport, { table: 'rooms', key: String(row.name) }),
        // A sum that is newer than the row begins at zero.
        sums: {
          ...ZERO,
          ...stored(row.sums, SumsStored, { table: 'rooms', key: String(row.name) }),
        },
      }))
  }
}

interface Row extends RosterEntry {
  last_turn: number
  open: number[]
  limits: string | null
  told_version: string | null
}

function entryOf(row: Row): RosterEntry {
  const { last_turn: _, open: __, limits: ___, told_version: ____, ...entry } = row
  return entry
}

const Found = Learned.extend({ at: z.number() })
const Open = z.array(z.int())
const SumsStored = z.record(z.string(), z.number())

/** A room that has more of them is at odds with itself. */
const MOST_OPEN = 200

/** Turns are numbered without gaps: those that were passed over are not over yet, and will be told later. */
function afterHearing(before: { last: number; open: number[] }, fresh: { id: number }[]) {
  const heard = new Set(fresh.map(({ id }) => id))
  const last = Math.max(before.last, ...heard)
  const from = Math.max(before.last, last - MOST_OPEN)
  const passed = Array.from({ length: last - from }, (_, index) => from + index + 1)
  const open = [...before.open, ...passed].filter((id) => !heard.has(id)).slice(-MOST_OPEN)
  return { last, open }
}
