const ADDED = /^ALTER TABLE (\w+) ADD COLUMN (.+)$/s
const CREATED = /^CREATE TABLE (?:IF NOT EXISTS )?(\w+) \(/
/** Where the columns of a table end: before its key, if that has a line of its own. */
const COLUMNS_END = /\s*(?:,\s*PRIMARY KEY \([\w, ]+\)\s*)?\)[^)]*$/

/**
 * The tables as all these migrations leave them, for an object that has none yet. A column that was added later is
 * created with its table: added to it, each has SQLite read the whole schema again, and a new room waits for sixty.
 */
export function inOneGo(migrations: string[]): string {
  const columns = new Map<string, string[]>()
  const statements: string[] = []
  for (const statement of migrations.flatMap((one) => one.split(';')).map((one) => one.trim())) {
    const [, table = '', column] = ADDED.exec(statement) ?? []
    const created = CREATED.exec(statement)?.[1]
    if (created) columns.set(created, [])
    if (column && columns.has(table)) columns.get(table)?.push(column)
    else if (statement) statements.push(statement)
  }
  return statements.map((statement) => withColumns(statement, columns)).join(';\n')
}

function withColumns(statement: string, columns: Map<string, string[]>) {
  const table = CREATED.exec(statement)?.[1] ?? ''
  const more = (columns.get(table) ?? []).map((column) => `, ${column}`).join('')
  return more ? statement.replace(COLUMNS_END, (end) => more + end.trimStart()) : statement
}
