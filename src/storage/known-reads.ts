import { createTables } from './creation.ts'

/**
 * What was read of an object's tables and still stands. Nobody else writes to them, so a row is as we read it until
 * something in its table is changed; a turn asks for the newest turn and for small facts some eighty times, and each read is billed.
 */
interface KnownReads {
  /** How often each table was written to, and `EVERY` for what may have touched them all. */
  writes: Map<string, number>
  values: Map<string, { stamp: number; value: unknown }>
}

const EVERY = '*'
const WRITES_TO =
  /^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(\w+)/i

/** By the `sql` that goes through here. Of any other nothing is known, and each read is made. */
const all = new WeakMap<SqlStorage, KnownReads>()

/** The same tables, by which each write is noticed that has changed anything. */
export function noticingWrites(sql: SqlStorage): SqlStorage {
  const known: KnownReads = { writes: new Map(), values: new Map() }
  const noticing = {
    exec(query: string, ...bindings: unknown[]) {
      createTables(noticing)
      const written = tableIn(query)
      if (written === EVERY) count(known, EVERY)
      const cursor = sql.exec(query, ...bindings)
      if (written && written !== EVERY && cursor.rowsWritten > 0) noteWrite(known, written, query)
      return cursor
    },
    get databaseSize() {
      return sql.databaseSize
    },
    Cursor: sql.Cursor,
    Statement: sql.Statement,
  } as SqlStorage
  all.set(noticing, known)
  return noticing
}

/** `read`, unless its value is known from before: nothing was written to any of these tables since. It is shared, so nobody changes it. */
export function readOnce<T>(sql: SqlStorage, tables: string[], name: string, read: () => T): T {
  const known = standing<T>(sql, tables, name)
  if (known) return known.value
  const value = read()
  knownAs(sql, tables, name, value)
  return value
}

/** What was read of these tables and still stands, if it was read at all. */
export function standing<T>(sql: SqlStorage, tables: string[], name: string) {
  const known = all.get(sql)
  const before = known?.values.get(name)
  const stands = known && before?.stamp === stampOf(known, tables)
  return stands ? { value: before?.value as T } : null
}

/** In place of a table: for what depends on which rows there are, and not on what changes in them. */
export function rowsOf(table: string) {
  return `rows of ${table}`
}

/** It was just written, and needs no reading. */
export function knownAs(sql: SqlStorage, tables: string[], name: string, value: unknown) {
  const known = all.get(sql)
  known?.values.set(name, { stamp: stampOf(known, tables), value })
}

/** After a transaction that was rolled back the rows are older than what was read in it. */
export function forgetReads(sql: SqlStorage) {
  const known = all.get(sql)
  if (known) count(known, EVERY)
}

/** One statement names its table first; of several, or of any other kind, we do not know what they touch. Null: it reads. */
function tableIn(query: string) {
  if (query.startsWith('SELECT')) return null
  const table = query.includes(';') ? undefined : WRITES_TO.exec(query)?.[1]
  return table ?? EVERY
}

function noteWrite(known: KnownReads, table: string, query: string) {
  count(known, table)
  if (!/^\s*UPDATE/i.test(query)) count(known, rowsOf(table))
}

function count({ writes }: KnownReads, table: string) {
  writes.set(table, (writes.get(table) ?? 0) + 1)
}

/** Numbers that only grow: a write to any of them makes another sum. */
function stampOf({ writes }: KnownReads, tables: string[]) {
  let sum = writes.get(EVERY) ?? 0
  for (const table of tables) sum += writes.get(table) ?? 0
  return sum
}
