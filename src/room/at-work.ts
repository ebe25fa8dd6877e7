import { DurableObject } from 'cloudflare:workers'
import { campfireIn, nameOf, normalised } from '../address.ts'
import { RoomBudget } from '../budget.ts'
import { afterwards, inTime } from '../clock.ts'
import { receive } from '../inbox/receive.ts'
import { inShort, log } from '../log.ts'
import { usePrices } from '../model.ts'
import { signWaiting } from '../reply.ts'
import {
  AccountReport,
  Askers,
  botSaved,
  memberIn,
  remembersPeople,
  VersionNews,
  Vitals,
} from '../runtime.ts'
import { isNew } from '../storage.ts'
import { type Arrival, type Told, withDefaults } from '../tables/room/message.ts'
import { isScheduled, type TurnRow } from '../tables/room/turns.ts'
import { openTables, type Tables } from '../tables.ts'
import { Background } from './background.ts'
import { followClock } from './clock.ts'
import { Handler } from './handler.ts'
import { Live } from './live.ts'
import { isDue, nextDue } from './next-due.ts'
import { stopFor } from './stop.ts'
import { outlasts } from './under-way.ts'

/** Characters. Reading more takes longer than the alarm that is saved. */
const MOST_AT_ONCE = 10_000
/** Ms. A message that is on no disk yet waits no longer for who asks. */
const SOON = 25

/** A room that hears and speaks: what comes in, the alarm, and the one handler that takes turns. */
export abstract class RoomAtWork extends DurableObject<Env> {
  protected tables: Tables
  protected report: AccountReport
  #askers: Askers
  protected news: VersionNews
  protected budget: RoomBudget
  #vitals: Vitals
  protected live: Live
  /** The handler at work. Memory only: the rows know better. */
  protected handler: Handler | null = null
  /** Goes on from one handler to the next. */
  #background = new Background()
  /** What a message has begun, until it is over; the alarm waits for it. */
  #work: Promise<void> | null = null
  /** Handlers in a row that failed outside a turn, or took none though one was due. */
  #troubles = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    usePrices(env.PRICES)
    this.tables = openTables(ctx, env)
    this.#vitals = new Vitals(ctx.storage.sql, this.#background)
    this.live = new Live(ctx, this.tables, () => memberIn(env, this.tables))
    this.report = new AccountReport(this.tables, env, (telling) => ctx.waitUntil(telling))
    this.#askers = new Askers(this.tables, env)
    const wait = (work: Promise<unknown>) => ctx.waitUntil(work)
    this.news = new VersionNews(this.tables, env, wait)
    this.budget = new RoomBudget(this.tables, env, { report: this.report, wait })
    if (this.#isOpen()) ctx.blockConcurrencyWhile(() => this.takeTurnsLater())
  }

  /** Returns when the message is safe. A repeated delivery changes nothing. */
  async receive(told: Told) {
    if (!this.tables.service.isServed) return await this.#handOn(told)
    const arrival = withDefaults(told)
    const handler = this.#mayBegin(arrival) && this.beginsAtOnce() ? this.#newHandler() : null
    // What only reads needs no row, and so waits for none: not even for the tables of a new room.
    const hasAsked = handler?.lookEarly(arrival)
    if (hasAsked) await afterwards()
    this.news.ask()
    if (handler) this.report.expectLimits()
    const asker = this.#expectAsker(arrival)
    // Then the turn is written down with its message, in one commit.
    if (handler && asker && !hasAsked) await inTime(asker, SOON)
    if (receive(this.tables, arrival)) {
      const hasStopped = this.#stopFor(arrival)
      if (!hasStopped) this.#signWaiting()
      // Campfire is up, if it can deliver: whoever waits for it need wait no longer.
      if (!this.handler) this.#wakeWaiting()
      this.live.look()
    }
    // Also for a repeat: the first may have died between the row and the alarm.
    if (handler && !this.handler) await this.#takeTurnsAtOnce(handler)
    else await this.takeTurnsLater()
  }

  /** A message that may bring us down is on disk first, and so is one after which we were brought down before. */
  #mayBegin({ text }: Arrival) {
    return !this.handler && text.length <= MOST_AT_ONCE && !this.tables.attempts.isInDoubt()
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
    followClock(this.tables)
    const due = this.#nextDue()
    if (due === null || due > this.tables.now()) return await this.takeTurnsLater()
    const armed = this.ctx.storage.setAlarm(due)
    const work = this.#takeTurnsNow(handler).finally(() => {
      if (this.#work === work) this.#work = null
    })
    this.#work = work
    await armed
  }

  #expectAsker(arrival: Arrival) {
    const member = memberIn(this.env, this.tables)
    const bot = member && botSaved(this.tables, member)
    return bot && remembersPeople(bot) ? this.#askers.expect(arrival) : null
  }

  /** From a Worker of before the address was put right: the same Campfire, and so another object's. */
  async #handOn(told: Told) {
    const { place } = this.tables
    const { id } = campfireIn(this.env)
    if (normalised(place.url) !== id) throw new Error('This is no longer the Campfire we serve.')
    await this.env.ROOMS.getByName(nameOf({ ...place, url: id })).receive(told)
  }

  #wakeWaiting() {
    const { turns, reminders, now } = this.tables
    turns.wake(turns.unended(), now())
    reminders.posts.wake(now())
  }

  override async alarm() {
    if (!this.handler || !this.#work) return await this.#takeTurnsNow()
    const isOver = await outlasts(this.#work, this.#vitals)
    if (!isOver) this.#abort()
  }

  /** The platform may have given up what a request began, and then it never ends. The rows decide what is left of it. */
  #abort() {
    log.error('room.work_lost', { ...this.tables.place })
    this.ctx.abort('disconnected: operation canceled with the request that began it')
  }

  /** An alarm that failed too often is gone for good; open work brings it back when anything wakes us. */
  #isOpen() {
    const { sql, turns, inbox, reminders } = this.tables
    if (isNew(sql)) return false
    const waits = () => turns.nextAside() !== null || reminders.nextDue() !== null
    return turns.open() !== null || waits() || inbox.nextDue() !== null
  }

  /** While a handler is at work no alarm is set: it would replace the one that a crash fires again. */
  protected async takeTurnsLater() {
    if (this.handler) return this.handler.wake()

    followClock(this.tables)
    const due = this.#nextDue()
    const set = await this.ctx.storage.getAlarm()
    if (due !== null && (set === null || set > due)) await this.ctx.storage.setAlarm(due)
  }

  #nextDue() {
    return nextDue(this.tables, {
      env: this.env,
      report: this.report,
      troubles: this.#troubles,
    })
  }

  #newHandler() {
    const { env, ctx } = this
    const { storage } = ctx
    const outside = {
      env,
      storage,
      report: this.report,
      askers: this.#askers,
      news: this.news,
      budget: this.budget,
      vitals: this.#vitals,
      live: this.live,
    }
    return new Handler(this.tables, this.#background, outside)
  }

  async #takeTurnsNow(handler = this.#newHandler()) {
    followClock(this.tables)
    this.handler = handler
    try {
      await handler.takeTurns()
      // One that took no turn, though somebody waits, would not take it right away either.
      this.#troubles = handler.hasBegun || !isDue(this.tables) ? 0 : this.#troubles + 1
    } catch (error) {
      this.#troubles++
      log.error('room.alarm_failed', {
        ...this.tables.place,
        error: inShort(error),
        times: this.#troubles,
      })
    }
    // No `await` between the last look at the inbox and the alarm: what arrives now finds either a
    // handler that has still to look, or none, and then it sets the alarm itself.
    this.handler = null
    this.report.tell()
    const due = this.#nextDue()
    if (due !== null) await this.ctx.storage.setAlarm(due)
  }

  #stopFor(arrival: Arrival) {
    const atWork = this.handler?.turn ?? null
    const stopped = stopFor(this.tables, arrival, { env: this.env, atWork })
    if (stopped) this.cut(stopped)
    return stopped !== null
  }

  /** One that was set aside is at nothing, and whoever is answered meanwhile is not to suffer for it. */
  protected cut({ id }: TurnRow) {
    if (this.handler?.turn?.id === id) this.handler.stop()
  }

  #signWaiting() {
    const open = this.handler?.turn ?? this.tables.turns.open()
    const member = memberIn(this.env, this.tables)
    if (!open || open.ended !== null || !member) return
    const theirs = isScheduled(open) ? null : open.asker
    const asker = member.bot.whileWorking === 'queue' ? null : theirs
    const line = { asker, key: member.key, report: this.report }
    this.ctx.waitUntil(signWaiting(this.tables, line))
  }
}
