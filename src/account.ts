import { DurableObject } from 'cloudflare:workers'
import { KnownAbilities } from './account/abilities.ts'
import { type Act, Acts, type Outcome } from './account/acts.ts'
import { BotVersions } from './account/bot-versions.ts'
import { Budgets } from './account/budgets.ts'
import { Days, type Key } from './account/days.ts'
import { Outcomes } from './account/outcomes.ts'
import { People } from './account/people.ts'
import { lastTold, Rooms, type RosterEntry } from './account/rooms.ts'
import { type Return, SignIns } from './account/sign-ins.ts'
import { addCompaction, addTo, ZERO } from './account/sums.ts'
import { Troubles } from './account/troubles.ts'
import { type Origin, Visitors } from './account/visitors.ts'
import type { RoomTake, Settled } from './budget.ts'
import type { Abilities } from './campfire.ts'
import type { KnownLimits, RoomReport } from './runtime.ts'
import { migrate } from './storage.ts'
import { MIGRATIONS } from './tables/account/schema.ts'

export type { ActRow } from './account/acts.ts'
export type { Saving } from './account/bot-versions.ts'
export type { DaySums, Key } from './account/days.ts'
export type { Asker } from './account/people.ts'
export type { RosterEntry } from './account/rooms.ts'
export type { SignedIn } from './account/sign-ins.ts'
export type { Trouble } from './account/troubles.ts'
export type { Origin, Tried } from './account/visitors.ts'

/** One Campfire: which rooms there are, what happened in them, what this Campfire can do. */
export class Account extends DurableObject<Env> {
  #sql = this.ctx.storage.sql
  #rooms = new Rooms(this.#sql)
  #abilities = new KnownAbilities(this.#sql)
  #days = new Days(this.#sql, this.env.TIME_ZONE ?? '')
  #outcomes = new Outcomes(this.#sql, this.env.TIME_ZONE ?? '')
  #budgets = new Budgets(this.ctx, this.env)
  #acts = new Acts(this.#sql)
  #versions = new BotVersions(this.ctx, this.env, this.#acts)
  #people = new People(this.#sql)
  #troubles = new Troubles(this.#sql)
  #visitors = new Visitors(this.#sql)
  #signIns = new SignIns(this.ctx, this.env)

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
    const { turns, compactions = [], abilities = {} } = report
    const known = this.#rooms.find(name)
    const before = { last: known?.last_turn ?? 0, open: known?.open ?? [] }
    const fresh = turns.filter(({ id }) => id > before.last || before.open.includes(id))
    const news = compactions.filter(({ id }) => id > (known?.sums.compactions ?? 0))
    const sums = news.reduce(addCompaction, fresh.reduce(addTo, known?.sums ?? ZERO))
    const { last, open } = lastTold(before, fresh)
    this.#days.add(report, { turns: fresh, compactions: news }, Date.now())
    this.#outcomes.add(fresh, Date.now())
    this.#people.add(fresh)
    this.#troubles.add(name, fresh)
    this.#rooms.write(name, report, { last, open, sums })
    this.#budgets.hear(name, report.used ?? [])
    this.#abilities.learn(abilities, name)
    return { turn: last, open, compaction: sums.compactions, ...this.knownTo(name) }
  }

  /** What a room is to go by; one that has told nothing for a day, or never, asks for it. */
  knownTo(name: string): { abilities: Abilities; limits?: KnownLimits } {
    const limits = this.#budgets.knownTo(name)
    return { abilities: this.#abilities.all(), ...(limits && { limits }) }
  }

  /** What this Campfire was found to be able to do within the last day. */
  abilities(): Abilities {
    return this.#abilities.all()
  }

  rooms(): RosterEntry[] {
    return this.#rooms.all()
  }

  /** A page of the rooms that fit: see account/roster.ts. */
  roster(wanted: Parameters<Rooms['page']>[0]) {
    return this.#rooms.page(wanted)
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

  async changeBudgets(value: unknown, who: string, from: string | null = null) {
    const note = (about: string) => {
      this.#acts.add({ who, what: 'limits', about, at: Date.now() }, 'done')
    }
    return await this.#budgets.change(value, from, note)
  }

  /** By their numbers, a page at a time; `after`: the last that is known. */
  roomsAfter({ room, bot }: { room: number; bot: number }, limit: number): RosterEntry[] {
    return this.#rooms.after({ room, bot }, limit)
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

  async goBack(bot: string, to: number | 'file', who: string, from: number | null = null) {
    return await this.#versions.goBack(bot, to, { who, from })
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

  // At which servers of other people an operator has signed in: see account/sign-ins.ts.

  serverSignIns(bot: string, servers: string[]) {
    return servers.map((server) => this.#signIns.stateOf({ bot, server }))
  }

  async beginServerSignIn(
    which: { bot: string; server: string },
    how: { redirect: string; isBrowser: boolean },
  ) {
    return await this.#signIns.begin(which, how)
  }

  async finishServerSignIn(back: Return) {
    return await this.#signIns.finish(back)
  }

  async endServerSignIn(which: { bot: string; server: string }) {
    return await this.#signIns.end(which)
  }

  /** For a room that is about to use the server. */
  async serverToken(which: { bot: string; server: string }, refused: string | null) {
    return await this.#signIns.token(which, refused)
  }

  override async alarm() {
    await this.#versions.alarm()
    await this.#budgets.alarm()
    await this.#signIns.tell()
  }

  /** What it keeps of all rooms together. */
  bytes() {
    return this.ctx.storage.sql.databaseSize
  }
}
