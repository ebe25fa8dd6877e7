import type { Sentences } from '../sentences.ts'
import { dollars, untilIn } from './wording.ts'

/** What the operator's room is told of a limit: numbers and names of ours, nobody's words. */
export interface BudgetNote {
  id: string
  percent: number
  whose: string
  per: string
  spent: number
  amount: number
  ends: number
  timeZone: string
}

export function noteIn({ limit, locale }: Sentences, note: BudgetNote) {
  const { whose, percent, spent, amount, ends, timeZone } = note
  // Used up is also what pays no answer any more: of that it is said how much it is.
  const shown = spent < amount ? Math.min(percent, Math.floor((100 * spent) / amount)) : percent
  return limit.note({
    whose,
    percent: String(shown),
    spent: dollars(spent, locale),
    amount: dollars(amount, locale),
    until: untilIn(ends, timeZone, locale),
  })
}
