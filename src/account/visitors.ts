import { MINUTE } from '../clock.ts'

/** So many wrong tokens from one network are listened to in that time. */
const MOST_GUESSES = 10
const WITHIN = 15 * MINUTE
/** Whoever comes from more networks than that is counted with all that begin alike, so that rows stay few. */
const MOST_NETWORKS = 1_000
const SWEPT_EVERY = MINUTE

/** Where somebody comes from, as far as that is not theirs to choose. */
export interface Origin {
  network: string
  /** All networks whose first eight bits are the same: there are 512 such blocks. */
  block: string
}

/** What came of a token. */
export type Tried = 'in' | 'wrong' | 'too often'

/** Who may not try to sign in just now, and which sign-ins were ended. */
export class Visitors {
  #sql: SqlStorage
  /** How many networks are known, as counted now and then: a count reads them all. */
  #known = { count: 0, at: 0 }

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /**
   * Looks and counts in one step, so that many tries at once are no more than one after another. `guess` tells wrong
   * tokens apart, null is the right one. Whoever sends the same again learns nothing, and is not counted: a script that
   * has an old token is not to keep out the people beside it.
   */
  tries({ network, block }: Origin, guess: string | null, now: number): Tried {
    const own = this.#guessesFrom(network, now)
    const counted = own || !this.#isFull(now) ? network : block
    const guesses = own ?? this.#guessesFrom(counted, now)
    if (guesses && guesses.length >= MOST_GUESSES) return 'too often'
    if (guess === null) return 'in'
    if (!guesses) this.#begin(counted, guess, now)
    else if (!guesses.includes(guess)) this.#add(counted, [...guesses, guess])
    return 'wrong'
  }

  /** Kept as long as its cookie would hold. */
  signOut(nonce: string, until: number, now: number) {
    this.#sql.exec('DELETE FROM signed_out WHERE until <= ?', now)
    this.#sql.exec('INSERT OR IGNORE INTO signed_out (nonce, until) VALUES (?, ?)', nonce, until)
  }

  isSignedOut(nonce: string) {
    return this.#sql.exec('SELECT 1 FROM signed_out WHERE nonce = ?', nonce).toArray().length > 0
  }

  #guessesFrom(address: string, now: number) {
    const query = 'SELECT guesses FROM visitors WHERE address = ? AND until > ?'
    const [row] = this.#sql.exec<{ guesses: string | null }>(query, address, now).toArray()
    return row ? (row.guesses ?? '').split(' ') : null
  }

  #begin(address: string, guess: string, now: number) {
    this.#sql.exec(
      'INSERT OR REPLACE INTO visitors (address, misses, until, guesses) VALUES (?, 1, ?, ?)',
      address,
      now + WITHIN,
      guess,
    )
    this.#known.count++
  }

  #add(address: string, guesses: string[]) {
    const query = 'UPDATE visitors SET misses = ?, guesses = ? WHERE address = ?'
    this.#sql.exec(query, guesses.length, guesses.join(' '), address)
  }

  #isFull(now: number) {
    if (now - this.#known.at >= SWEPT_EVERY) {
      this.#sql.exec('DELETE FROM visitors WHERE until <= ?', now)
      const { count } = this.#sql
        .exec<{ count: number }>('SELECT count(*) AS count FROM visitors')
        .one()
      this.#known = { count, at: now }
    }
    return this.#known.count >= MOST_NETWORKS
  }
}
