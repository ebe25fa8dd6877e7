import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

/** The storage of an object, on this machine and in memory: as much of it as a turn needs. */
export function storageHere(): DurableObjectStorage {
  const db = new DatabaseSync(':memory:')
  const sql = {
    exec: (query: string, ...bindings: unknown[]) => {
      const rows = run(db, query, bindings as SQLInputValue[])
      const one = () => {
        if (rows.length !== 1)
          throw new Error(`Expected exactly one row, and there are ${rows.length}`)
        return rows[0]
      }
      return {
        toArray: () => rows,
        one,
        rowsRead: 0,
        rowsWritten: 0,
        [Symbol.iterator]: () => rows.values(),
      }
    },
  }
  const transactionSync = <T>(work: () => T) => {
    db.exec('BEGIN')
    const done = work()
    db.exec('COMMIT')
    return done
  }
  const storage = { sql, transactionSync, sync: async () => {} }
  return storage as unknown as DurableObjectStorage
}

/** Several statements stand in a migration only, and that binds nothing. */
function run(db: DatabaseSync, query: string, bindings: SQLInputValue[]): object[] {
  const isScript = query.trim().replace(/;$/, '').includes(';') && !bindings.length
  if (isScript) {
    db.exec(query)
    return []
  }
  return db
    .prepare(query)
    .all(...bindings)
    .map((row) => ({ ...row }))
}
