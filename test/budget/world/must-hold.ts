import type { Ledger } from '../../../src/budget/ledger.ts'
import type { Take } from '../../../src/budget/lending.ts'
import type { BudgetRows } from '../../../src/tables/account/budgets.ts'
import type { SimRoom } from './room.ts'

/** What the rooms have really spent of each bucket, have under way, and have spent beyond what they had reserved. */
export type Truth = Map<string, { settled: number; open: number; excess: number }>
type State = ReturnType<Ledger['state']>

/** `bucketsOf`: where each lease was ever lent. */
export function truthIn(rooms: SimRoom[], bucketsOf: Map<number, string[]>): Truth {
  const truth: Truth = new Map()
  for (const { leases, cost, reserve } of rooms.flatMap(({ calls }) => calls)) {
    for (const id of leases.flatMap((number) => bucketsOf.get(number) ?? [])) {
      const { settled, open, excess } = truth.get(id) ?? { settled: 0, open: 0, excess: 0 }
      truth.set(id, {
        settled: settled + (cost ?? 0),
        open: open + (cost === null ? reserve : 0),
        excess: excess + Math.max(0, (cost ?? 0) - reserve),
      })
    }
  }
  return truth
}

export function lentIn({ leases }: BudgetRows) {
  const lent = new Map<string, number>()
  for (const { buckets, amount, used } of leases) {
    for (const id of buckets) lent.set(id, (lent.get(id) ?? 0) + Math.max(0, amount - used))
  }
  return lent
}

/** `before`: the most that stood there when a limit was lowered. */
export function wrongIn(rows: BudgetRows, truth: Truth, state: State, before: Map<string, number>) {
  const wrong: string[] = []
  const lent = lentIn(rows)
  const buckets = new Map(rows.buckets.map((bucket) => [bucket.id, bucket]))
  for (const { id, amount } of state) {
    const most = Math.max(amount, before.get(id) ?? 0)
    const [spent, reserved] = [buckets.get(id)?.spent ?? 0, lent.get(id) ?? 0]
    const over = truth.get(id)?.excess ?? 0
    if (spent + reserved > most + over) wrong.push(`${id}: ${spent} + ${reserved} of ${most}`)
  }
  for (const { id, spent, excess } of rows.buckets) {
    const { settled = 0, open = 0, excess: over = 0 } = truth.get(id) ?? {}
    if (excess > over) wrong.push(`${id}: ${excess} is told as excess, ${over} was`)
    if (settled - over + open > spent + (lent.get(id) ?? 0)) {
      wrong.push(`${id}: ${settled} + ${open} in the rooms, ${spent} + ${lent.get(id)} here`)
    }
  }
  return wrong
}

/** Whoever is refused has to meet a limit that is spent. */
export function isSpent({ payers, least }: Take, truth: Truth, state: State) {
  const scopes = payers.flatMap((payer) => payer.scopes)
  return state
    .filter((limit) => scopes.includes(limit.for))
    .some(({ id, amount }) => amount - (truth.get(id)?.settled ?? 0) < least)
}
