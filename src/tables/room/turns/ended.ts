import { readTurns, type TurnRow } from './row.ts'

/** The turns that are over: which of them need another look, how far back they go, and when they go themselves. */
export class EndedTurns {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /**
   * Of the newest 200, those that ended in doubt, a busy room having many before it is looked at: first
   * those that were given up, those never swept since `never`, then those that were, and ended since `again`.
   */
  doubtful(count: number, { never, again }: { never: number; again: number }) {
    return this.#read(
      `WHERE id > (SELECT max(id) FROM turns) - 200
         AND doubt > 0 AND (doubt = 1 AND ended > ? OR doubt = 2 AND ended > ? OR doubt = 3)
       ORDER BY doubt % 3, id DESC LIMIT ?`,
      never,
      again,
      count,
    )
  }

  /** Something of ours may be left standing, and could not be put right yet. */
  wasGivenUp() {
    return (
      this.#sql
        .exec(
          `SELECT 1 FROM turns WHERE id > (SELECT max(id) FROM turns) - 200 AND doubt > 0 AND doubt = 3
           LIMIT 1`,
        )
        .toArray().length > 0
    )
  }

  /** With it in sight the model takes no request: it is read no more. Its receipt stays. */
  leaveOut(id: number) {
    this.#sql.exec('UPDATE turns SET left_out = 1 WHERE id = ?', id)
  }

  /** Of these turns, those that are read no more. */
  leftOut({ first, last }: { first: number; last: number }) {
    const rows = this.#sql.exec<{ id: number }>(
      'SELECT id FROM turns WHERE id BETWEEN ? AND ? AND left_out = 1',
      first,
      last,
    )
    return new Set([...rows].map(({ id }) => id))
  }

  /** The newest turn before this one that the model has answered, among a bounded number. */
  lastAnswered(before: number): TurnRow | null {
    const [step] = this.#sql
      .exec<{ turn: number }>(
        `SELECT turn FROM steps
         WHERE turn < ? AND turn >= ? AND state = 'answered' AND kind IN ('talk', 'last')
         ORDER BY turn DESC, number DESC LIMIT 1`,
        before,
        before - 200,
      )
      .toArray()
    return step ? (this.#read('WHERE id = ?', step.turn)[0] ?? null) : null
  }

  /** The newest turn after `id` that was over by then, among a bounded number. */
  before(time: number, id: number): number | null {
    return this.#sql
      .exec<{ id: number | null }>(
        `SELECT max(id) AS id FROM (SELECT id, ended FROM turns WHERE id > ? ORDER BY id LIMIT 500)
         WHERE ended <= ?`,
        id,
        time,
      )
      .one().id
  }

  /** When the first after this one was over that has words still. */
  firstAfter(after: number): number | null {
    const [row] = this.#sql
      .exec<{ ended: number }>(
        `SELECT ended FROM turns WHERE id > ? AND ended IS NOT NULL AND prompt IS NOT NULL
         ORDER BY id LIMIT 1`,
        after,
      )
      .toArray()
    return row?.ended ?? null
  }

  /** Deletes those before `id` with all that belongs to them, a bounded piece at a time. */
  discard(id: number) {
    const [last] = this.#sql
      .exec<{ id: number | null }>(
        'SELECT max(id) AS id FROM (SELECT id FROM turns WHERE id < ? ORDER BY id LIMIT 500)',
        id,
      )
      .toArray()
    if (!last?.id) return
    for (const table of ['tool_uses', 'steps', 'replies']) {
      this.#sql.exec(`DELETE FROM ${table} WHERE turn <= ?`, last.id)
    }
    this.#sql.exec('DELETE FROM turns WHERE id <= ?', last.id)
  }

  #read(rest: string, ...bindings: SqlStorageValue[]) {
    return readTurns(this.#sql, rest, ...bindings)
  }
}
