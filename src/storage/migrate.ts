/** Brings the tables up to date. Runs at every start of an object, so the usual case is one read. */
export function migrate(
  storage: Pick<DurableObjectStorage, 'sql' | 'transactionSync'>,
  migrations: string[],
) {
  const { sql } = storage
  sql.exec('CREATE TABLE IF NOT EXISTS schema (version INTEGER PRIMARY KEY)')
  const version = Number(sql.exec('SELECT max(version) AS version FROM schema').one().version ?? 0)
  // After a rollback they are newer than we are. They keep all that we know, so we can work on.
  if (version >= migrations.length) return

  storage.transactionSync(() => {
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue
      sql.exec(migration)
      sql.exec('INSERT INTO schema (version) VALUES (?)', index + 1)
    }
  })
}
