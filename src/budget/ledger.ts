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

/** A room asks for what it has to reserve. All that it says stays true however late or often it arrives. */
export interface Take {
  holder: string
  payers: Payer[]
  need: number
  /** Less than this is of no use. */
  least: number
  /** When the turn began: whoever came first is served first. */
  since: number
  /** It waits no longer: what there is, or nothing. */
  isLast: boolean
  asker: number
  turn: string
  /** Leases that are over. */
  settled: Settled[]
}

export interface Payer {
  payer: string
  /** Whose limits hold for it: `installation`, `room:5`. */
  scopes: string[]
  /** The highest number that was ever seen there: what is not open of those up to it never will be. */
  seen: number
  open: number[]
}

export interface Granted extends Pick<Lease, 'payer' | 'number' | 'amount' | 'version'> {
  ends: number
  /** There is little left: it comes home as soon as its call is settled. */
  isBrief: boolean
}

export interface Waiting {
  take: Take
  /** It will ask again in a moment, and keeps its place until then. */
  isAway?: boolean
}

/** The limit that is in the way. */
export interface Spent {
  for: string
  per: Per
  ends: number
}

export type Decision =
  | { does: 'grant'; leases: Granted[] }
  | { does: 'wait' }
  | { does: 'refuse'; limit: Spent; isFirst: boolean }

/** So many calls at their worst are lent at once, and never more than this share of what is left. */
const CALLS = 8
const SHARE = 1 / 8

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

  /** What there is of each limit now. */
  state(now: number) {
    return this.#limits.map((limit) => {
      const { id, period } = this.#place(limit, now)
      const { spent = 0, excess = 0, told = 0 } = this.#buckets.get(id) ?? {}
      const reserved = this.#lent.get(id) ?? 0
      return { ...limit, id, ...period, spent, reserved, excess, told }
    })
  }

  /** Each answer that can be given now, in order of arrival; whoever is not among them goes on waiting. */
  serve<T extends Waiting>(waiting: T[], now: number): Map<T, Decision> {
    const answers = new Map<T, Decision>()
    const held = new Map<string, number>()
    for (const { take } of waiting) this.settle(take.holder, take.settled)
    for (const one of waiting.toSorted((a, b) => a.take.since - b.take.since)) {
      const decision = one.isAway ? null : this.#decide(one.take, held, now)
      if (decision && decision.does !== 'wait') answers.set(one, decision)
      else this.#hold(one.take, held, now)
    }
    return answers
  }

  /** Leases of other rooms whose rest these wait for. */
  wanted(waiting: Take[], now: number): Lease[] {
    const short = new Set(
      waiting.flatMap((take) =>
        take.payers
          .flatMap((payer) => this.#placesOf(payer.scopes, now))
          .filter(({ id, limit }) => this.#left(id, limit) < take.need)
          .map(({ id }) => id),
      ),
    )
    return this.leases.filter(
      (lease) => restOf(lease) > 0 && lease.buckets.some((id) => short.has(id)),
    )
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

  /** The operator was told so. */
  told(id: string, percent: number) {
    const bucket = this.#buckets.get(id)
    if (!bucket || bucket.told >= percent) return
    bucket.told = percent
    this.#changed.buckets.add(id)
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

  #decide(take: Take, held: Map<string, number>, now: number): Decision {
    const payers = take.payers.filter(({ scopes }) => this.isLimited(scopes))
    const answers = payers.map((payer) => ({ payer, lost: this.#lostOn(take, payer) }))
    const old = answers.flatMap(({ lost }) => lost.map((lease) => this.#granted(lease, now)))
    const open = answers.filter(({ lost }) => !lost.some((lease) => this.#suits(lease, take, now)))
    const places = open.flatMap(({ payer }) => this.#placesOf(payer.scopes, now))
    const short = places.filter((place) => this.#free(place, held) < take.need)

    const spent = short.filter(({ id, limit }) => limit.amount - this.#spentIn(id) < take.least)
    const [gone] = spent.toSorted((a, b) => b.period.ends - a.period.ends)
    if (gone) return this.#refuse(take, gone)
    const isReserved = short.some(({ id }) => (this.#lent.get(id) ?? 0) + (held.get(id) ?? 0) > 0)
    if (isReserved && !take.isLast) return { does: 'wait' }
    const least = short.toSorted((a, b) => this.#free(a, held) - this.#free(b, held))[0]
    const most = least ? this.#free(least, held) : take.need
    if (least && most < take.least) return this.#refuse(take, least)

    const need = Math.min(take.need, most)
    const fresh = open.map(({ payer }) => this.#grant(take, payer, { need, held, now }))
    return { does: 'grant', leases: [...old, ...fresh.map((lease) => this.#granted(lease, now))] }
  }

  /** Whoever comes later gets nothing of what this one waits for. */
  #hold({ payers, need }: Take, held: Map<string, number>, now: number) {
    for (const { id } of payers.flatMap(({ scopes }) => this.#placesOf(scopes, now))) {
      held.set(id, (held.get(id) ?? 0) + need)
    }
  }

  /**
   * What was lent to this room and it does not know of, since our answer was lost, goes there again. What it can
   * never have is over.
   */
  #lostOn({ holder }: Take, { payer, seen, open }: Payer) {
    const unknown = this.leases.filter(
      (lease) => lease.holder === holder && lease.payer === payer && !open.includes(lease.number),
    )
    const never = unknown.filter(({ number }) => number <= seen)
    this.settle(
      holder,
      never.map(({ number, used }) => ({ number, used })),
    )
    return unknown.filter(({ number }) => number > seen)
  }

  #suits(lease: Lease, { need }: Take, now: number) {
    return lease.version === this.#version && restOf(lease) >= need && this.#isCurrent(lease, now)
  }

  #isCurrent({ buckets }: Lease, now: number) {
    return buckets.every((id) => (this.#buckets.get(id)?.ends ?? 0) > now)
  }

  #grant(
    { holder }: Take,
    { payer, scopes }: Payer,
    { need, held, now }: { need: number; held: Map<string, number>; now: number },
  ): Lease {
    const places = this.#placesOf(scopes, now)
    const left = Math.min(...places.map((place) => this.#free(place, held)))
    const amount = Math.max(need, Math.min(need * CALLS, Math.floor(left * SHARE)))
    const number = this.#next++
    const buckets = places.map(({ id }) => id)
    const lease = {
      number,
      holder,
      payer,
      amount,
      used: 0,
      buckets,
      version: this.#version,
      heard: now,
    }
    for (const { id, period } of places) this.#bucket(id, period.ends)
    this.#leases.set(number, lease)
    this.#changed.leases.add(number)
    this.#lend(lease, amount)
    return lease
  }

  #granted({ payer, number, amount, version, buckets }: Lease, now: number): Granted {
    const periods = this.#limits
      .map((limit) => this.#place(limit, now))
      .filter(({ id }) => buckets.includes(id))
      .map(({ period }) => period)
    const known = buckets.length === periods.length
    return {
      payer,
      number,
      amount,
      version,
      // Of a period that is over: nothing more is reserved on it.
      ends: known ? Math.min(...periods.map(({ ends }) => ends)) : 0,
      isBrief: buckets.some((id) => this.#isNearIts(id, amount)),
    }
  }

  /** Somebody may soon have to wait for what is not used of it. */
  #isNearIts(id: string, amount: number) {
    const limit = this.#limits.find((one) => id.startsWith(`${one.for} ${one.per} `))
    return limit !== undefined && this.#left(id, limit) < amount
  }

  #refuse({ asker, turn }: Take, { id, limit, period: { ends } }: Spot): Decision {
    // Where it was raised since, and is used up again, that is news.
    const key = `${asker} ${id} ${limit.amount}`
    const known = this.#refused.get(key)
    if (!known) {
      this.#refused.set(key, { key, turn, until: ends })
      this.#changed.refused.add(key)
    }
    const isFirst = !known || known.turn === turn
    return { does: 'refuse', limit: { for: limit.for, per: limit.per, ends }, isFirst }
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

  #placesOf(scopes: string[], now: number): Spot[] {
    return this.#limits
      .filter((limit) => scopes.includes(limit.for))
      .map((limit) => this.#place(limit, now))
  }

  #place(limit: Limit, now: number): Spot {
    const known = this.#periods.get(limit.per)
    const isIn = known && known.begins <= now && now < known.ends
    const period = isIn ? known : periodAt(limit.per, now, this.#timeZone)
    this.#periods.set(limit.per, period)
    return { id: `${limit.for} ${limit.per} ${period.from}`, limit, period }
  }

  #free({ id, limit }: Spot, held: Map<string, number>) {
    return this.#left(id, limit) - (held.get(id) ?? 0)
  }

  #left(id: string, limit: Limit) {
    return limit.amount - this.#spentIn(id) - (this.#lent.get(id) ?? 0)
  }

  #spentIn(id: string) {
    return this.#buckets.get(id)?.spent ?? 0
  }
}

interface Spot {
  id: string
  limit: Limit
  period: Period
}

function restOf({ amount, used }: Lease) {
  return Math.max(0, amount - used)
}
