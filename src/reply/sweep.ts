import { referenceOf } from '../address.ts'
import { asMarkdown, type Campfire, isSame, type ListedMessage } from '../campfire.ts'
import { MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import { sentencesAfter } from '../sentences.ts'
import { holdersOf, messageIdsSince } from '../tables/room/replies/own-messages.ts'
import { Replies } from '../tables/room/replies.ts'
import type { Reply, ReplyState } from '../tables/room/reply-states.ts'
import { type SignList, signsInRow } from '../tables/room/turns/signs.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { withoutHeld } from './held.ts'
import { removeLateLines } from './late-lines.ts'
import { wasPutBack } from './put-right.ts'
import type { Tidying } from './tidying.ts'

/** So long after its end a turn that was in doubt may still be put right, once that was done before. */
const SWEEPS_AGAIN = 62 * MINUTE
/** And if it never was: everything may have stood still for a day. */
const SWEEPS = 25 * 60 * MINUTE
const MOST_TURNS = 10

/** From where on the room must be listed to put every doubtful turn right. Null: there is none. */
export function sweptSince(tables: Tables): number | null {
  const cursors = doubtful(tables).flatMap(({ known, replies }) =>
    [...known, ...(halfAnswerOf(replies) ? [halfAnswerOf(replies)] : [])].map(
      (reply) => reply?.cursor ?? 0,
    ),
  )
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
  tidying: Tidying,
) {
  const own = messages.filter(({ author }) => author.id === tables.place.bot)
  const all = doubtful(tables)
  // The same words may be another turn's whole answer.
  const ids = messageIdsSince(tables.sql, Math.min(...all.map(({ turn }) => turn.id)))

  const isRight = new Set(all.map(({ turn }) => turn))
  for (const { turn, replies, known } of all) {
    const put = async (work: () => Promise<unknown>) => {
      const done = await tidying.try(work)
      if (!done) isRight.delete(turn)
      return done
    }
    const ref = { ...tables.place, turn: turn.id, reference: referenceOf(tables.place, turn) }
    for (const reply of known) {
      const after = own.filter(({ id }) => id > (reply.cursor ?? 0) && !ids.has(id))
      const alike = notHeld(
        tables,
        after.filter((one) => isReply(one, reply)),
      )
      const adopted = isUnplaced(reply) ? alike.shift() : undefined
      for (const double of alike) {
        log.warn('reply.double_removed', { ...ref, message: double.id })
        await put(() => campfire.delete(double.id))
      }
      const standing = adopted ?? own.find(({ id }) => id === reply.message)
      // Only what asks something of Campfire counts: what is as it was meant keeps nothing else waiting.
      const isBack =
        standing && wasPutBack(tables, { turn, reply, standing, isNew: adopted !== undefined })
      if (isBack && !(await put(() => campfire.edit(standing.id, reply.body)))) continue
      // Now that the room could be asked, there is no doubt left.
      if (standing && reply.state === 'telling') replies.told(reply, standing.id)
      else if (standing && reply.state !== 'posted') replies.posted(reply, 'posted', standing.id)
      if (adopted) ids.add(adopted.id)
    }
    for (const left of replies.all.filter(({ state }) => state === 'left')) {
      const { message } = left
      if (message === null || (await put(() => campfire.delete(message)))) replies.gone(left)
    }
    const half = halfAnswerOf(replies)
    const begun = own.find(({ id }) => id === half?.message)
    if (half && begun) {
      const words = `${asMarkdown(begun, campfire.people()) ?? begun.plain}\n\n${sentencesAfter(turn.prompt).brokenOff}`
      // The words of a forgotten one are not to be kept again.
      if (await put(() => campfire.edit(begun.id, words)))
        replies.breakOff(half, half.body && words)
    }
  }
  for (const { turn } of all) {
    if (!(await takeDown(tables, { campfire, turn, tidying }))) isRight.delete(turn)
  }
  await removeLateLines(tables, campfire, own, tidying)
  // Where so much was said since that it cannot all be read, nothing comes late any more.
  const isSettled = ({ doubt, ended }: TurnRow) =>
    whole || (doubt === 3 && Number(ended) < tables.now() - SWEEPS)
  for (const turn of isRight) {
    if (turn.doubt !== 2 && isSettled(turn)) tables.turns.change(turn, { doubt: 2 })
  }
}

function notHeld({ sql }: Tables, messages: ListedMessage[]) {
  return withoutHeld(messages, (ids) => holdersOf(sql, ids))
}

/** Meant to stand, and nobody knows where, or whether. */
function isUnplaced({ state, message }: Reply) {
  return message === null && state !== 'lost'
}

/** It was still growing when its turn was given up, or nothing took its place: nobody will finish it. */
function halfAnswerOf({ all }: Replies) {
  const isHalf = ({ state }: Reply) => state === 'draft' || state === 'stale'
  return all.find((reply) => isHalf(reply) && reply.message !== null) ?? null
}

/** The same words, or those with which it began to grow. */
export function isReply(
  listed: ListedMessage,
  { body, began, file }: Pick<Reply, 'body' | 'began' | 'file'>,
) {
  return isSame(listed, { body, file }) || (began !== null && isSame(listed, { body: began, file }))
}

interface Left {
  campfire: Campfire
  turn: TurnRow
  tidying: Tidying
}

/** Signs that Campfire would not take down when the turn ended. False: some are still to go. */
async function takeDown({ turns }: Tables, { campfire, turn, tidying }: Left) {
  const signs = turn.signs ?? []
  const left: SignList = []
  for (const sign of signs) {
    const { message, boost } = sign
    if (boost === null) continue
    if (!(await tidying.try(() => campfire.unboost(message, boost)))) left.push(sign)
  }
  if (signs.length > left.length) turns.change(turn, { signs: signsInRow(left) })
  return left.length === 0
}

/** Turns that ended lately and had a crash, or a request whose answer never came. */
export function doubtful({ turns, sql, now }: Tables) {
  const since = { never: now() - SWEEPS, again: now() - SWEEPS_AGAIN }
  return turns.ended.doubtful(MOST_TURNS, since).map((turn) => {
    const replies = new Replies(sql, turn.id)
    return { turn, replies, known: mayStand(replies.all) }
  })
}

export function mayStand(replies: Reply[]) {
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
  'telling',
]
