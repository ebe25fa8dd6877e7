import { MINUTE } from '../clock.ts'

/** So many wrong tokens from one network are listened to in that time. */
const MOST_MISSES = 10
const WITHIN = 15 * MINUTE
/** Whoever comes from more networks than that costs us no rows for it: the token is long. */
const MOST_KEPT = 1_000

/** Who may not try to sign in just now, and which sign-ins were ended. */
export class Visitors {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  isShutOut(address: string, now: number) {
    const row = this.#sql
      .exec<{ misses: number }>(
        'SELECT misses FROM visitors WHERE address = ? AND until > ?',
        address,
        now,
      )
      .toArray()[0]
    return row !== undefined && row.misses >= MOST_MISSES
  }

  missed(address: string, now: number) {
    this.#sql.exec('DELETE FROM visitors WHERE until <= ?', now)
    const { kept } = this.#sql.exec<{ kept: number }>('SELECT count(*) AS kept FROM visitors').one()
    if (kept >= MOST_KEPT) return
    this.#sql.exec(
      `INSERT INTO visitors (address, misses, until) VALUES (?, 1, ?)
       ON CONFLICT (address) DO UPDATE SET misses = misses + 1`,
      address,
      now + WITHIN,
    )
  }

  /** Kept as long as its cookie would hold. */
  signOut(nonce: string, until: number, now: number) {
    this.#sql.exec('DELETE FROM signed_out WHERE until <= ?', now)
    this.#sql.exec('INSERT OR IGNORE INTO signed_out (nonce, until) VALUES (?, ?)', nonce, until)
  }

  isSignedOut(nonce: string) {
    return this.#sql.exec('SELECT 1 FROM signed_out WHERE nonce = ?', nonce).toArray().length > 0
  }
}
