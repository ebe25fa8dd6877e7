import { migrate } from '../../src/storage/migrate.ts'
import { MIGRATIONS } from '../../src/tables/room/schema.ts'

export const NEWEST = MIGRATIONS.length
export const OLDER = MIGRATIONS.slice(1).map((_, index) => index + 1)

const WITH_MOODS = [
  'messages',
  'turns',
  'steps',
  'tool_uses',
  'replies',
  'sessions',
  'people',
  'approvals',
]

/** A migration that nobody has written yet, and that does all that one may do. */
export const NEXT = `
  ${WITH_MOODS.map((table) => `ALTER TABLE ${table} ADD COLUMN mood TEXT;`).join('\n')}
  ALTER TABLE turns ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;
  CREATE TABLE moods (id INTEGER PRIMARY KEY, mood TEXT NOT NULL);
  CREATE INDEX turns_by_mood ON turns (mood);`

/** The rows as that version would have left them: its tables, with what it knew of. */
export async function olderRows(storage: DurableObjectStorage, version: number) {
  const { sql } = storage
  const rows = new Map(tablesIn(sql).map((table) => [table, read(sql, table)]))
  const alarm = await storage.getAlarm()
  await storage.deleteAll()
  migrate(storage, MIGRATIONS.slice(0, version))

  for (const table of tablesIn(sql)) {
    if (table === 'schema') continue
    const columns = sql.exec(`SELECT * FROM ${table} LIMIT 0`).columnNames
    const names = columns.join(', ')
    const marks = columns.map(() => '?').join(', ')
    for (const row of rows.get(table) ?? []) {
      const values = columns.map((column) => row[column] ?? null)
      sql.exec(`INSERT INTO ${table} (${names}) VALUES (${marks})`, ...values)
    }
  }
  if (alarm !== null) await storage.setAlarm(alarm)
}

/** A newer version has been here, and has marked every row. */
export function newerRows(storage: DurableObjectStorage) {
  migrate(storage, [...MIGRATIONS, NEXT])
  for (const table of WITH_MOODS) storage.sql.exec(`UPDATE ${table} SET mood = 'glad'`)
  storage.sql.exec("INSERT INTO moods (mood) VALUES ('glad')")
}

/** Without those that belong to the search. */
function tablesIn(sql: SqlStorage) {
  return sql
    .exec<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table'
         AND name NOT LIKE 'archive\\_%' ESCAPE '\\' AND name NOT LIKE 'said\\_%' ESCAPE '\\' AND name NOT LIKE 'file\\_words\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`,
    )
    .toArray()
    .map(({ name }) => name)
}

function read(sql: SqlStorage, table: string) {
  return sql.exec(`SELECT * FROM ${table}`).toArray()
}
