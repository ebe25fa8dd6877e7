import { referenceOf } from '../address.ts'
import { asMarkdown, type Campfire, isSame, type ListedMessage, type Since } from '../campfire.ts'
import { MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import { dropTakenBack } from '../prompt.ts'
import { sentencesAfter } from '../sentences.ts'
import { holdersOf } from '../tables/room/replies/own-messages.ts'
import { Replies } from '../tables/room/replies.ts'
import type { Reply, ReplyState } from '../tables/room/reply-states.ts'
import { isNamedBy } from '../tables/room/sessions/prints.ts'
import { type SignList, signsInRow } from '../tables/room/turns/signs.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { withoutHeld } from './held.ts'
import { removeLateLines } from './late-lines.ts'
import { OwnOf } from './own-of.ts'
import { wasPutBack } from './put-right.ts'
import { sinceFor } from './since.ts'
import type { Tidying } from './tidying.ts'

/** So long after its end a turn that was in doubt may still be put right, once that was done before. */
const SWEEPS_AGAIN = 62 * MINUTE
/** And if it never was: everything may have stood still for a day. */
const SWEEPS = 25 * 60 * MINUTE
const MOST_TURNS = 10

/** From where on the room must be listed to put every doubtful turn right. Null: there is none. */
export function sweptSince(tables: Tables): Since | null {
  const all = doubtful(tables).flatMap(({ turn, known, replies }) => {
    const half = halfAnswerOf(replies)
    const cursors = [...known, ...(half ? [half] : [])].map(({ cursor }) => cursor ?? 0)
    return cursors.length ? [sinceFor(tables, turn, Math.min(...cursors))] : []
  })
  if (!all.length) return null
  const back = all.filter(({ wentBack }) => wentBack)
  return {
    cursor: Math.min(...all.map(({ cursor }) => cursor)),
    time: Math.min(...(back.length ? back : all).map(({ time }) => time)),
    wentBack: back.length > 0,
  }
}

/**
 * A request of ours that was given up may take effect later: a create that makes a second one, an edit
 * that puts old words back. Our own messages with the words of a reply are that reply, and one stands.
 */
export async function sweep(
  tables: Tables,
  campfire: Campfire,
  { messages, whole, start }: { messages: ListedMessage[]; whole: boolean; start: Since },
  tidying: Tidying,
) {
  const own = messages.filter(({ author }) => author.id === tables.place.bot)
  const all = doubtful(tables)
  const ownOf = new OwnOf(tables, own, all)

  const isOfBefore = (turn: TurnRow) => tables.numbers.since(0, turn).wentBack
  // What was listed before anybody knew that the numbers went back is listed again, from further back.
  const reaches = (turn: TurnRow) =>
    !isOfBefore(turn) || (start.wentBack && !tables.numbers.wentBack())

  const places = placesOf(tables, ownOf, all)
  const isRight = new Set(all.map(({ turn }) => turn))
  for (const { turn, replies, known } of all) {
    const put = async (work: () => Promise<unknown>) => {
      const done = await tidying.try(work)
      if (!done) isRight.delete(turn)
      return done
    }
    const ref = { ...tables.place, turn: turn.id, reference: referenceOf(tables.place, turn) }
    for (const reply of known) {
      const adopted = places.get(reply)
      for (const double of alikeOf(tables, ownOf, { turn, replies }, reply)) {
        log.warn('reply.double_removed', { ...ref, message: double.id })
        await put(() => campfire.delete(double.id))
      }
      const standing = adopted ?? ownOf.under(reply.message, { turn })
      // Only what asks something of Campfire counts: what is as it was meant keeps nothing else waiting.
      const isBack =
        standing &&
        reply.body !== '' &&
        wasPutBack(tables, { turn, reply, standing, isNew: adopted !== undefined })
      if (isBack && !(await put(() => campfire.edit(standing.id, reply.body)))) continue
      // Now that the room could be asked, there is no doubt left.
      if (standing && reply.state === 'telling') replies.told(reply, standing.id)
      else if (standing && (adopted || reply.state !== 'posted'))
        replies.posted(reply, 'posted', standing.id)
    }
    for (const left of replies.all.filter(({ state }) => state === 'left')) {
      const { message } = left
      // After a restored backup that number may be anybody's.
      const isThere = message !== null && (!isOfBefore(turn) || ownOf.under(message, { turn }))
      if (!isThere || (await put(() => campfire.delete(message)))) replies.gone(left)
    }
    const half = halfAnswerOf(replies)
    const begun = half && ownOf.under(half.message, { turn })
    if (begun) {
      const words = `${asMarkdown(begun, campfire.people()) ?? begun.plain}\n\n${sentencesAfter(turn.prompt).brokenOff}`
      // The words of a forgotten one are not to be kept again.
      if (await put(() => campfire.edit(begun.id, words)))
        replies.breakOff(half, half.body && words)
    }
  }
  await removeLateLines(tables, campfire, own, tidying)
  for (const { turn } of all) {
    if (!(await takeDown(tables, { campfire, turn, tidying }))) isRight.delete(turn)
  }
  // Where so much was said since that it cannot all be read, nothing comes late any more.
  const isSettled = (turn: TurnRow) =>
    (whole && reaches(turn)) || (turn.doubt === 3 && Number(turn.ended) < tables.now() - SWEEPS)
  for (const turn of isRight) {
    if (turn.doubt === 2 || !isSettled(turn)) continue
    tables.turns.change(turn, { doubt: 2 })
    dropTakenBack(tables, turn.id)
  }
}

interface Ended {
  turn: TurnRow
  replies: Replies
}

/** Which of ours is which, where nobody knows by its number: of the same words the first is the first turn's. */
function placesOf(tables: Tables, ownOf: OwnOf, all: (Ended & { known: Reply[] })[]) {
  const places = new Map<Reply, ListedMessage>()
  for (const { turn, replies, known } of all.toSorted((a, b) => a.turn.id - b.turn.id)) {
    for (const reply of known.filter(isUnplaced)) {
      const [standing] = alikeOf(tables, ownOf, { turn, replies }, reply)
      if (!standing) continue
      places.set(reply, standing)
      ownOf.placed(standing)
    }
  }
  return places
}

/** With its words, and no answer is known to be that. */
function alikeOf({ sql }: Tables, ownOf: OwnOf, of: Ended, reply: Reply) {
  const alike = ownOf.unplaced(of, reply.cursor).filter((one) => isReply(one, reply))
  return withoutHeld(alike, (ids) => holdersOf(sql, ids))
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
  {
    body,
    began,
    file,
    prints = null,
  }: Pick<Reply, 'body' | 'began' | 'file'> & Partial<Pick<Reply, 'prints'>>,
) {
  if (prints) return listed.file === null && isNamedBy(prints, listed)
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
  // What is open in a turn that is over was given up with it, and may have got out.
  const isKnown = ({ body, prints }: Reply) => body !== '' || prints !== null
  return replies.filter((reply) => isKnown(reply) && MAY_STAND.includes(reply.state))
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
