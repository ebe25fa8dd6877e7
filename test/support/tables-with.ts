/** The tables of a room in which this word stands: every column of all of them, those of the index too. */
export function tablesWith(sql: SqlStorage, word: string): string[] {
  const tables = sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .toArray()
    // Of the platform itself, and not to be read.
    .filter(({ name }) => !name.startsWith('_cf_'))
  if (tables.length < 18) throw new Error('Some tables are missing here')
  return tables
    .map(({ name }) => name)
    .filter((name) => sql.exec(`SELECT * FROM "${name}"`).toArray().some(has))

  function has(row: Record<string, SqlStorageValue>) {
    return Object.values(row).some((value) => asText(value).includes(word))
  }
}

function asText(value: SqlStorageValue) {
  return value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : String(value)
}
