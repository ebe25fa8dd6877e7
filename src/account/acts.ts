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

const KEPT = 1_000

/** The log of the operator's acts, the newest thousand. */
export class Acts {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add({ at, who, what, about }: Act) {
    this.#sql.exec(
      'INSERT INTO acts (at, who, what, about) VALUES (?, ?, ?, ?)',
      at,
      who.slice(0, 200),
      what,
      about.slice(0, 200),
    )
    this.#sql.exec('DELETE FROM acts WHERE number <= (SELECT max(number) FROM acts) - ?', KEPT)
  }

  /** The newest first, from before a number. */
  list(limit: number, before = Number.MAX_SAFE_INTEGER) {
    return this.#sql
      .exec<{ number: number; at: number; who: string; what: string; about: string }>(
        'SELECT * FROM acts WHERE number < ? ORDER BY number DESC LIMIT ?',
        before,
        limit,
      )
      .toArray()
  }
}
