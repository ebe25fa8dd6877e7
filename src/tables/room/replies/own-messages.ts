import { HOUR } from '../../../clock.ts'
import { approvedId } from '../answers.ts'

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

/** Of the newest few turns after this one, all numbers from `oldest` on that a message of ours has or had. */
export function ownNumbersFrom(sql: SqlStorage, oldest: number, turn: number) {
  return sql
    .exec<{ message: number }>(
      `SELECT message FROM replies WHERE turn > max(?, (SELECT max(id) - 3 FROM turns)) AND message >= ?`,
      turn,
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
 * Whether we have said anything to one of them in between, but that a yes to what this turn asked has to wait for
 * a limit. Where so much was said since that it is not looked
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
       AND NOT (turns.error IS 'limit' AND EXISTS
         (SELECT 1 FROM tool_uses WHERE tool_uses.turn = turns.id AND id = ? AND state = 'error'))
     LIMIT 1`,
    after,
    before,
    JSON.stringify(askers),
    JSON.stringify(turns),
    approvedId(after, 1),
  )
  return said.toArray().length > 0
}

/** So many turns are looked through; the newest take far longer than anything is looked back for. */
const LOOKS_BACK = 500

/**
 * Answers and reminders of ours that have one of these numbers; after a backup was restored another message may have it.
 * `ended`: when the turn of an answer was over, in ms since 1970.
 */
export function holdersOf(sql: SqlStorage, ids: number[]) {
  if (!ids.length) return []
  return sql
    .exec<{ message: number; body: string; file: string | null; ended: number | null }>(
      `SELECT message, body, file, ended FROM replies JOIN turns ON turns.id = turn
       WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK}
       AND message IN (SELECT value FROM json_each(?1))
       UNION ALL SELECT message, body, NULL, NULL FROM reminder_posts
       WHERE message IN (SELECT value FROM json_each(?1))`,
      JSON.stringify(ids),
    )
    .toArray()
}

/** The turns of which one of these messages is the answer, or a part of it. */
export function turnsAnswering(sql: SqlStorage, messages: number[]) {
  return sql
    .exec<{ turn: number }>(
      `SELECT DISTINCT turn FROM replies WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK}
       AND message IN (SELECT value FROM json_each(?))`,
      JSON.stringify(messages),
    )
    .toArray()
    .map(({ turn }) => turn)
}

/** By their numbers, for whom our messages were. */
export function askersOfAnswers(sql: SqlStorage) {
  const answers = sql.exec<{ message: number; asker: number }>(
    `SELECT message, asker FROM replies JOIN turns ON turns.id = turn
     WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK} AND message IS NOT NULL`,
  )
  return new Map(answers.toArray().map(({ message, asker }) => [message, asker]))
}

interface Answered {
  id: number
  asker: number
  ended: number
}

/**
 * Tells which answer in the archive was given in one of these turns: by the number that it has in the room,
 * or else by when its turn ended. `unknown` is said of one whose turn is not kept any more. Reads all turns
 * from `since` on: only whoever forgets asks.
 */
export function answeredIn(
  sql: SqlStorage,
  isMeant: (turn: Answered) => boolean,
  { since = 0, unknown }: { since?: number; unknown: boolean },
) {
  const turns = sql
    .exec<{ id: number; asker: number; ended: number }>(
      'SELECT id, asker, ended FROM turns WHERE id >= ? AND ended IS NOT NULL',
      since,
    )
    .toArray()
  const meant = new Set(turns.filter(isMeant).map(({ id }) => id))
  const posted = sql.exec<{ message: number; turn: number }>(
    'SELECT message, turn FROM replies WHERE turn >= ? AND message IS NOT NULL',
    since,
  )
  const byMessage = Map.groupBy(posted.toArray(), ({ message }) => message)

  return ({ message, at }: { message: number | null; at: number }) => {
    const known = message === null ? [] : (byMessage.get(message) ?? []).map(({ turn }) => turn)
    const ended = () => turns.filter((turn) => turn.ended >= at && turn.ended <= at + WITHIN)
    const candidates = known.length ? known : ended().map(({ id }) => id)
    return candidates.length ? candidates.some((id) => meant.has(id)) : unknown
  }
}

/** An answer is kept at the moment at which its turn ends; older versions took a little longer. */
const WITHIN = 50

/** Whether an answer of ours whose number we do not know has these words. */
export function saysUnplaced(sql: SqlStorage, words: string) {
  const rows = sql.exec(
    `SELECT 1 FROM replies WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK}
     AND message IS NULL AND instr(body, ?) > 0 LIMIT 1`,
    words,
  )
  return rows.toArray().length > 0
}

/** Answers that stand, and that turns not long before this one gave, where we do not know under which number. */
export function standBefore(sql: SqlStorage, turn: number) {
  const rows = sql.exec<{ body: string; file: string | null }>(
    `SELECT body, file FROM replies JOIN turns ON turns.id = turn
     WHERE turn < ?1 AND turn > ?1 - ${LOOKS_BACK} AND message IS NULL AND replies.state = 'posted'
       AND ended > (SELECT started FROM turns WHERE id = ?1) - ${HOUR} ORDER BY turn, part`,
    turn,
  )
  return rows.toArray()
}

/** Answers of ours whose number we do not know, but for those of one turn. */
export function unplaced(sql: SqlStorage, turn = 0) {
  const rows = sql.exec<{ body: string; file: string | null }>(
    `SELECT body, file FROM replies WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK}
     AND message IS NULL AND body <> '' AND turn <> ?`,
    turn,
  )
  return rows.toArray()
}
