import * as z from 'zod'
import { placeOf } from '../address.ts'
import { membersOf } from '../bots.ts'
import {
  type Budget,
  Budgets as BudgetList,
  checkBudgets,
  type Reading,
  readBudgets,
  readTimeZone,
} from '../budget.ts'
import { log } from '../log.ts'
import { hasPrice, usePrices } from '../model.ts'
import { envKey, type KnownLimits } from '../runtime.ts'
import { stored } from '../storage.ts'

/** What an operator has set takes the place of the variable, until it is null. */
const Stored = z.object({
  budgets: BudgetList.nullable(),
  revision: z.int(),
  /** Whom a limit of a bot meant then, by their numbers: one that has another name since keeps it. */
  bots: z.record(z.string(), z.int()).optional(),
})

const SET = 'budgets'

type Effective = { isSet: boolean; revision: number; version: string } & (
  | { ok: true; budgets: Budget[]; timeZone: string; bots: Record<string, number> }
  | { ok: false; field: string }
)

/** Which limits hold in one Campfire, and for whom. */
export class Limits {
  #sql: SqlStorage
  #env: Env
  /** Whoever keeps to them. */
  #onChange: () => void
  #known: Effective | null = null
  /** The variables that they were reckoned of. */
  #knownOf = ''

  constructor(sql: SqlStorage, env: Env, onChange: () => void) {
    this.#sql = sql
    this.#env = env
    this.#onChange = onChange
    usePrices(env.PRICES)
  }

  /** What holds: what was set here, else the variable. */
  now(): Effective {
    const key = envKey(this.#env)
    if (this.#known && this.#knownOf === key) return this.#known
    this.#knownOf = key
    this.#known = this.#reckon()
    this.#onChange()
    return this.#known
  }

  get timeZone() {
    return readTimeZone(this.#env.TIME_ZONE) ?? 'UTC'
  }

  /** Null: as the variable says. The field that cannot be kept, if there is one. */
  set(value: unknown): string | null {
    const { revision: before } = this.now()
    const reading: Reading =
      value === null ? { ok: true, budgets: [] } : checkBudgets(value, this.#there())
    if (!reading.ok) return reading.field
    const revision = before + 1
    const budgets = value === null ? null : reading.budgets
    const named = this.#bots().filter(({ name }) => reading.budgets.some(isFor(name)))
    const bots = Object.fromEntries(named.map(({ name, userId }) => [name, userId]))
    const set = { budgets, revision, bots }
    this.#sql.exec(
      `INSERT INTO facts (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      SET,
      JSON.stringify(set satisfies z.infer<typeof Stored>),
    )
    this.#known = null
    this.now()
    return null
  }

  /** What a room has to know; undefined where nobody has ever set a limit. */
  knownTo(name: string): KnownLimits | undefined {
    const limits = this.now()
    const isUnset = limits.ok && !limits.budgets.length && !limits.revision
    return isUnset && !this.#env.BUDGETS?.trim() ? undefined : this.of(name)
  }

  of(name: string): KnownLimits {
    const limits = this.now()
    const { version, revision } = limits
    const env = envKey(this.#env)
    // Nobody knows whose limits these were to be, so it is everybody's.
    if (!limits.ok) return { version, revision, env, here: true, people: [] }
    const scopes = this.scopesOf(name, 'here')
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

  /** Whose limits hold for what a room spends, be it for itself or for a person. */
  scopesOf(name: string, payer: string) {
    if (payer !== 'here') return [payer]
    const { room, bot } = placeOf(name)
    const names = this.#bots().filter(({ userId }) => userId === bot)
    return ['installation', `room:${room}`, ...names.map(({ name }) => `bot:${name}`)]
  }

  #reckon(): Effective {
    const [row] = this.#sql
      .exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', SET)
      .toArray()
    const set = row ? stored(row.value, Stored, { table: 'facts', key: SET }) : null
    const { budgets = null, revision = 0, bots = {} } = set ?? {}
    const isSet = budgets !== null
    const reading: Reading = budgets
      ? { ok: true, budgets }
      : readBudgets(this.#env.BUDGETS, this.#there())
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
      bots,
      isSet,
      revision,
      version,
    }
  }

  /** Each by its name, and by the one that it had when a limit was set for it. */
  #bots() {
    const { members } = membersOf(this.#env.BOT_KEYS)
    const known = members.map(({ bot, userId }) => ({ bot, userId, name: bot.name }))
    const former = Object.entries(this.#known?.ok ? this.#known.bots : {}).flatMap(([name, id]) => {
      const renamed = members.find(({ userId }) => userId === id)
      return renamed && !members.some(({ bot }) => bot.name === name) ? { ...renamed, name } : []
    })
    return [...known, ...former]
  }

  #there() {
    const bots = this.#bots().map(({ name, bot: { model, fallbackModel } }) => ({
      name,
      models: [model, ...(fallbackModel ? [fallbackModel] : [])],
    }))
    return { bots, isPriced: hasPrice }
  }
}

function isFor(name: string) {
  return (budget: Budget) => budget.for === `bot:${name}`
}
