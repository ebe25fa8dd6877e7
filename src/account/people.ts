import type { TurnReport } from '../tables/room/turns.ts'

export interface Asker {
  id: number
  name: string
}

/** Who has asked a bot for something, in any room, and what they were last called. */
export class People {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Of turns that were not told before. Whoever only claims to be somebody has a number below zero, and is nobody. */
  add(turns: Pick<TurnReport, 'asker' | 'name'>[]) {
    const named = turns.flatMap(({ asker = 0, name }): [number, string][] =>
      asker > 0 && name ? [[asker, name.slice(0, 200)]] : [],
    )
    for (const [id, name] of new Map(named)) {
      this.#sql.exec(
        `INSERT INTO people (id, name) VALUES (?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
        id,
        name,
      )
    }
  }

  list(limit: number, after = 0): Asker[] {
    return this.#read('WHERE id > ? ORDER BY id LIMIT ?', after, limit)
  }

  /** Of these, those who are known. */
  named(ids: number[]): Asker[] {
    return this.#read('WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
  }

  #read(rest: string, ...bindings: (string | number)[]) {
    return this.#sql
      .exec(`SELECT id, name FROM people ${rest}`, ...bindings)
      .toArray() as unknown as Asker[]
  }
}
