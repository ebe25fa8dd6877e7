import * as z from 'zod'
import { stored } from '../../storage.ts'

/** What came of one, in numbers alone: the words are the person's, and go when they say so. */
export const Changed = z.union([
  z.object({ number: z.int(), replaced: z.int().nullable() }),
  z.object({ gone: z.int() }),
  z.object({ refused: z.enum(['unknown number', 'too many', 'nothing to change']) }),
])
export type Changed = z.infer<typeof Changed>

/** A turn that was put down may come back within a day; nobody asks for the same after so long. */
const KEPT = 7 * 24 * 60 * 60_000

/** What tool uses have changed here, by their own names: whoever asks again gets the same answer. */
export class Changes {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Makes it once for each name. */
  once(name: string, now: number, change: () => Changed): Changed {
    const [row] = this.#sql
      .exec<{ result: string }>('SELECT result FROM changes WHERE name = ?', name)
      .toArray()
    const known = row && stored(row.result, Changed, { table: 'changes', key: name })
    if (known) return known

    this.#sql.exec('DELETE FROM changes WHERE at < ?', now - KEPT)
    const result = change()
    this.#sql.exec(
      'INSERT OR REPLACE INTO changes (name, result, at) VALUES (?, ?, ?)',
      name,
      JSON.stringify(result),
      now,
    )
    return result
  }
}
