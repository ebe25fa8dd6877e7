import { referenceOf } from '../address.ts'
import { type Campfire, isSame, type ListedMessage } from '../campfire.ts'
import { log } from '../log.ts'
import { messageIdsSince } from '../tables/room/own-messages.ts'
import { Replies } from '../tables/room/replies.ts'
import type { Reply, ReplyState } from '../tables/room/reply-states.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

const MINUTE = 60_000
/** So long after its end a turn that was in doubt may still be put right, once that was done before. */
const SWEEPS_AGAIN = 62 * MINUTE
/** And if it never was: everything may have stood still for a day. */
const SWEEPS = 25 * 60 * MINUTE
const MOST_TURNS = 10
/** Said in our name, when our Worker was late: with the answer there it is no longer true. */
const LATE = 'Failed to respond within 7 seconds'

/** From where on the room must be listed to put every doubtful turn right. Null: there is none. */
export function sweptSince(tables: Tables): number | null {
  const cursors = doubtful(tables).flatMap(({ known }) => known.map(({ cursor }) => cursor ?? 0))
  return cursors.length ? Math.min(...cursors) : null
}

/**
 * A request of ours that was given up may take effect later: a create that makes a second one, an edit
 * that puts old words back. Our own messages with the words of a reply are that reply, and one stands.
 */
export async function sweep(
  tables: Tables,
  campfire: Campfire,
  { messages, whole }: { messages: ListedMessage[]; whole: boolean },
) {
  const own = messages.filter(({ author }) => author.id === tables.place.bot)
  const all = doubtful(tables)
  // The same words may be another turn's whole answer.
  const ids = messageIdsSince(tables.sql, Math.min(...all.map(({ turn }) => turn.id)))

  for (const { turn, replies, known } of all) {
    const ref = { ...tables.place, turn: turn.id, reference: referenceOf(tables.place, turn) }
    for (const reply of known) {
      const after = own.filter(({ id }) => id > (reply.cursor ?? 0) && !ids.has(id))
      const alike = after.filter((one) => isReply(one, reply))
      const adopted = isUnplaced(reply) ? alike.shift() : undefined
      for (const double of alike) {
        log.warn('reply.double_removed', { ...ref, message: double.id })
        await campfire.delete(double.id)
      }
      const standing = adopted ?? own.find(({ id }) => id === reply.message)
      if (standing && reply.file === null && !isSame(standing, reply)) {
        log.warn('reply.put_right', { ...ref, message: standing.id })
        await campfire.edit(standing.id, reply.body)
      }
      // Now that the room could be asked, there is no doubt left.
      if (standing && reply.state !== 'posted') replies.posted(reply, 'posted', standing.id)
      if (adopted) ids.add(adopted.id)
    }
  }
  for (const { turn } of doubtful(tables)) await takeDown(tables, campfire, turn)
  for (const late of own.filter(({ plain }) => plain === LATE)) await campfire.delete(late.id)
  if (!whole) return
  for (const { turn } of all) if (turn.doubt !== 2) tables.turns.change(turn, { doubt: 2 })
}

/** Meant to stand, and nobody knows where, or whether. */
function isUnplaced({ state, message }: Reply) {
  return message === null && state !== 'lost'
}

/** The same words, or those with which it began to grow. */
function isReply(listed: ListedMessage, { body, began, file }: Reply) {
  return isSame(listed, { body, file }) || (began !== null && isSame(listed, { body: began, file }))
}

/** Signs that Campfire would not take down when the turn ended. */
async function takeDown({ turns }: Tables, campfire: Campfire, turn: TurnRow) {
  const signs = turn.signs ?? []
  for (const { message, boost } of signs) if (boost !== null) await campfire.unboost(message, boost)
  if (signs.length) turns.change(turn, { signs: null })
}

/** Turns that ended lately and had a crash, or a request whose answer never came. */
function doubtful({ turns, sql, now }: Tables) {
  const since = { never: now() - SWEEPS, again: now() - SWEEPS_AGAIN }
  return turns.doubtful(MOST_TURNS, since).map((turn) => {
    const replies = new Replies(sql, turn.id)
    return { turn, replies, known: standing(replies.all) }
  })
}

function standing(replies: Reply[]) {
  // The words of a forgotten one are gone, and with them what it could be known by. What is open in a
  // turn that is over was given up with it, and may have got out.
  return replies.filter(({ state, body }) => body !== '' && MAY_STAND.includes(state))
}

const MAY_STAND: ReplyState[] = [
  'drafting',
  'intended',
  'doubted',
  'posted',
  'doubtful',
  'missing',
  'lost',
  'apology',
]
