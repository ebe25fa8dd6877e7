/** What an operator did: when, who, what, and where; never the words of anybody. */
export interface Act {
  /** In ms since 1970. */
  at: number
  /** `token`, `page`, or what Cloudflare Access calls them. */
  who: string
  /** One word for what was done: `reset`, `stop`, `settings`. */
  what: string
  /** What it was done to: `room 3, assistant`. */
  about: string
}

/** What came of one; null: it was begun, and whoever did it has not lived to tell. */
export type Outcome = 'done' | 'refused'

export interface ActRow extends Act {
  number: number
  outcome: Outcome | null
}

const KEPT = 1_000

/** The log of the operator's acts, the newest thousand. */
export class Acts {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Before it, without an outcome; where it is a change of rows that stand beside these, in one commit with that. */
  add({ at, who, what, about }: Act, outcome: Outcome | null) {
    const { number } = this.#sql
      .exec<{ number: number }>(
        'INSERT INTO acts (at, who, what, about, outcome) VALUES (?, ?, ?, ?, ?) RETURNING number',
        at,
        who.slice(0, 200),
        what,
        about.slice(0, 200),
        outcome,
      )
      .one()
    this.#sql.exec('DELETE FROM acts WHERE number <= ?', number - KEPT)
    return number
  }

  end(number: number, outcome: Outcome) {
    this.#sql.exec('UPDATE acts SET outcome = ? WHERE number = ?', outcome, number)
  }

  /** The newest first, from before a number. */
  list(limit: number, before = Number.MAX_SAFE_INTEGER): ActRow[] {
    const query = 'SELECT * FROM acts WHERE number < ? ORDER BY number DESC LIMIT ?'
    return this.#sql.exec(query, before, limit).toArray() as unknown as ActRow[]
  }
}
