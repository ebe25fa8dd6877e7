import {
  Ledger,
  limitOf,
  markOf,
  type RoomTake,
  type Settled,
  serve,
  type Take,
  type Taken,
  wantedBy,
} from '../budget.ts'
import { MINUTE } from '../clock.ts'
import { BudgetTables } from '../tables/account/budgets.ts'
import { BudgetNotes } from './budget-notes.ts'
import { LeaseRecalls } from './lease-recalls.ts'
import { Limits } from './limits.ts'
import { Waiting } from './waiting.ts'

/** An idle room's lease comes home within the hour: each is asked for so long after it was last heard of. */
const IDLE = 25 * MINUTE
const EVERY = 15 * MINUTE
/** What could not be told is tried again so soon. */
const SOON = MINUTE

/** What one Campfire may spend, and the rooms that spend of it. */
export class Budgets {
  #ctx: DurableObjectState
  #tables: BudgetTables
  #limits: Limits
  #ledger: Ledger | null = null
  #waiting = new Waiting()
  #recalls: LeaseRecalls
  #notes: BudgetNotes

  constructor(ctx: DurableObjectState, env: Env) {
    const { sql } = ctx.storage
    this.#ctx = ctx
    this.#tables = new BudgetTables(sql)
    this.#limits = new Limits(sql, env, () => this.#keepToLimits())
    this.#recalls = new LeaseRecalls({
      env,
      sql,
      limitsOf: (room) => this.limitsOf(room),
      stale: () => this.#theLedger().stale(0),
      isLent: (number) => this.#theLedger().has(number),
      settle: (room, settled) => this.settle(room, settled),
    })
    this.#notes = new BudgetNotes({
      env,
      url: String(ctx.id.name),
      ledger: () => this.#theLedger(),
      timeZone: () => this.#limits.timeZone,
      write: () => this.#tables.write(this.#theLedger().takeChanges()),
    })
  }

  /** What a room has to know; undefined where nobody has ever set a limit. */
  knownTo(name: string) {
    return this.#limits.knownTo(name)
  }

  limitsOf(name: string) {
    return this.#limits.of(name)
  }

  /** Answers when it is lent, refused, or when the room has waited for so long. */
  async take(name: string, asked: RoomTake): Promise<Taken> {
    const limits = this.#limits.now()
    if (!limits.ok) {
      return { does: 'broken', field: limits.field, limits: this.limitsOf(name) }
    }
    const scopesOf = (payer: string) => this.#limits.scopesOf(name, payer)
    const payers = asked.payers.map((one) => ({ ...one, scopes: scopesOf(one.payer) }))
    const take: Take = { ...asked, holder: name, payers }
    const turn = `${name} ${asked.turn}`
    return await new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.sendAway(turn, { does: 'wait', limits: this.limitsOf(name) })
      }, asked.waitMs)
      const answer = (taken: Taken) => {
        clearTimeout(timer)
        resolve(taken)
      }
      this.#waiting.add(take, { turn, until: Date.now() + asked.waitMs, answer })
      this.#serve()
    })
  }

  settle(name: string, settled: Settled[]) {
    this.#theLedger().settle(name, settled)
    this.#serve()
  }

  /** What was used of leases that go on. */
  hear(name: string, used: Settled[]) {
    if (!used.length) return
    this.#theLedger().hear(name, used, Date.now())
    this.#serve()
  }

  /** As an operator sees them. */
  view() {
    const limits = this.#limits.now()
    const from = limits.isSet ? ('here' as const) : ('variable' as const)
    if (!limits.ok) return { broken: limits.field, from, timeZone: null, budgets: [] }
    const budgets = this.#theLedger()
      .state(Date.now())
      .map((one) => ({
        for: one.for,
        per: one.per,
        usd: one.amount / 1_000_000,
        spentUsd: one.spent / 1_000_000,
        reservedUsd: one.reserved / 1_000_000,
        excessUsd: one.excess / 1_000_000,
        from: new Date(one.begins).toISOString(),
        until: new Date(one.ends).toISOString(),
      }))
    return { broken: null, from, timeZone: limits.timeZone, budgets }
  }

  /**
   * Null: as the variable says. `from`: those that whoever changes them has seen. `note` writes down who did it, in one
   * commit with what they did. The field that cannot be kept, if there is one.
   */
  async change(
    value: unknown,
    from: string | null,
    note: (about: string) => void,
  ): Promise<string | null> {
    if (from !== null && from !== markOf(this.view())) return 'outdated'
    const broken = this.#limits.set(value)
    if (broken !== null) return broken
    const count = Array.isArray(value) ? value.length : 0
    note(value === null ? 'as the variable says' : `${count} ${count === 1 ? 'limit' : 'limits'}`)
    this.#serve()
    await this.#tellRooms()
    this.#ctx.waitUntil(this.#tellOperator())
    return null
  }

  /** Asks for what is out for long, and tells what could not be told before. */
  async alarm() {
    const ledger = this.#theLedger()
    await this.#tellRooms()
    const before = Date.now() - IDLE
    await this.#recalls.askFor(ledger.stale(before))
    this.#tables.prune(Date.now(), new Set(ledger.leases.flatMap(({ buckets }) => buckets)))
    await this.#tellOperator()
    if (ledger.leases.length) await this.#wakeIn(EVERY)
  }

  #serve() {
    const now = Date.now()
    const ledger = this.#theLedger()
    const answers = serve(ledger, this.#waiting.at(now), now)
    const changes = ledger.takeChanges()
    this.#tables.write(changes)
    this.#waiting.drop(answers)
    for (const [waiter, decision] of answers) {
      const limits = this.limitsOf(waiter.take.holder)
      const { timeZone } = this.#limits
      waiter.answer?.(
        decision.does === 'refuse' ? { ...decision, limits, timeZone } : { ...decision, limits },
      )
    }
    if (changes.leases.length) this.#ctx.waitUntil(this.#wakeIn(EVERY))
    if (changes.buckets.length || changes.refused.length) this.#ctx.waitUntil(this.#tellOperator())
    const { takes } = this.#waiting
    if (takes.length) this.#ctx.waitUntil(this.#recalls.askFor(wantedBy(takes, ledger, now)))
  }

  async #tellRooms() {
    const told = await this.#recalls.tellRooms(this.#limits.now().version)
    if (told === 'some not reached') await this.#wakeIn(SOON)
    else if (told === 'some to go') await this.#wakeIn(0)
  }

  async #tellOperator() {
    if (!(await this.#notes.tell())) await this.#wakeIn(SOON)
  }

  /** Never later than is set already. */
  async #wakeIn(ms: number) {
    const set = await this.#ctx.storage.getAlarm()
    const due = Date.now() + ms
    if (set === null || set > due) await this.#ctx.storage.setAlarm(due)
  }

  #theLedger() {
    if (!this.#ledger) {
      this.#ledger = new Ledger(this.#tables.read())
      this.#keepToLimits()
    }
    return this.#ledger
  }

  #keepToLimits() {
    const limits = this.#limits.now()
    const list = limits.ok ? limits.budgets.map(limitOf) : []
    this.#ledger?.setLimits(list, this.#limits.timeZone, limits.version)
  }
}
