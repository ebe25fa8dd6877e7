/** The newest of our own messages after a turn that we know the id of; turns that kept silent have none. */
export function lastReplyId(sql: SqlStorage, after = 0): number | null {
  const [row] = sql
    .exec<{ message: number | null }>(
      `SELECT max(message) AS message FROM
         (SELECT message FROM replies WHERE turn > ? ORDER BY turn DESC, part DESC LIMIT 6)`,
      after,
    )
    .toArray()
  return row?.message ?? null
}

/** Of the newest turns, those of our own messages that are not older than this one. */
export function replyIdsFrom(sql: SqlStorage, oldest: number) {
  return sql
    .exec<{ message: number }>(
      `SELECT message FROM replies WHERE turn > (SELECT max(id) - 10 FROM turns)
       AND message >= ? AND state = 'posted'`,
      oldest,
    )
    .toArray()
    .map(({ message }) => message)
}

/** Our own messages of this turn and all after it. */
export function messageIdsSince(sql: SqlStorage, turn: number) {
  if (!Number.isFinite(turn)) return new Set<number>()
  const rows = sql.exec<{ message: number }>(
    'SELECT message FROM replies WHERE turn >= ? AND message IS NOT NULL',
    turn,
  )
  return new Set(rows.toArray().map(({ message }) => message))
}

interface Hearing {
  /** Whoever had asked for it. */
  askers: number[]
  /** Turns that have said something to others than their asker, too. */
  turns: number[]
  /** After this turn, and before the message of this number. */
  after: number
  before: number
}

/**
 * Whether we have said anything to one of them in between. Where so much was said since that it is not looked
 * through, or the number of something is not known, we may have.
 */
export function wasSaid(sql: SqlStorage, { askers, turns, after, before }: Hearing) {
  const [{ newest } = { newest: null }] = sql
    .exec<{ newest: number | null }>('SELECT max(id) AS newest FROM turns')
    .toArray()
  if ((newest ?? 0) - after > LOOKS_BACK) return true
  const said = sql.exec(
    `SELECT 1 FROM turns JOIN replies ON replies.turn = turns.id
     WHERE turns.id > ? AND (message < ? OR message IS NULL AND replies.state NOT IN ('intended', 'lost'))
       AND (asker IN (SELECT value FROM json_each(?)) OR turns.id IN (SELECT value FROM json_each(?)))
     LIMIT 1`,
    after,
    before,
    JSON.stringify(askers),
    JSON.stringify(turns),
  )
  return said.toArray().length > 0
}

/** So many turns are looked through; the newest take far longer than anything is looked back for. */
const LOOKS_BACK = 500

/** Answers of ours that have one of these numbers; after a backup was restored another message may have it. */
export function holdersOf(sql: SqlStorage, ids: number[]) {
  if (!ids.length) return []
  return sql
    .exec<{ message: number; body: string; file: string | null }>(
      `SELECT message, body, file FROM replies WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK}
       AND message IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    )
    .toArray()
}

/** Whether an answer of ours whose number we do not know has these words. */
export function saysUnplaced(sql: SqlStorage, words: string) {
  const rows = sql.exec(
    `SELECT 1 FROM replies WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK}
     AND message IS NULL AND instr(body, ?) > 0 LIMIT 1`,
    words,
  )
  return rows.toArray().length > 0
}
