import type { Lease, Use } from '../tables/room/budget/leases.ts'
import type { Settled } from './ledger.ts'
import type { Granted, Payer } from './lending.ts'

/** A lease as its room has it, and what is used of it. */
export type HeldLease = Lease
export type Uses = Map<number, Use>

interface Wish {
  payer: string
  version: string
  now: number
}

/** The one with the most left that may be reserved on now. */
export function leaseFor(held: HeldLease[], uses: Uses, wish: Wish): HeldLease | null {
  const fit = held.filter((lease) => mayReserve(lease, wish))
  return fit.toSorted((a, b) => freeOf(b, uses) - freeOf(a, uses))[0] ?? null
}

export function freeOf({ number, amount }: Pick<HeldLease, 'number' | 'amount'>, uses: Uses) {
  const { settled, open } = uses.get(number) ?? NOTHING
  return Math.max(0, amount - settled - open)
}

/** From here on nothing more is reserved on what these have: it is too little, or of other limits or periods. */
export function closing(held: HeldLease[], ofPayers: string[]): HeldLease[] {
  return held.map((lease) => (ofPayers.includes(lease.payer) ? shut(lease) : lease))
}

/** Where there is little left for others, it goes home with its call. */
export function shutBrief(held: HeldLease[], uses: Uses) {
  return held.map((lease) => (lease.isBrief && !uses.get(lease.number)?.open ? shut(lease) : lease))
}

/** The account wants it back, for others; what we never had we never will. */
export function recalled(held: HeldLease[], { number, payer }: Pick<Granted, 'number' | 'payer'>) {
  if (held.some((lease) => lease.number === number)) {
    return held.map((lease) => (lease.number === number ? shut(lease) : lease))
  }
  if (number <= standing(held, payer).seen) return held
  return tidied([...held, { ...NEVER, number, payer }])
}

/** What the account has answered: what is over it has heard of, and nothing that comes late or twice brings it back. */
export function adopted(before: HeldLease[], granted: Granted[], settled: Settled[]): HeldLease[] {
  const held = over(before, settled)
  const fresh = granted.filter(({ number, payer }) => number > standing(held, payer).seen)
  return tidied([...held, ...fresh.map((lease) => ({ ...lease, state: 'open' as const }))])
}

/** The account has heard that these are over. */
export function acknowledged(held: HeldLease[], settled: Settled[]): HeldLease[] {
  return tidied(over(held, settled))
}

function over(held: HeldLease[], settled: Settled[]): HeldLease[] {
  const numbers = new Set(settled.map(({ number }) => number))
  return held.map((lease) => (numbers.has(lease.number) ? { ...lease, state: 'closed' } : lease))
}

/** What is over and the account has to hear of. */
export function settledIn(held: HeldLease[], uses: Uses): Settled[] {
  return held
    .filter(({ state, number }) => state === 'closing' && !uses.get(number)?.open)
    .map(({ number }) => ({ number, used: uses.get(number)?.settled ?? 0 }))
}

/** How a room stands with a payer, for the account. */
export function standing(held: HeldLease[], payer: string): Omit<Payer, 'scopes'> {
  const known = held.filter((lease) => lease.payer === payer)
  return {
    payer,
    seen: Math.max(0, ...known.map(({ number }) => number)),
    open: known.filter(({ state }) => state !== 'closed').map(({ number }) => number),
  }
}

/** Of what is closed the highest number of each payer says enough. */
function tidied(held: HeldLease[]) {
  return held.filter(
    ({ state, number, payer }) => state !== 'closed' || number === standing(held, payer).seen,
  )
}

function shut(lease: HeldLease): HeldLease {
  return lease.state === 'open' ? { ...lease, state: 'closing' } : lease
}

const NEVER = {
  amount: 0,
  version: '',
  ends: 0,
  isBrief: false,
  state: 'closed' as const,
}

function mayReserve(lease: HeldLease, { payer, version, now }: Wish) {
  return (
    lease.state === 'open' && lease.payer === payer && lease.version === version && now < lease.ends
  )
}

const NOTHING: Use = { settled: 0, open: 0 }
