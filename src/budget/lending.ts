import type { LentLease as Lease } from '../tables/account/budgets.ts'
import { type Ledger, type Place, restOf, type Settled } from './ledger.ts'
import type { Per } from './period.ts'

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
  /** `NOBODY`: it is for the room itself. */
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
  /** Reserved: what is left may come back, but not in time. */
  | { does: 'refuse'; limit: Spent; isFirst: boolean; isReserved: boolean }

export const NOBODY = 0

/** So many calls at their worst are lent at once, and never more than this share of what is left. */
const CALLS = 8
const SHARE = 1 / 8

/** Each answer that can be given now, in order of arrival; whoever is not among them goes on waiting. */
export function serve<T extends Waiting>(ledger: Ledger, waiting: T[], now: number) {
  const answers = new Map<T, Decision>()
  const round = new Round(ledger, now)
  for (const { take } of waiting) ledger.settle(take.holder, take.settled)
  for (const one of waiting.toSorted((a, b) => a.take.since - b.take.since)) {
    const decision = one.isAway ? null : round.decide(one.take)
    if (decision && decision.does !== 'wait') answers.set(one, decision)
    else round.hold(one.take)
  }
  return answers
}

/** Leases of other rooms whose rest these wait for. */
export function wantedBy(waiting: Take[], ledger: Ledger, now: number): Lease[] {
  const short = new Set(
    waiting.flatMap((take) =>
      take.payers
        .flatMap((payer) => ledger.placesOf(payer.scopes, now))
        .filter((place) => ledger.left(place) < take.need)
        .map(({ id }) => id),
    ),
  )
  return ledger.leases.filter(
    (lease) => restOf(lease) > 0 && lease.buckets.some((id) => short.has(id)),
  )
}

/** Who is lent something, who waits and who is refused, at one moment. */
class Round {
  #ledger: Ledger
  #now: number
  /** What those who came first wait for, by bucket. */
  #held = new Map<string, number>()

  constructor(ledger: Ledger, now: number) {
    this.#ledger = ledger
    this.#now = now
  }

  decide(take: Take): Decision {
    const payers = take.payers.filter(({ scopes }) => this.#ledger.isLimited(scopes))
    const answers = payers.map((payer) => ({ payer, lost: this.#lostOn(take, payer) }))
    const old = answers.flatMap(({ lost }) => lost.map((lease) => this.#granted(lease)))
    const open = answers.filter(({ lost }) => !lost.some((lease) => this.#suits(lease, take)))
    const places = open.flatMap(({ payer }) => this.#placesOf(payer))
    const short = places.filter((place) => this.#free(place) < take.need)

    const spent = short.filter(
      ({ id, limit }) => limit.amount - this.#ledger.spentIn(id) < take.least,
    )
    const [gone] = spent.toSorted((a, b) => b.period.ends - a.period.ends)
    if (gone) return this.#refuse(take, gone)
    const isReserved = short.some(({ id }) => this.#ledger.lentIn(id) + this.#heldIn(id) > 0)
    if (isReserved && !take.isLast) return { does: 'wait' }
    const least = short.toSorted((a, b) => this.#free(a) - this.#free(b))[0]
    const most = least ? this.#free(least) : take.need
    // Nothing is noted of it: where it is used up later, that is news.
    if (least && most < take.least) return refusal(least, { isFirst: true, isReserved: true })

    const need = Math.min(take.need, most)
    const fresh = open.map(({ payer }) => this.#grant(take, payer, need))
    return { does: 'grant', leases: [...old, ...fresh.map((lease) => this.#granted(lease))] }
  }

  /** Whoever comes later gets nothing of what this one waits for. */
  hold({ payers, need }: Take) {
    for (const { id } of payers.flatMap((payer) => this.#placesOf(payer))) {
      this.#held.set(id, this.#heldIn(id) + need)
    }
  }

  /**
   * What was lent to this room and it does not know of, since our answer was lost, goes there again. What it can
   * never have is over.
   */
  #lostOn({ holder }: Take, { payer, seen, open }: Payer) {
    const unknown = this.#ledger.leases.filter(
      (lease) => lease.holder === holder && lease.payer === payer && !open.includes(lease.number),
    )
    const never = unknown.filter(({ number }) => number <= seen)
    this.#ledger.settle(
      holder,
      never.map(({ number, used }) => ({ number, used })),
    )
    return unknown.filter(({ number }) => number > seen)
  }

  #suits(lease: Lease, { need }: Take) {
    return restOf(lease) >= need && this.#ledger.isCurrent(lease, this.#now)
  }

  #grant({ holder }: Take, payer: Payer, need: number): Lease {
    const places = this.#placesOf(payer)
    const left = Math.min(...places.map((place) => this.#free(place)))
    const amount = Math.max(need, Math.min(need * CALLS, Math.floor(left * SHARE)))
    return this.#ledger.grant({ holder, payer: payer.payer, amount }, places, this.#now)
  }

  #granted(lease: Lease): Granted {
    const { payer, number, amount, version, buckets } = lease
    return {
      payer,
      number,
      amount,
      version,
      ends: this.#ledger.endOf(lease, this.#now),
      isBrief: buckets.some((id) => this.#ledger.isNearIts(id, amount)),
    }
  }

  #refuse({ asker, turn }: Take, place: Place): Decision {
    // What nobody has asked for is missed by nobody, and may be far more than an answer.
    const isFirst = asker === NOBODY || this.#ledger.refused(place, { asker, turn })
    return refusal(place, { isFirst, isReserved: false })
  }

  #placesOf({ scopes }: Payer) {
    return this.#ledger.placesOf(scopes, this.#now)
  }

  #free(place: Place) {
    return this.#ledger.left(place) - this.#heldIn(place.id)
  }

  #heldIn(id: string) {
    return this.#held.get(id) ?? 0
  }
}

function refusal(
  { limit, period }: Place,
  how: { isFirst: boolean; isReserved: boolean },
): Decision {
  return { does: 'refuse', limit: { for: limit.for, per: limit.per, ends: period.ends }, ...how }
}
