import type * as z from 'zod'
import { isNew, readOnce, stored } from '../../storage.ts'

const TABLES = ['facts']

/** Small things that are known of the room, by name. A fact that has not changed costs no write. */
export class Facts {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  get<T>(name: string, schema: z.ZodType<T>): T | null {
    const value = readOnce(this.#sql, TABLES, `fact ${name}`, () => this.#read(name))
    return value === null ? null : stored(value, schema, { table: 'facts', key: name })
  }

  set(name: string, value: unknown) {
    const json = JSON.stringify(value)
    this.#sql.exec(
      `INSERT INTO facts (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
      name,
      json,
    )
  }

  #read(name: string): string | null {
    if (isNew(this.#sql)) return null
    const [row] = this.#sql
      .exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', name)
      .toArray()
    return row?.value ?? null
  }
}
