import type { Spent } from './lending.ts'

/** There is not enough left, and nothing that could come back in time: no model is asked. */
export class LimitReached extends Error {
  readonly limit: Spent
  /** In which `limit.ends` is told. */
  readonly timeZone: string
  /** Whoever asks has not been told yet in this period. */
  readonly isFirst: boolean
  /** What is left is lent to others. */
  readonly isReserved: boolean

  constructor({ limit, timeZone, isFirst, isReserved }: Omit<LimitReached, keyof Error>) {
    super(
      `The limit of ${limit.for} for this ${limit.per} is ${isReserved ? 'reserved' : 'used up'}`,
    )
    this.limit = limit
    this.timeZone = timeZone
    this.isFirst = isFirst
    this.isReserved = isReserved
  }
}

/** Nobody can say what may be spent, so nothing is: somebody has to put right the field. */
export class BudgetsBroken extends Error {}
