/** Of objects to which nothing was ever written: what makes their tables. */
const pending = new WeakMap<SqlStorage, () => void>()

/**
 * The tables of a new object are made before the first statement that goes through this `sql`, and not when it wakes:
 * until then whatever leaves waits for no disk.
 */
export function createLater(sql: SqlStorage, create: () => void) {
  pending.set(sql, create)
}

/** There are not even tables, so there is no row to read; what is asked before anything is written asks this first. */
export function isNew(sql: SqlStorage) {
  return pending.has(sql)
}

/** Unless they are there. Before a transaction, which takes them along if it is rolled back. */
export function createTables(sql: SqlStorage) {
  pending.get(sql)?.()
  pending.delete(sql)
}
