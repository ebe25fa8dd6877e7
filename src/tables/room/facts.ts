import type * as z from 'zod'
import { isNew, knownAs, readOnce, stored } from '../../storage.ts'

const TABLES = ['facts']
const ALL = 'facts'

/**
 * Small things that are known of the room, by name; a dozen or two, and so all of them are read at once. A fact that
 * has not changed costs no write.
 */
export class Facts {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  get<T>(name: string, schema: z.ZodType<T>): T | null {
    const value = this.#all().get(name)
    return value === undefined ? null : stored(value, schema, { table: 'facts', key: name })
  }

  set(name: string, value: unknown) {
    const json = JSON.stringify(value)
    const all = this.#all()
    if (all.get(name) === json) return
    this.#sql.exec(
      `INSERT INTO facts (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      name,
      json,
    )
    knownAs(this.#sql, TABLES, ALL, new Map(all).set(name, json))
  }

  #all() {
    return readOnce(this.#sql, TABLES, ALL, () => this.#read())
  }

  #read(): ReadonlyMap<string, string> {
    if (isNew(this.#sql)) return new Map()
    const rows = this.#sql.exec<{ name: string; value: string }>('SELECT name, value FROM facts')
    return new Map(rows.toArray().map(({ name, value }) => [name, value]))
  }
}
