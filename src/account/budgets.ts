import * as z from 'zod'
import { nameOf, placeOf } from '../address.ts'
import { membersOf } from '../bots.ts'
import {
  type Budget,
  Budgets as BudgetList,
  type BudgetNote,
  checkBudgets,
  Ledger,
  type Limit,
  limitOf,
  type Reading,
  type RoomTake,
  readBudgets,
  readTimeZone,
  type Settled,
  type Take,
  type Taken,
  type Waiting,
} from '../budget.ts'
import { MINUTE } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { hasPrice, usePrices } from '../model.ts'
import { envKey, type KnownLimits } from '../runtime.ts'
import { stored } from '../storage/json-column.ts'
import { BudgetTables, type LentLease } from '../tables/account/budgets.ts'

/** What an operator has set takes the place of the variable, until it is null. */
const Stored = z.object({ budgets: BudgetList.nullable(), revision: z.int() })

const SET = 'budgets'
/** An idle room's lease comes home within the hour: each is asked for so long after it was last heard of. */
const IDLE = 25 * MINUTE
const EVERY = 15 * MINUTE
/** What could not be told is tried again so soon. */
const SOON = MINUTE
/** Rooms that are told of new limits at once; the others a moment later. */
const AT_ONCE = 40
/** Whoever asked and was told to go on waiting is back by then, or not at all. */
const AWAY = 5_000
/** A lease that has a call on it comes home when that is over, and need not be asked for again so soon. */
const AGAIN = 5_000

interface Waiter extends Waiting {
  key: string
  until: number
  /** Null: it was sent away to look around. */
  answer: ((taken: Taken) => void) | null
}

type Effective =
  | {
      ok: true
      budgets: Budget[]
      timeZone: string
      isSet: boolean
      revision: number
      version: string
    }
  | { ok: false; field: string; isSet: boolean; revision: number; version: string }

/** The limits of one Campfire, and the rooms that spend of them. */
export class Budgets {
  #ctx: DurableObjectState
  #env: Env
  #tables: BudgetTables
  #ledger: Ledger | null = null
  #limits: Effective | null = null
  /** The variables that they were reckoned of. */
  #limitsOf = ''
  #waiting: Waiter[] = []
  /** When leases were asked for; memory only. */
  #asked = new Map<number, number>()
  #telling = false

  constructor(ctx: DurableObjectState, env: Env) {
    this.#ctx = ctx
    this.#env = env
    this.#tables = new BudgetTables(ctx.storage.sql)
    usePrices(env.PRICES)
  }

  /** What a room has to know; undefined where nobody has ever set a limit. */
  knownTo(name: string): KnownLimits | undefined {
    const limits = this.#effective()
    const isUnset = limits.ok && !limits.budgets.length && !limits.revision
    return isUnset && !this.#env.BUDGETS?.trim() ? undefined : this.limitsOf(name)
  }

  limitsOf(name: string): KnownLimits {
    const limits = this.#effective()
    const { version, revision } = limits
    const env = envKey(this.#env)
    // Nobody knows whose limits these were to be, so it is everybody's.
    if (!limits.ok) return { version, revision, env, here: true, people: [] }
    const scopes = this.#scopesOf(name, 'here')
    return {
      version,
      revision,
      env,
      here: limits.budgets.some((budget) => scopes.includes(budget.for)),
      people: limits.budgets
        .flatMap((budget) => /^person:(\d+)$/.exec(budget.for)?.[1] ?? [])
        .map(Number),
    }
  }

  /** Answers when it is lent, refused, or when the room has waited for so long. */
  async take(name: string, asked: RoomTake): Promise<Taken> {
    const limits = this.#effective()
    if (!limits.ok) {
      return { does: 'broken', field: limits.field, limits: this.limitsOf(name) }
    }
    const now = Date.now()
    const take: Take = {
      ...asked,
      holder: name,
      payers: asked.payers.map((one) => ({ ...one, scopes: this.#scopesOf(name, one.payer) })),
    }
    const key = `${name} ${asked.turn}`
    return await new Promise((resolve) => {
      const timer = setTimeout(() => this.#sendAway(key), asked.waitMs)
      const waiter: Waiter = {
        key,
        take,
        until: now + asked.waitMs + AWAY,
        answer: (taken) => {
          clearTimeout(timer)
          resolve(taken)
        },
      }
      this.#waiting = [...this.#waiting.filter((one) => one.key !== key), waiter]
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
    const limits = this.#effective()
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

  /** Null: as the variable says. The field that cannot be kept, if there is one. */
  /** `note` writes down who did it, in one commit with what they did. Null: done; else the field that is wrong. */
  async change(value: unknown, note: (about: string) => void): Promise<string | null> {
    const reading: Reading =
      value === null ? { ok: true, budgets: [] } : checkBudgets(value, this.#known())
    if (!reading.ok) return reading.field
    const revision = this.#effective().revision + 1
    const set = { budgets: value === null ? null : reading.budgets, revision }
    this.#ctx.storage.sql.exec(
      `INSERT INTO facts (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      SET,
      JSON.stringify(set satisfies z.infer<typeof Stored>),
    )
    const count = reading.budgets.length
    note(value === null ? 'as the variable says' : `${count} ${count === 1 ? 'limit' : 'limits'}`)
    this.#limits = null
    this.#effective()
    this.#serve()
    await this.#tellRooms()
    return null
  }

  /** Asks for what is out for long, and tells what could not be told before. */
  async alarm() {
    const ledger = this.#theLedger()
    await this.#tellRooms()
    const before = Date.now() - IDLE
    await this.#askFor(ledger.stale(before))
    this.#tables.prune(Date.now(), new Set(ledger.leases.flatMap(({ buckets }) => buckets)))
    await this.#tellOperator()
    if (ledger.leases.length) await this.#wakeIn(EVERY)
  }

  #serve() {
    const now = Date.now()
    this.#waiting = this.#waiting.filter(({ answer, until }) => answer || until > now)
    const ledger = this.#theLedger()
    const answers = ledger.serve(this.#waiting, now)
    const changes = ledger.takeChanges()
    this.#tables.write(changes)
    this.#waiting = this.#waiting.filter((waiter) => !answers.has(waiter))
    for (const [waiter, decision] of answers) {
      const limits = this.limitsOf(waiter.take.holder)
      const timeZone = this.#timeZone()
      waiter.answer?.(
        decision.does === 'refuse' ? { ...decision, limits, timeZone } : { ...decision, limits },
      )
    }
    if (changes.leases.length) this.#ctx.waitUntil(this.#wakeIn(EVERY))
    if (changes.buckets.length) this.#ctx.waitUntil(this.#tellOperator())
    const waiting = this.#waiting.map(({ take }) => take)
    if (waiting.length) this.#ctx.waitUntil(this.#askFor(ledger.wanted(waiting, now)))
  }

  #sendAway(key: string) {
    const waiter = this.#waiting.find((one) => one.key === key)
    if (!waiter?.answer) return
    const limits = this.limitsOf(waiter.take.holder)
    waiter.answer({ does: 'wait', limits })
    waiter.answer = null
    waiter.isAway = true
  }

  /** A room that cannot be reached keeps what it has: nobody knows what it was used for. */
  async #askFor(leases: LentLease[]) {
    const now = Date.now()
    const due = leases.filter(({ number }) => now - (this.#asked.get(number) ?? 0) >= AGAIN)
    for (const { number } of due) this.#asked.set(number, now)
    const byRoom = Map.groupBy(due, ({ holder }) => holder)
    await Promise.all(
      [...byRoom].slice(0, AT_ONCE).map(async ([holder, its]) => {
        const wanted = its.map(({ number, payer }) => ({ number, payer }))
        const settled = await this.#recall(holder, wanted)
        if (settled?.length) this.settle(holder, settled)
      }),
    )
    for (const number of this.#asked.keys()) {
      if (!this.#theLedger().has(number)) this.#asked.delete(number)
    }
  }

  async #recall(holder: string, wanted: { number: number; payer: string }[]) {
    try {
      return await this.#env.ROOMS.getByName(holder).recall(this.limitsOf(holder), wanted)
    } catch (error) {
      log.warn('room.not_reached', { error: inShort(error) })
      return null
    }
  }

  /** Each room that has told of itself and does not know these limits yet. What it was lent before comes home. */
  async #tellRooms() {
    const { version } = this.#effective()
    const rooms = this.#ctx.storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM rooms WHERE coalesce(limits, '') <> ? LIMIT ?",
        version,
        AT_ONCE,
      )
      .toArray()
    const told = await Promise.all(
      rooms.map(async ({ name }) => {
        const wanted = this.#theLedger()
          .stale(0)
          .filter(({ holder }) => holder === name)
        const settled = await this.#recall(name, wanted)
        if (!settled) return false
        this.#ctx.storage.sql.exec('UPDATE rooms SET limits = ? WHERE name = ?', version, name)
        this.settle(name, settled)
        return true
      }),
    )
    if (told.includes(false)) await this.#wakeIn(SOON)
    else if (rooms.length === AT_ONCE) await this.#wakeIn(0)
  }

  /** Once for each limit and period, at four fifths of it and when it is used up. */
  async #tellOperator() {
    const ledger = this.#theLedger()
    const due = ledger.state(Date.now()).flatMap((one) => {
      const percent = one.spent >= one.amount ? 100 : one.spent >= one.amount * 0.8 ? 80 : 0
      return one.amount > 0 && percent > one.told ? { ...one, percent } : []
    })
    if (!due.length || this.#telling) return
    this.#telling = true
    try {
      for (const { id, percent, ...one } of due) {
        const { spent, amount, ends, per } = one
        const note = { id, percent, whose: one.for, per, spent, amount, ends }
        log.warn('budget.nears_its_limit', { limit: one.for, per, percent })
        if (!(await this.#note({ ...note, timeZone: this.#timeZone() }))) {
          await this.#wakeIn(SOON)
          continue
        }
        ledger.told(id, percent)
        this.#tables.write(ledger.takeChanges())
      }
    } finally {
      this.#telling = false
    }
  }

  /** False: not now. Without a room for it, the log has it. */
  async #note(note: BudgetNote) {
    const room = Number(/^[1-9]\d{0,15}$/.exec(this.#env.OPERATOR_ROOM?.trim() ?? '')?.[0])
    const [bot] = membersOf(this.#env.BOT_KEYS).members
    if (!room || !bot) return true
    const url = String(this.#ctx.id.name)
    const name = nameOf({ url, room, bot: bot.userId })
    return await this.#env.ROOMS.getByName(name)
      .tellOperator(note)
      .catch((error: unknown) => {
        log.warn('room.not_reached', { error: inShort(error) })
        return false
      })
  }

  /** Never later than is set already. */
  async #wakeIn(ms: number) {
    const set = await this.#ctx.storage.getAlarm()
    const due = Date.now() + ms
    if (set === null || set > due) await this.#ctx.storage.setAlarm(due)
  }

  #theLedger() {
    if (!this.#ledger) {
      const ledger = new Ledger(this.#tables.read())
      this.#setLimits(ledger)
      this.#ledger = ledger
    }
    return this.#ledger
  }

  #setLimits(ledger: Ledger) {
    const limits = this.#effective()
    const list: Limit[] = limits.ok ? limits.budgets.map(limitOf) : []
    ledger.setLimits(list, this.#timeZone(), limits.version)
  }

  #timeZone() {
    return readTimeZone(this.#env.TIME_ZONE) ?? 'UTC'
  }

  /** What holds: what was set here, else the variable. */
  #effective(): Effective {
    const key = envKey(this.#env)
    if (this.#limits && this.#limitsOf === key) return this.#limits
    this.#limitsOf = key
    this.#limits = this.#reckon()
    if (this.#ledger) this.#setLimits(this.#ledger)
    return this.#limits
  }

  #reckon(): Effective {
    const [row] = this.#ctx.storage.sql
      .exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', SET)
      .toArray()
    const set = row ? stored(row.value, Stored, { table: 'facts', key: SET }) : null
    const { budgets = null, revision = 0 } = set ?? {}
    const isSet = budgets !== null
    const reading: Reading = budgets
      ? { ok: true, budgets }
      : readBudgets(this.#env.BUDGETS, this.#known())
    const timeZone = readTimeZone(this.#env.TIME_ZONE)
    const broken = !reading.ok ? reading.field : timeZone ? null : 'TIME_ZONE'
    const version = JSON.stringify(reading.ok && !reading.budgets.length ? '' : [reading, timeZone])
    if (!reading.ok || (reading.budgets.length && !timeZone)) {
      log.error('budgets.broken', { field: broken })
      return { ok: false, field: broken ?? '', isSet, revision, version }
    }
    return {
      ok: true,
      budgets: reading.budgets,
      timeZone: timeZone ?? 'UTC',
      isSet,
      revision,
      version,
    }
  }

  #known() {
    const { members } = membersOf(this.#env.BOT_KEYS)
    return {
      bots: members.map(({ bot: { name, model, fallbackModel } }) => ({
        name,
        models: [model, ...(fallbackModel ? [fallbackModel] : [])],
      })),
      isPriced: hasPrice,
    }
  }

  #scopesOf(name: string, payer: string) {
    if (payer !== 'here') return [payer]
    const { room, bot } = placeOf(name)
    const member = membersOf(this.#env.BOT_KEYS).members.find(({ userId }) => userId === bot)
    return ['installation', `room:${room}`, ...(member ? [`bot:${member.bot.name}`] : [])]
  }
}
