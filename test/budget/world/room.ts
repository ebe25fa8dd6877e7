import type { Take } from '../../../src/budget/lending.ts'
import {
  closing,
  freeOf,
  type HeldLease,
  leaseFor,
  recalled,
  settledIn,
  standing,
  type Uses,
} from '../../../src/budget/purse.ts'

export interface Wish {
  room: SimRoom
  payers: string[]
  asker: number
  need: number
  since: number
}

export interface Call {
  leases: number[]
  reserve: number
  /** Null while it is under way. */
  cost: number | null
}

/** One room: its rows, and what it only remembers. */
export class SimRoom {
  held: HeldLease[] = []
  calls: Call[] = []
  /** Memory. */
  wish: Wish | null = null
  version = ''
  readonly name: string
  readonly scopes: string[]

  constructor(number: number, bot: number) {
    this.name = `rooms/${number}/bots/${bot}`
    this.scopes = ['installation', `bot:${bot}`, `room:${number}`]
  }

  get uses(): Uses {
    const uses: Uses = new Map()
    for (const { leases, cost, reserve } of this.calls) {
      for (const number of leases) {
        const { settled, open } = uses.get(number) ?? { settled: 0, open: 0 }
        uses.set(number, {
          settled: settled + (cost ?? 0),
          open: open + (cost === null ? reserve : 0),
        })
      }
    }
    return uses
  }

  /** What has to be asked for before this can be reserved, or null: it is all here. */
  lacks(wish: Wish, now: number, isLast = false): Take | null {
    const { payers, need } = wish
    const missing = payers.filter((payer) => {
      const lease = leaseFor(this.held, this.uses, { payer, version: this.version, now })
      return !lease || freeOf(lease, this.uses) < need
    })
    if (!missing.length) return null
    this.held = closing(this.held, missing)
    return {
      holder: this.name,
      payers: missing.map((payer) => ({
        ...standing(this.held, payer),
        scopes: this.scopesOf(payer),
      })),
      need,
      least: Math.ceil(need / 4),
      since: wish.since,
      isLast,
      asker: wish.asker,
      turn: `${this.name} ${wish.since}`,
      settled: this.settled(),
    }
  }

  /** On those of the payers that are limited; false where what is here is too little. */
  reserve({ need }: Wish, limited: string[], now: number) {
    const leases = limited.map((payer) =>
      leaseFor(this.held, this.uses, { payer, version: this.version, now }),
    )
    this.wish = null
    const known = leases.filter((lease) => lease !== null)
    if (known.length < leases.length) return false
    const reserve = Math.min(need, ...known.map((lease) => freeOf(lease, this.uses)))
    if (reserve < Math.ceil(need / 4)) return false
    this.calls.push({ leases: known.map(({ number }) => number), reserve, cost: null })
    return true
  }

  /** Ends a call, and tells what is over by that; null where there was none. */
  settle(share: number) {
    const call = this.calls.find(({ cost }) => cost === null)
    if (!call) return null
    call.cost = Math.floor((call.reserve * share) / 100)
    return this.settled()
  }

  /** Gives back what the account asked for, and tells what is over by that. */
  recall(letter: { number: number; payer: string }) {
    this.held = recalled(this.held, letter)
    const known = this.held.find(({ number }) => number === letter.number)
    const settled = this.settled()
    if (!known || known.state === 'closed') settled.push({ number: letter.number, used: 0 })
    return settled
  }

  die() {
    this.wish = null
    for (const call of this.calls) call.cost ??= call.reserve
  }

  scopesOf(payer: string) {
    return payer === 'here' ? this.scopes : [payer]
  }

  settled() {
    return settledIn(this.held, this.uses)
  }
}
