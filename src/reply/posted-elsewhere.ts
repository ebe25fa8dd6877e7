import { isReworded, type ListedMessage } from '../campfire.ts'
import { holdersOf } from '../tables/room/replies/own-messages.ts'
import { readReplies } from '../tables/room/reply-states.ts'
import type { Tables } from '../tables.ts'
import { LATE } from './late-lines.ts'
import { doubtful, isReply, mayStand } from './sweep.ts'

/**
 * What was said as our bot, and not by us: most likely by another installation with the same key, or by
 * an older object for this very room. A file says nothing: our tools post some, and no row has their words.
 */
export function postedElsewhere(tables: Tables, messages: ListedMessage[]) {
  const own = messages.filter(
    ({ author, file, plain }) => author.id === tables.place.bot && file === null && plain !== LATE,
  )
  if (!own.length) return []

  const ids = own.map(({ id }) => id)
  const held = new Set(holdersOf(tables.sql, ids).map(({ message }) => message))
  // One whose number never reached us is ours, too, and so is that of a turn that has still to look for it.
  const open = tables.turns.unended().flatMap(({ id }) => mayStand(readReplies(tables.sql, id)))
  const reminders = tables.reminders.posts
    .unplaced()
    .flatMap(({ body, sent }) => [body, ...sent].map((body) => ({ body, began: null, file: null })))
  const unplaced = [...doubtful(tables).flatMap(({ known }) => known), ...open]
  const ours = [...unplaced, ...reminders]
  return own.filter(
    (message) => !held.has(message.id) && !ours.some((reply) => isOf(message, reply)),
  )
}

/** Also as somebody has edited it since. */
function isOf(message: ListedMessage, reply: Parameters<typeof isReply>[1]) {
  return isReply(message, reply) || (reply.body !== '' && isReworded(message, reply))
}
