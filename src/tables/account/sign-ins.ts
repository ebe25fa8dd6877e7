/**
 * in      it is used
 * ended   the one that gave it says that it holds no more; it is tried again now and then
 * told    the same, and the operator knows
 */
type SignInState = 'in' | 'ended' | 'told'

export type SignInRow = {
  bot: string
  server: string
  /** To nothing at another address it is sent. */
  url: string
  /** Sealed. */
  kept: ArrayBuffer
  state: SignInState
  /** When it was last tried, in ms since 1970. */
  at: number
}

export type BegunRow = {
  /** Of what was sent along: whoever reads this can finish nothing. */
  state: string
  bot: string
  server: string
  url: string
  /** Sealed. */
  kept: ArrayBuffer
  at: number
}

const MOST_BEGUN = 20

/** Who of an operator's bots is signed in at which server of other people. */
export class SignInTable {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  find(bot: string, server: string): SignInRow | null {
    const theirs = 'SELECT * FROM sign_ins WHERE bot = ? AND server = ?'
    return this.#sql.exec<SignInRow>(theirs, bot, server).toArray()[0] ?? null
  }

  /** Of which the operator is to hear. */
  ended(): SignInRow[] {
    return this.#sql.exec<SignInRow>("SELECT * FROM sign_ins WHERE state = 'ended'").toArray()
  }

  keep({ bot, server, url, kept, state, at }: SignInRow) {
    this.#sql.exec(
      'INSERT OR REPLACE INTO sign_ins (bot, server, url, kept, state, at) VALUES (?, ?, ?, ?, ?, ?)',
      bot,
      server,
      url,
      kept,
      state,
      at,
    )
  }

  remove(bot: string, server: string) {
    this.#sql.exec('DELETE FROM sign_ins WHERE bot = ? AND server = ?', bot, server)
    this.#sql.exec('DELETE FROM sign_ins_begun WHERE bot = ? AND server = ?', bot, server)
  }

  begin({ state, bot, server, url, kept, at }: BegunRow) {
    this.#sql.exec(
      'INSERT INTO sign_ins_begun (state, bot, server, url, kept, at) VALUES (?, ?, ?, ?, ?, ?)',
      state,
      bot,
      server,
      url,
      kept,
      at,
    )
    this.#sql.exec(
      `DELETE FROM sign_ins_begun
       WHERE state NOT IN (SELECT state FROM sign_ins_begun ORDER BY at DESC LIMIT ${MOST_BEGUN})`,
    )
  }

  /** Once: it is gone with that, whatever becomes of it. */
  takeBegun(state: string): BegunRow | null {
    const taken = 'DELETE FROM sign_ins_begun WHERE state = ? RETURNING *'
    return this.#sql.exec<BegunRow>(taken, state).toArray()[0] ?? null
  }
}
