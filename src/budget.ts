export { BudgetsBroken, LimitReached } from './budget/errors.ts'
export { Ledger, NEARLY, type Settled, USED_UP } from './budget/ledger.ts'
export { serve, type Take, type Waiting, wantedBy } from './budget/lending.ts'
export {
  type Budget,
  Budgets,
  checkBudgets,
  type Limit,
  limitOf,
  markOf,
  type Reading,
  readBudgets,
  readTimeZone,
} from './budget/limits.ts'
export { type BudgetNote, noteIn } from './budget/note.ts'
export {
  type Call,
  type Paid,
  RoomBudget,
  type RoomTake,
  type Taken,
} from './budget/room-budget.ts'
export { countedIn, TurnBudget } from './budget/turn-budget.ts'
export { limitSentence } from './budget/wording.ts'
