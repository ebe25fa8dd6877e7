import { rowsOf } from '../../../storage.ts'
import type { Message } from '../message.ts'
import { messageIn, type Row } from './row.ts'

/** What is older than the last turn's `taken_through` is never looked at. */
export const WAITING = `turn IS NULL AND arrival >
  coalesce((SELECT taken_through FROM turns ORDER BY id DESC LIMIT 1), 0)`

/** What that is read of. How far a turn has taken stands from its beginning. */
export const WAITING_IN = ['messages', rowsOf('turns')]

/** Whose turn was set aside waits until it is over: their answers keep their order. */
export const HELD = 'SELECT asker FROM turns WHERE aside > 0 AND ended IS NULL'

/** So many are looked at to find the next turn; a message may be long, and memory is not. */
export const AT_ONCE = 100
export const OLDEST_FIRST = `ORDER BY arrival LIMIT ${AT_ONCE}`

/** Characters read of what only surrounds a turn: the prompt shows no more of it, and no control word is longer. */
const HEAD = 1_001

/** And of all that a turn takes: the model reads no more. A Worker has 128 MB for everything. */
const MOST_READ = 400_000

/** What waits for a turn; of long messages their beginning. */
export function waitingIn(sql: SqlStorage, rest = OLDEST_FIRST, ...bindings: number[]): Message[] {
  return sql
    .exec<Row>(
      `SELECT arrival, id, author, name, substr(text, 1, ${HEAD}) AS text, length(text) > ${HEAD} AS cut,
         file, quote, at, due, sign, mentions, too_long, schedule, again, dropped
       FROM messages WHERE ${WAITING} ${rest}`,
      ...bindings,
    )
    .toArray()
    .map(messageIn)
}

/** Each as far as the model could read it, if all of them were so long. */
export function readOn(sql: SqlStorage, messages: Message[]): Message[] {
  const share = Math.floor(MOST_READ / Math.max(1, messages.length)) + 1
  return messages.map((message) =>
    message.isCut && share > HEAD ? withMore(sql, message, share) : message,
  )
}

function withMore(sql: SqlStorage, { isCut: _, ...message }: Message, share: number): Message {
  const text = textOf(sql, message, share)
  return text.length < share ? { ...message, text } : { ...message, text, isCut: true }
}

/** With every word. One at a time: a hundred of the longest do not fit into memory. */
export function readWhole(sql: SqlStorage, message: Message): Message {
  if (!message.isCut) return message
  const { isCut: _, ...rest } = message
  return { ...rest, text: textOf(sql, message, -1) }
}

function textOf(sql: SqlStorage, { arrival }: Pick<Message, 'arrival'>, characters: number) {
  const [row] = sql
    .exec<{ text: string | null }>(
      `SELECT ${characters < 0 ? 'text' : 'substr(text, 1, ?) AS text'} FROM messages WHERE arrival = ?`,
      ...(characters < 0 ? [arrival] : [characters, arrival]),
    )
    .toArray()
  return row?.text ?? ''
}
