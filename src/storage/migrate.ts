import { inOneGo } from './in-one-go.ts'

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
    if (version === 0 && isEmpty(sql)) sql.exec(tablesOf(migrations))
    else for (const migration of migrations.slice(version)) sql.exec(migration)
    sql.exec('INSERT INTO schema (version) VALUES (?)', migrations.length)
  })
}

/** An account that is older than its first migration has tables all the same. */
export function isEmpty(sql: SqlStorage) {
  const others =
    "SELECT 1 FROM sqlite_master WHERE name <> 'schema' AND name NOT GLOB '_cf_*' LIMIT 1"
  return sql.exec(others).toArray().length === 0
}

/** Each new object of this Worker begins with the same. */
const known = new WeakMap<string[], string>()

function tablesOf(migrations: string[]) {
  const tables = known.get(migrations) ?? inOneGo(migrations)
  known.set(migrations, tables)
  return tables
}
