import { BudgetChanges } from '../schemas.ts'

/**
 * What may be spent, as a machine sends it, a list, or as the form does: rows by their place, of which one
 * without an amount is to go. Null: it is neither.
 */
export function limitsIn(body: unknown): BudgetChanges | null {
  const rows = rowsIn(body)
  const changes = BudgetChanges.safeParse(rows ? { budgets: rows } : body)
  return changes.success ? changes.data : null
}

function rowsIn(body: unknown) {
  const { budgets } = (body ?? {}) as { budgets?: unknown }
  const isForm = typeof budgets === 'object' && budgets !== null && !Array.isArray(budgets)
  // A form has a row at least, be it an empty one: what has none is a machine's slip, and lifts no limit.
  return isForm && Object.keys(budgets).length ? Object.values(budgets).filter(hasAmount) : null
}

function hasAmount(row: unknown) {
  const { usd } = (row ?? {}) as { usd?: unknown }
  return usd !== null && usd !== undefined
}
