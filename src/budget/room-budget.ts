import { nameOf } from '../address.ts'
import { inShort, log } from '../log.ts'
import {
  type Counted,
  leastTokensOf,
  mostTokensFor,
  type Worst,
  worstAt,
  worstOf,
} from '../model/worst-case.ts'
import type { Prompt } from '../model.ts'
import { hashOf } from '../prompt.ts'
import { type AccountReport, envKey, type KnownLimits } from '../runtime.ts'
import type { Lease, Reserve } from '../tables/room/budget/leases.ts'
import type { Tables } from '../tables.ts'
import { BudgetsBroken, LimitReached } from './errors.ts'
import type { Settled } from './ledger.ts'
import { type Granted, NOBODY, type Payer, type Spent, type Take } from './lending.ts'
import {
  acknowledged,
  adopted,
  closing,
  freeOf,
  leaseFor,
  recalled,
  settledIn,
  shutBrief,
  standing,
} from './purse.ts'

/** What a room asks the account for; the account knows whose limits hold for it. */
export interface RoomTake extends Omit<Take, 'holder' | 'payers'> {
  payers: Omit<Payer, 'scopes'>[]
  /** So long nobody minds waiting for an answer. */
  waitMs: number
}

export type Taken = { limits: KnownLimits } & (
  | { does: 'grant'; leases: Granted[] }
  | { does: 'wait' }
  | { does: 'refuse'; limit: Spent; isFirst: boolean; isReserved: boolean; timeZone: string }
  | { does: 'broken'; field: string }
)

/** One call of the model, and who pays for it. */
export interface Call {
  /** Null: nobody asked for it. */
  asker: number | null
  /** Names the turn to the account. */
  turn: string
  since: number
  prompt: Prompt
  /** What the API has counted of requests that may have begun like this one, newest first. */
  counted: Counted[]
}

export interface Patience {
  waitMs: number
  /** It waits no longer. */
  isLast: boolean
}

/** What a call may cost at the most, and the request that keeps to it. */
export interface Paid {
  prompt: Prompt
  reserve: Reserve
}

/**
 * What this room may spend, where a limit is set. Nothing is asked of anyone before: the account is asked for
 * a lease when there is none that the next call fits in, and told when one is over.
 */
export class RoomBudget {
  #tables: Tables
  #env: Env
  #report: AccountReport
  #wait: (work: Promise<unknown>) => void
  /** One trip at a time: what the account sends is for the one that has asked. */
  #trips: Promise<unknown> = Promise.resolve()

  constructor(
    tables: Tables,
    env: Env,
    { report, wait }: { report: AccountReport; wait: (work: Promise<unknown>) => void },
  ) {
    this.#tables = tables
    this.#env = env
    this.#report = report
    this.#wait = wait
  }

  /** False: what is left is reserved for others, and some of that may come back. */
  async ready(callOf: () => Call, patience: Patience): Promise<boolean> {
    const limits = await this.#limits()
    if (!limits) return true
    const call = callOf()
    const payers = payersOf(limits, call.asker)
    if (!payers.length) return true
    const worst = worstFor(call)
    const need = worstAt(worst, call.prompt.maxTokens)
    if (!this.#lacking(payers, limits, need).length) return true
    const trip = this.#trips.then(() => this.#take(call, worst, { payers, limits, ...patience }))
    this.#trips = trip.catch(() => {})
    return await trip
  }

  /** No limit holds for it. */
  isFree(asker: number | null) {
    const limits = this.#report.limits()
    return !limits || !payersOf(limits, asker).length
  }

  /** Null: it does not fit in what there is, not even with a shorter answer. */
  reserve(call: Call): Paid | null {
    const limits = this.#report.limits()
    const payers = limits ? payersOf(limits, call.asker) : []
    if (!limits || !payers.length) return null
    const { leases, now } = this.#tables
    const [held, uses] = [leases.all(), leases.uses()]
    const wish = { version: limits.version, now: now() }
    const found = payers.map((payer) => leaseFor(held, uses, { ...wish, payer }))
    const known = found.filter((lease) => lease !== null)
    if (known.length < payers.length) return null

    const worst = worstFor(call)
    const { prompt } = call
    const free = Math.min(...known.map((lease) => freeOf(lease, uses)))
    const maxTokens = Math.min(prompt.maxTokens, mostTokensFor(worst, free))
    if (maxTokens < leastTokensOf(prompt)) return null
    const { size, hash } = worst
    const amount = worstAt(worst, maxTokens)
    return {
      prompt: { ...prompt, maxTokens },
      reserve: { amount, leases: known.map(({ number }) => number), size, hash },
    }
  }

  /** A call is over: what comes home with it is told, and nobody waits for that. */
  settled() {
    const { leases, place } = this.#tables
    const [held, uses] = [leases.all(), leases.uses()]
    const after = shutBrief(held, uses)
    leases.write(held, after)
    const settled = settledIn(after, uses)
    if (!settled.length) return
    const telling = this.#account()
      .settle(nameOf(place), settled)
      .then(() => this.#change((leases) => acknowledged(leases, settled)))
      .catch((error: unknown) => log.warn('account.not_reached', { error: inShort(error) }))
    this.#wait(telling)
  }

  /** The account wants these back. What a call has on one still comes when that is settled. */
  recall(limits: KnownLimits | null, wanted: Pick<Lease, 'number' | 'payer'>[]): Settled[] {
    if (limits) this.#report.learnLimits(limits)
    if (!wanted.length) return []
    const { leases } = this.#tables
    this.#change((held) => wanted.reduce(recalled, held))
    const held = leases.all()
    const never = wanted
      .filter(({ number }) => !held.some((one) => one.number === number && one.state !== 'closed'))
      .map(({ number }) => ({ number, used: 0 }))
    return [...settledIn(held, leases.uses()), ...never]
  }

  async #take(
    call: Call,
    worst: Worst,
    { payers, limits, waitMs, isLast }: Patience & { payers: string[]; limits: KnownLimits },
  ): Promise<boolean> {
    const { leases, place } = this.#tables
    const { prompt, since, turn, asker } = call
    const need = worstAt(worst, prompt.maxTokens)
    // Whoever was before us may have been lent enough for both.
    const lacking = this.#lacking(payers, limits, need)
    if (!lacking.length) return true

    const held = this.#change((before) => closing(before, lacking))
    const settled = settledIn(held, leases.uses())
    const taken = await this.#account().take(nameOf(place), {
      payers: lacking.map((payer) => standing(held, payer)),
      need,
      least: worstAt(worst, leastTokensOf(prompt)),
      since,
      isLast,
      asker: asker ?? NOBODY,
      turn,
      settled,
      waitMs,
    })
    const granted = taken.does === 'grant' ? taken.leases : []
    this.#change((before) => adopted(before, granted, settled))
    this.#report.learnLimits(taken.limits)
    switch (taken.does) {
      case 'refuse':
        throw new LimitReached(taken)
      case 'broken':
        throw new BudgetsBroken(taken.field)
      case 'wait':
        return false
      case 'grant':
        return true
    }
  }

  #lacking(payers: string[], { version }: KnownLimits, need: number) {
    const { leases, now } = this.#tables
    const [held, uses] = [leases.all(), leases.uses()]
    return payers.filter((payer) => {
      const lease = leaseFor(held, uses, { payer, version, now: now() })
      return !lease || freeOf(lease, uses) < need
    })
  }

  #change(change: (before: Lease[]) => Lease[]) {
    const { leases } = this.#tables
    const before = leases.all()
    const after = change(before)
    leases.write(before, after)
    return after
  }

  /** Null: none is set. Only where the Worker's own are new is the account asked for them. */
  async #limits(): Promise<KnownLimits | null> {
    const isSet = Boolean(this.#env.BUDGETS?.trim())
    const known = this.#report.limits() ?? (isSet ? null : await this.#report.firstLimits())
    if (known ? known.env === envKey(this.#env) : !isSet) return known
    const asked = await this.#account().limitsOf(nameOf(this.#tables.place))
    this.#report.learnLimits(asked)
    return asked
  }

  #account() {
    return this.#env.ACCOUNTS.getByName(this.#tables.place.url)
  }
}

/** Whose leases a call is reserved on. Whoever a bot or somebody else names as the asker counts as that person. */
function payersOf({ here, people }: KnownLimits, asker: number | null) {
  const person = asker === null ? null : Math.abs(asker)
  const isLimited = person !== null && people.includes(person)
  return [...(here ? ['here'] : []), ...(isLimited ? [`person:${person}`] : [])]
}

function worstFor({ prompt, counted }: Call): Worst {
  const worst = worstOf(prompt, counted, hashOf)
  if (!worst) throw new BudgetsBroken(`${prompt.model} has no price`)
  return worst
}
