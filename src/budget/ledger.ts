import type {
  Bucket,
  BudgetChanges,
  BudgetRows,
  LentLease as Lease,
  Refused,
} from '../tables/account/budgets.ts'
import type { Limit } from './limits.ts'
import { type Per, type Period, periodAt } from './period.ts'

/** What came of a lease that is over. */
export interface Settled {
  number: number
  used: number
}

/** In percent: when the operator hears of a limit. */
export const NEARLY = 80
export const USED_UP = 100

/** One limit in one period, by the id of its bucket. */
export interface Place {
  id: string
  limit: Limit
  period: Period
}

/**
 * What one Campfire has spent, and what of its limits is lent to which room. No rows and no clock of its own:
 * whoever holds it writes `takeChanges` in the same commit. At each commit spent + lent ≤ limit, but where a
 * limit was lowered below that, or a call has exceeded its reserve; then nothing is lent.
 */
export class Ledger {
  #limits: Limit[] = []
  #timeZone = 'UTC'
  #version = ''
  #next: number
  #leases: Map<number, Lease>
  #buckets: Map<string, Bucket>
  #refused: Map<string, Refused>
  /** By bucket. */
  #lent = new Map<string, number>()
  #periods = new Map<Per, Period>()
  #changed = { leases: new Set<number>(), buckets: new Set<string>(), refused: new Set<string>() }
  #lentUntil: number

  constructor({ leases, buckets, refused, next }: BudgetRows) {
    this.#leases = new Map(leases.map((lease) => [lease.number, lease]))
    this.#buckets = new Map(buckets.map((bucket) => [bucket.id, bucket]))
    this.#refused = new Map(refused.map((one) => [one.key, one]))
    this.#next = next
    this.#lentUntil = next
    for (const lease of leases) this.#lend(lease, restOf(lease))
  }

  setLimits(limits: Limit[], timeZone: string, version: string) {
    this.#limits = limits
    this.#timeZone = timeZone
    this.#version = version
    this.#periods.clear()
    for (const limit of limits) this.#untell(limit)
  }

  get leases() {
    return [...this.#leases.values()]
  }

  has(number: number) {
    return this.#leases.has(number)
  }

  /** Whether anything limits whoever pays for these. */
  isLimited(scopes: string[]) {
    return this.#limits.some((limit) => scopes.includes(limit.for))
  }

  /** Each of their limits, in the period that it is. */
  placesOf(scopes: string[], now: number): Place[] {
    return this.#limits
      .filter((limit) => scopes.includes(limit.for))
      .map((limit) => this.#place(limit, now))
  }

  /** Below zero where a limit was lowered, or a call has exceeded its reserve. */
  left({ id, limit }: Pick<Place, 'id' | 'limit'>) {
    return limit.amount - this.spentIn(id) - this.lentIn(id)
  }

  spentIn(id: string) {
    return this.#buckets.get(id)?.spent ?? 0
  }

  lentIn(id: string) {
    return this.#lent.get(id) ?? 0
  }

  /** Somebody may soon have to wait for what is not used of it. */
  isNearIts(id: string, amount: number) {
    const limit = this.#limits.find((one) => id.startsWith(`${one.for} ${one.per} `))
    return limit !== undefined && this.left({ id, limit }) < amount
  }

  /** It was lent under these limits, in periods that are not over. */
  isCurrent({ version, buckets }: Lease, now: number) {
    return (
      version === this.#version && buckets.every((id) => (this.#buckets.get(id)?.ends ?? 0) > now)
    )
  }

  /** Until when it may be reserved on. Of a period that is over: nothing more is. */
  endOf({ buckets }: Lease, now: number) {
    const periods = this.#limits
      .map((limit) => this.#place(limit, now))
      .filter(({ id }) => buckets.includes(id))
      .map(({ period }) => period)
    return buckets.length === periods.length ? Math.min(...periods.map(({ ends }) => ends)) : 0
  }

  /** What there is of each limit now. */
  state(now: number) {
    return this.#limits.map((limit) => {
      const { id, period } = this.#place(limit, now)
      const { spent = 0, excess = 0, told = 0 } = this.#buckets.get(id) ?? {}
      const reserved = this.#lent.get(id) ?? 0
      return { ...limit, id, ...period, spent, reserved, excess, told }
    })
  }

  /** Leases that were lent under other limits than these, or have not been heard of since. */
  stale(before: number) {
    return this.leases.filter(({ version, heard }) => version !== this.#version || heard < before)
  }

  /** These are over. What is known to be over already changes nothing. */
  settle(holder: string, settled: Settled[]) {
    for (const { number, used } of settled) {
      const lease = this.#leases.get(number)
      if (lease?.holder !== holder) continue
      this.#use(lease, used)
      this.#lend(lease, -restOf(lease))
      this.#leases.delete(number)
      this.#changed.leases.add(number)
    }
  }

  /** What was used so far of leases that go on. */
  hear(holder: string, used: Settled[], now: number) {
    for (const one of used) {
      const lease = this.#leases.get(one.number)
      if (lease?.holder !== holder || one.used <= lease.used) continue
      this.#use(lease, one.used)
      lease.heard = now
    }
  }

  /** Somebody was refused what it had left, though it may be something. */
  hasRefused({ id, amount }: { id: string; amount: number }) {
    return [...this.#refused.keys()].some((key) => key.endsWith(` ${id} ${amount}`))
  }

  /** The operator was told so. */
  told(id: string, percent: number) {
    const bucket = this.#buckets.get(id)
    if (!bucket || bucket.told >= percent) return
    bucket.told = percent
    this.#changed.buckets.add(id)
  }

  /** One more lease; what it is lent of is reserved from now on. */
  grant(
    { holder, payer, amount }: Pick<Lease, 'holder' | 'payer' | 'amount'>,
    places: Place[],
    now: number,
  ): Lease {
    const number = this.#next++
    const buckets = places.map(({ id }) => id)
    const version = this.#version
    const lease = { number, holder, payer, amount, used: 0, buckets, version, heard: now }
    for (const { id, period } of places) this.#bucket(id, period.ends)
    this.#leases.set(number, lease)
    this.#changed.leases.add(number)
    this.#lend(lease, amount)
    return lease
  }

  /** Whether this asker hears of it for the first time in its period, or for the turn that has heard of it. */
  refused({ id, limit, period }: Place, { asker, turn }: { asker: number; turn: string }): boolean {
    // Where it was raised since, and is used up again, that is news; where it was lowered it is none.
    const known = [...this.#refused.values()].filter(
      (one) => one.key.startsWith(`${asker} ${id} `) && amountIn(one) >= limit.amount,
    )
    if (known.length) return known.some((one) => one.turn === turn)
    const key = `${asker} ${id} ${limit.amount}`
    this.#refused.set(key, { key, turn, until: period.ends })
    this.#changed.refused.add(key)
    return true
  }

  /** Where it was raised, what was told of it before is of another limit. */
  #untell({ for: whose, per, amount }: Limit) {
    for (const bucket of this.#buckets.values()) {
      const reached = bucket.spent >= amount ? USED_UP : bucket.spent >= amount * 0.8 ? NEARLY : 0
      if (!bucket.id.startsWith(`${whose} ${per} `) || bucket.told <= reached) continue
      bucket.told = reached
      this.#changed.buckets.add(bucket.id)
    }
  }

  takeChanges(): BudgetChanges {
    const { leases, buckets, refused } = this.#changed
    this.#changed = { leases: new Set(), buckets: new Set(), refused: new Set() }
    const next = this.#next === this.#lentUntil ? null : this.#next
    this.#lentUntil = this.#next
    return {
      leases: [...leases].flatMap((number) => this.#leases.get(number) ?? []),
      closed: [...leases].filter((number) => !this.#leases.has(number)),
      buckets: [...buckets].flatMap((id) => this.#buckets.get(id) ?? []),
      refused: [...refused].flatMap((key) => this.#refused.get(key) ?? []),
      next,
    }
  }

  #use(lease: Lease, used: number) {
    const more = Math.max(0, used - lease.used)
    if (!more) return
    const before = restOf(lease)
    const excess = Math.max(0, used - Math.max(lease.amount, lease.used))
    lease.used = used
    this.#changed.leases.add(lease.number)
    this.#lend(lease, restOf(lease) - before)
    for (const id of lease.buckets) {
      const bucket = this.#buckets.get(id)
      if (!bucket) continue
      bucket.spent += more
      bucket.excess += excess
      this.#changed.buckets.add(id)
    }
  }

  #lend({ buckets }: Lease, amount: number) {
    for (const id of buckets) this.#lent.set(id, (this.#lent.get(id) ?? 0) + amount)
  }

  #bucket(id: string, ends: number) {
    const known = this.#buckets.get(id)
    if (known?.ends === ends) return
    this.#buckets.set(id, { id, spent: 0, excess: 0, told: 0, ...known, ends })
    this.#changed.buckets.add(id)
  }

  #place(limit: Limit, now: number): Place {
    const known = this.#periods.get(limit.per)
    const isIn = known && known.begins <= now && now < known.ends
    const period = isIn ? known : periodAt(limit.per, now, this.#timeZone)
    this.#periods.set(limit.per, period)
    return { id: `${limit.for} ${limit.per} ${period.from}`, limit, period }
  }
}

function amountIn({ key }: Refused) {
  return Number(key.split(' ').at(-1))
}

export function restOf({ amount, used }: Lease) {
  return Math.max(0, amount - used)
}
