/** One message or file of an answer. */
export interface Reply {
  part: number
  /** The file's name, when this part is a file. */
  file: string | null
  body: string
  /** The newest message known in the room when the intent was written: the reply comes after it. */
  cursor: number | null
  /**
   * `doubted`: it was sent, and may have arrived although the answer says nothing of it. `doubtful`: it
   * may stand twice or, without a message id, not at all, and this Campfire cannot be asked.
   */
  state: 'intended' | 'doubted' | 'posted' | 'doubtful'
  message: number | null
}

export type Part = Pick<Reply, 'body' | 'file'>

/** The parts of one turn's answer. They are posted in order, each after the one before stands. */
export class Replies {
  readonly all: Reply[]
  #sql: SqlStorage
  #turn: number

  constructor(sql: SqlStorage, turn: number, all = readReplies(sql, turn)) {
    this.#sql = sql
    this.#turn = turn
    this.all = all
  }

  intend(parts: Part[], cursor: number | null) {
    if (!parts.length) throw new Error('A reply is never empty')
    for (const [index, { body, file }] of parts.entries()) {
      const part = index + 1
      this.#sql.exec(
        `INSERT INTO replies (turn, part, file, body, cursor, state)
         VALUES (?, ?, ?, ?, ?, 'intended')`,
        this.#turn,
        part,
        file,
        body,
        cursor,
      )
      this.all.push({ part, file, body, cursor, state: 'intended', message: null })
    }
  }

  posted(reply: Reply, state: 'posted' | 'doubtful', message: number | null) {
    this.#change(reply, { state, message })
  }

  doubt(reply: Reply) {
    if (reply.state === 'intended') this.#change(reply, { state: 'doubted' })
  }

  /** What is not posted yet will not be. */
  drop() {
    const [open] = this.all.filter(({ state }) => state === 'intended' || state === 'doubted')
    if (!open) return

    this.all.splice(open.part - 1)
    this.#sql.exec('DELETE FROM replies WHERE turn = ? AND part >= ?', this.#turn, open.part)
  }

  /** What is not posted yet gives way to this. */
  instead({ body, file }: Part) {
    const refused = this.all.find(({ state }) => state === 'intended' || state === 'doubted')
    if (!refused) return

    Object.assign(refused, { body, file, state: 'intended' })
    this.all.splice(refused.part)
    this.#sql.exec('DELETE FROM replies WHERE turn = ? AND part > ?', this.#turn, refused.part)
    this.#sql.exec(
      "UPDATE replies SET body = ?, file = ?, state = 'intended' WHERE turn = ? AND part = ?",
      body,
      file,
      this.#turn,
      refused.part,
    )
  }

  #change(reply: Reply, changes: Partial<Pick<Reply, 'state' | 'message'>>) {
    Object.assign(reply, changes)
    this.#sql.exec(
      'UPDATE replies SET state = ?, message = ? WHERE turn = ? AND part = ?',
      reply.state,
      reply.message,
      this.#turn,
      reply.part,
    )
  }
}

/** The newest of our own messages that we know the id of. */
export function lastReplyId(sql: SqlStorage): number | null {
  const [row] = sql
    .exec<{ message: number | null }>(
      'SELECT max(message) AS message FROM replies WHERE turn >= (SELECT max(id) - 1 FROM turns)',
    )
    .toArray()
  return row?.message ?? null
}

function readReplies(sql: SqlStorage, turn: number): Reply[] {
  return sql
    .exec('SELECT part, file, body, cursor, state, message FROM replies WHERE turn = ?', turn)
    .toArray() as unknown as Reply[]
}
