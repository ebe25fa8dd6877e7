import { DurableObject } from 'cloudflare:workers'
import { campfireIn, nameOf, normalised } from './address.ts'
import { type BudgetNote, RoomBudget } from './budget.ts'
import { receive } from './inbox/receive.ts'
import { inShort, log } from './log.ts'
import { usePrices } from './model.ts'
import { RECEIPTS_KEPT, recordingOf, recordOf } from './receipt.ts'
import { signWaiting } from './reply.ts'
import { Background } from './room/background.ts'
import { followClock } from './room/clock.ts'
import { conversationIn } from './room/conversation.ts'
import { abandonDrop, beginDrop, finishDrop, linkFor } from './room/drops.ts'
import { Handler } from './room/handler.ts'
import { type Changes, change, countKept, keptIn, listIn, remove, type Which } from './room/kept.ts'
import { Live } from './room/live.ts'
import { isDue, nextDue } from './room/next-due.ts'
import { exportSession, overviewOf, queueOf } from './room/overview.ts'
import { stopByOperator, stopFor } from './room/stop.ts'
import { outlasts } from './room/under-way.ts'
import {
  AccountReport,
  Askers,
  botHere,
  botSaved,
  type KnownLimits,
  memberIn,
  remembersPeople,
  type Ticket,
  VersionNews,
  Vitals,
} from './runtime.ts'
import { resetSession } from './session.ts'
import type { BotVersion } from './tables/room/bot-versions.ts'
import { type Arrival, type Told, withDefaults } from './tables/room/message.ts'
import { changeSettings, type Settings } from './tables/room/settings.ts'
import { isScheduled, type TurnRow } from './tables/room/turns.ts'
import { openTables, type Tables } from './tables.ts'
import {
  beginNote,
  budgetNote,
  isNoted,
  type NotAgain,
  type Note,
  serverNote,
  testNote,
  tryAgain,
} from './turn.ts'

/** Characters. Reading more takes longer than the alarm that is saved. */
const MOST_AT_ONCE = 10_000

/** One bot in one Campfire room: what it has heard and said, and when it speaks next. */
export class Room extends DurableObject<Env> {
  #tables: Tables
  #report: AccountReport
  #askers: Askers
  #news: VersionNews
  #budget: RoomBudget
  #vitals: Vitals
  #live: Live
  /** The handler at work. Memory only: the rows know better. */
  #handler: Handler | null = null
  /** Goes on from one handler to the next. */
  #background = new Background()
  /** What a message has begun, until it is over; the alarm waits for it. */
  #work: Promise<void> | null = null
  /** Handlers in a row that failed outside a turn, or took none though one was due. */
  #troubles = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    usePrices(env.PRICES)
    this.#tables = openTables(ctx, env)
    this.#vitals = new Vitals(ctx.storage.sql, this.#background)
    this.#live = new Live(ctx, this.#tables, () => memberIn(env, this.#tables))
    this.#report = new AccountReport(this.#tables, env, (telling) => ctx.waitUntil(telling))
    this.#askers = new Askers(this.#tables, env)
    const wait = (work: Promise<unknown>) => ctx.waitUntil(work)
    this.#news = new VersionNews(this.#tables, env, wait)
    this.#budget = new RoomBudget(this.#tables, env, { report: this.#report, wait })
    ctx.blockConcurrencyWhile(() => this.#armWhenOpen())
  }

  /** Returns when the message is safe. A repeated delivery changes nothing. */
  async receive(told: Told) {
    if (!this.#tables.service.isServed) return await this.#handOn(told)
    const arrival = withDefaults(told)
    this.#news.ask()
    const handler = this.#mayBegin(arrival) && this.beginsAtOnce() ? this.#newHandler() : null
    handler?.lookEarly(arrival)
    if (receive(this.#tables, arrival)) {
      this.#expectAsker(arrival)
      const hasStopped = this.#stopFor(arrival)
      if (!hasStopped) this.#signWaiting()
      // Campfire is up, if it can deliver: whoever waits for it need wait no longer.
      if (!this.#handler) this.#wakeWaiting()
      this.#live.look()
    }
    // Also for a repeat: the first may have died between the row and the alarm.
    if (handler) await this.#takeTurnsAtOnce(handler)
    else await this.#takeTurnsLater()
  }

  /** A message that may bring us down is on disk first, and so is one after which we were brought down before. */
  #mayBegin({ text }: Arrival) {
    return !this.#handler && text.length <= MOST_AT_ONCE && !this.#tables.attempts.isInDoubt()
  }

  /** Nobody waits for the alarm. A test may want to be the one who rings it. */
  protected beginsAtOnce() {
    return true
  }

  /**
   * What is to be done now begins here, in the same commit as the message; the alarm, when it fires, finds it
   * under way, and stays until it is over: so a death is the platform's to repeat, as of any alarm.
   */
  async #takeTurnsAtOnce(handler: Handler) {
    followClock(this.#tables)
    const due = this.#nextDue()
    if (due === null || due > this.#tables.now()) return await this.#takeTurnsLater()
    const armed = this.ctx.storage.setAlarm(due)
    const work = this.#takeTurnsNow(handler).finally(() => {
      if (this.#work === work) this.#work = null
    })
    this.#work = work
    await armed
  }

  #expectAsker(arrival: Arrival) {
    const member = memberIn(this.env, this.#tables)
    const bot = member && botSaved(this.#tables, member)
    if (bot && remembersPeople(bot)) this.#askers.expect(arrival)
  }

  /** From a Worker of before the address was put right: the same Campfire, and so another object's. */
  async #handOn(told: Told) {
    const { place } = this.#tables
    const { id } = campfireIn(this.env)
    if (normalised(place.url) !== id) throw new Error('This is no longer the Campfire we serve.')
    await this.env.ROOMS.getByName(nameOf({ ...place, url: id })).receive(told)
  }

  // What comes through a link for files, which files.ts has found to be ours. In chunks: no call takes more.

  /** Null: the bot is out, and takes nothing. */
  fileLink(ticket: Ticket) {
    return memberIn(this.env, this.#tables) && linkFor(this.#tables, ticket)
  }

  beginDrop(ticket: Ticket, toCome: { name: string; bytes: number }[]) {
    return beginDrop(this.#tables, ticket, toCome)
  }

  /** False: it is not waited for. */
  takeChunk(file: number, index: number, bytes: Uint8Array) {
    return this.#tables.files.append(file, index, bytes)
  }

  abandonDrop(files: number[]) {
    abandonDrop(this.#tables, files)
  }

  /** Returns when all of it is safe, and the turn that reads it is to come. */
  async finishDrop(ticket: Ticket, files: number[]) {
    const outcome = await finishDrop(this.#tables, ticket, files)
    if (outcome === 'done') await this.#takeTurnsLater()
    return outcome
  }

  #wakeWaiting() {
    const { turns, reminders, now } = this.#tables
    turns.wake(turns.unended(), now())
    reminders.posts.wake(now())
  }

  override async alarm() {
    if (!this.#handler || !this.#work) return await this.#takeTurnsNow()
    const isOver = await outlasts(this.#work, this.#vitals)
    if (!isOver) this.#abort()
  }

  /** The platform may have given up what a request began, and then it never ends. The rows decide what is left of it. */
  #abort() {
    log.error('room.work_lost', { ...this.#tables.place })
    this.ctx.abort('disconnected: operation canceled with the request that began it')
  }

  /** An alarm that failed too often is gone for good; open work brings it back when anything wakes us. */
  async #armWhenOpen() {
    const { turns, inbox, reminders } = this.#tables
    const waits = turns.nextAside() !== null || reminders.nextDue() !== null
    const isOpen = turns.open() !== null || waits
    if (isOpen || inbox.nextDue() !== null) await this.#takeTurnsLater()
  }

  /** While a handler is at work no alarm is set: it would replace the one that a crash fires again. */
  async #takeTurnsLater() {
    if (this.#handler) return this.#handler.wake()

    followClock(this.#tables)
    const due = this.#nextDue()
    const set = await this.ctx.storage.getAlarm()
    if (due !== null && (set === null || set > due)) await this.ctx.storage.setAlarm(due)
  }

  #nextDue() {
    return nextDue(this.#tables, {
      env: this.env,
      report: this.#report,
      troubles: this.#troubles,
    })
  }

  #newHandler() {
    const { env, ctx } = this
    const { storage } = ctx
    const outside = {
      env,
      storage,
      report: this.#report,
      askers: this.#askers,
      news: this.#news,
      budget: this.#budget,
      vitals: this.#vitals,
      live: this.#live,
    }
    return new Handler(this.#tables, this.#background, outside)
  }

  async #takeTurnsNow(handler = this.#newHandler()) {
    followClock(this.#tables)
    this.#handler = handler
    try {
      await handler.takeTurns()
      // One that took no turn, though somebody waits, would not take it right away either.
      this.#troubles = handler.hasBegun || !isDue(this.#tables) ? 0 : this.#troubles + 1
    } catch (error) {
      this.#troubles++
      log.error('room.alarm_failed', {
        ...this.#tables.place,
        error: inShort(error),
        times: this.#troubles,
      })
    }
    // No `await` between the last look at the inbox and the alarm: what arrives now finds either a
    // handler that has still to look, or none, and then it sets the alarm itself.
    this.#handler = null
    this.#report.tell()
    const due = this.#nextDue()
    if (due !== null) await this.ctx.storage.setAlarm(due)
  }

  #stopFor(arrival: Arrival) {
    const atWork = this.#handler?.turn ?? null
    const stopped = stopFor(this.#tables, arrival, { env: this.env, atWork })
    if (stopped) this.#cut(stopped)
    return stopped !== null
  }

  /** One that was set aside is at nothing, and whoever is answered meanwhile is not to suffer for it. */
  #cut({ id }: TurnRow) {
    if (this.#handler?.turn?.id === id) this.#handler.stop()
  }

  #signWaiting() {
    const open = this.#handler?.turn ?? this.#tables.turns.open()
    const member = memberIn(this.env, this.#tables)
    if (!open || open.ended !== null || !member) return
    const theirs = isScheduled(open) ? null : open.asker
    const asker = member.bot.whileWorking === 'queue' ? null : theirs
    const line = { asker, key: member.key, report: this.#report }
    this.ctx.waitUntil(signWaiting(this.#tables, line))
  }

  // What an operator may see and do. Every one of these is a resource of operator.ts.

  /** Not `queue`: that is the name of a handler, which RPC does not reach. */
  queueNow() {
    return queueOf(this.#tables)
  }

  /** When it was last spoken to, and how much it keeps. */
  condition() {
    const { turns } = this.#tables
    return { heard: turns.last()?.started ?? null, bytes: this.ctx.storage.sql.databaseSize }
  }

  /** Resolves when the account knows of all that is over here. */
  async tellNow() {
    await this.#report.tellNow()
  }

  overview(before?: number) {
    return overviewOf(this.#tables, memberIn(this.env, this.#tables), before)
  }

  /** The same, with what was read and said. */
  view(before?: number) {
    return { ...this.overview(before), conversation: conversationIn(this.#tables, before) }
  }

  /** Null: there is no such turn, or not any more. */
  receipt(turn: number) {
    const row = this.#tables.turns.find(turn)
    const isOld = row?.ended != null && this.#tables.now() - row.ended > RECEIPTS_KEPT
    const member = memberIn(this.env, this.#tables)
    if (!row || isOld) return null
    return recordOf(this.#tables, row, member && botHere(this.#tables, member, row))
  }

  /** Words and all. Null: they are gone, or there is no such turn. */
  recording(turn: number) {
    const row = this.#tables.turns.find(turn)
    const member = memberIn(this.env, this.#tables)
    return row && member && recordingOf(this.#tables, row, member.bot.name)
  }

  countKept() {
    return countKept(this.#tables)
  }

  /** Words and all. */
  kept() {
    return keptIn(this.#tables)
  }

  keptList(number: number) {
    return listIn(this.#tables, number)
  }

  async changeKept(which: Which, changes: Changes) {
    const changed = change(this.#tables, which, changes)
    await this.#takeTurnsLater()
    return changed
  }

  /** False: there is no such thing. */
  async removeKept(which: Which) {
    const isRemoved = remove(this.#tables, which)
    await this.#takeTurnsLater()
    return isRemoved
  }

  session() {
    return exportSession(this.#tables)
  }

  async resetSession() {
    resetSession(this.#tables)
    await this.#takeTurnsLater()
  }

  /** False: no turn is open. */
  async stopTurn() {
    const open = stopByOperator(this.#tables, this.#handler?.turn ?? null)
    if (!open) return false

    this.#cut(open)
    await this.#takeTurnsLater()
    return true
  }

  // Whoever watches. Only our own Worker can ask for that, and it has looked who it is.

  override fetch(request: Request): Response | Promise<Response> {
    const after = new URL(request.url).searchParams.get('after')
    return this.#live.accept(Number(after))
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer) {
    this.#live.hears(socket, message)
  }

  override webSocketClose(socket: WebSocket) {
    this.#live.leaves(socket)
  }

  override webSocketError(socket: WebSocket) {
    this.#live.leaves(socket)
  }

  // What the account asks of a room.

  /** What it has lent comes home, and what limits there are by now is known from here on. */
  recall(limits: KnownLimits | null, wanted: { number: number; payer: string }[]) {
    return this.#budget.recall(limits, wanted)
  }

  /** An operator has changed the bot: the next turn goes by it. */
  learnVersion(version: BotVersion) {
    this.#news.learn(version)
    return true
  }

  /** A word of ours to whoever reads this room. False: it is at work, and is to be asked again. */
  async tellOperator(note: BudgetNote) {
    return await this.#say(budgetNote(this.#tables, note))
  }

  /** The same of a server of other people, at which nobody is signed in any more. */
  async tellOfServer(note: { id: string; bot: string; server: string }) {
    return await this.#say(serverNote(this.#tables, note))
  }

  /** What an operator wants to see it say, once for each `id`. False: as above. */
  async sayTest(test: { id: string; words: string }) {
    return await this.#say(testNote(test))
  }

  async #say(note: Note) {
    if (isNoted(this.#tables, note)) return true
    if (this.#handler || this.#tables.turns.open()) return false
    beginNote(this.#tables, note)
    await this.#takeTurnsLater()
    return true
  }

  /** What came to nothing is tried again, in a turn of its own. In words: why it is not. */
  async tryAgain(turn: number): Promise<{ turn: number | null } | NotAgain> {
    const why = tryAgain(this.#tables, turn)
    if (why) return why
    this.#live.look()
    await this.#takeTurnsLater()
    return { turn: this.#tables.inbox.received.triedAgain(turn)?.turn ?? null }
  }

  async changeSettings(changes: Settings) {
    const settings = changeSettings(this.#tables.facts, changes)
    if (!this.#handler) await this.#takeTurnsLater()
    return settings
  }
}
