import {
  CampfireError,
  isGone,
  isRefusal,
  isReworded,
  isSame,
  isUnsupported,
  type ListedMessage,
  listSince,
} from '../campfire.ts'
import { DAY, HOUR } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { isNote, type Reply } from '../tables/room/reply-states.ts'
import { withoutHeld } from './held.ts'
import type { ReplyNeeds } from './needs.ts'

export type FindNeeds = Pick<
  ReplyNeeds,
  'botUserId' | 'campfire' | 'hasHeard' | 'now' | 'ref' | 'replies' | 'row' | 'since'
>

export const NEVER_SENT = { id: null, sure: true }

/** Of a turn, or of whatever else posts. */
type Finding = Pick<ReplyNeeds, 'botUserId' | 'campfire' | 'hasHeard' | 'now' | 'since'> & {
  row: Pick<ReplyNeeds['row'], 'failures' | 'failing_since'>
  replies: Pick<ReplyNeeds['replies'], 'holders' | 'later' | 'unplacedOfOthers' | 'standBefore'> & {
    all: Pick<Reply, 'message' | 'part'>[]
  }
  ref: object
}

/**
 * A create whose answer never came may stand in the room. Own messages after the cursor with the
 * same text, or one with which it was sent earlier, are that reply: one is adopted, the others go. Without a list there is nothing to know.
 */
export async function findPosted(
  turn: Finding,
  reply: Pick<Reply, 'part' | 'file' | 'body' | 'cursor' | 'began' | 'state'>,
  earlier: string[] = [],
): Promise<{ id: number | null; sure: boolean }> {
  const { campfire, replies, botUserId } = turn
  const known = new Set([...replies.all.map(({ message }) => message), ...replies.later()])
  // Parts stand one after the other; a note may have been sent before what is known to stand.
  const earlierParts = isNote(reply) ? [] : replies.all.filter(({ part }) => part < reply.part)
  const before = earlierParts.map(({ message }) => message ?? 0)
  const cursor = Math.max(reply.cursor ?? 0, ...before)

  try {
    // Where its numbers went back, what is held by other replies tells which is which.
    const { behind, whole } = await listSince(campfire, turn.since(cursor))
    const people = campfire.people()
    const [{ file, body }, began] = [reply, reply.began ?? reply.body]
    const alike = behind.filter(
      (message) =>
        message.author.id === botUserId &&
        [body, began, ...earlier].some((words) => isSame(message, { file, body: words }, people)),
    )
    const free = withoutHeld(
      alike.filter(({ id }) => !known.has(id)),
      (ids) => replies.holders(ids),
    )
    const [found, ...others] = leftBy(replies.standBefore(), free)
    for (const { id } of others) await removeDouble(turn, id)
    const own = behind.filter(({ id, author }) => author.id === botUserId && !known.has(id))
    const standing = found ?? edited(own, turn, { file, bodies: [body, began, ...earlier] })
    const outcome = { part: reply.part, found: Boolean(standing), others: others.length }
    log.info('reply.reconciled', { ...turn.ref, ...outcome })
    return { id: standing?.id ?? null, sure: whole || standing !== undefined }
  } catch (error) {
    if (!(error instanceof CampfireError) || isWorthWaitingFor(error, turn)) throw error
    log.warn('reply.not_looked_for', { ...turn.ref, part: reply.part, error: error.kind })
    return { id: null, sure: false }
  }
}

/** Of the same words the first stand for earlier answers, of which nobody has said where. */
function leftBy(earlier: Pick<Reply, 'body' | 'file'>[], messages: ListedMessage[]) {
  const left = [...messages]
  for (const words of earlier) {
    const theirs = left.findIndex((message) => isSame(message, words))
    if (theirs >= 0) left.splice(theirs, 1)
  }
  return left
}

/**
 * A person may have edited it before we knew where it stands: then it stays as they left it. What any answer is known
 * to be, or has the very words of another that is looked for, is not it.
 */
function edited(
  own: ListedMessage[],
  { replies }: Finding,
  { file, bodies }: { file: string | null; bodies: string[] },
) {
  const alike = own.filter((message) => bodies.some((body) => isReworded(message, { file, body })))
  if (!alike.length) return undefined
  const held = new Set(replies.holders(alike.map(({ id }) => id)).map(({ message }) => message))
  const others = replies.unplacedOfOthers()
  return alike.find(
    (message) => !held.has(message.id) && !others.some((other) => isSame(message, other)),
  )
}

/** A double that cannot be removed is no reason to lose the one that stands. */
async function removeDouble({ campfire, ref }: Pick<Finding, 'campfire' | 'ref'>, id: number) {
  await campfire.delete(id).catch((error: unknown) => {
    log.warn('reply.stands_twice', { ...ref, message: id, error: inShort(error) })
  })
}

/**
 * One broken message breaks its whole page, and no waiting mends that. Any other answer may be of somebody
 * who stands before Campfire for a while, and then the room tells what became of it.
 */
export function isWorthWaitingFor(
  error: CampfireError,
  turn: Pick<Finding, 'hasHeard' | 'now' | 'row'>,
) {
  if (isUnsupported(error) || isGone(error) || isShutFromUs(error, turn)) return false
  return !error.isOfPage || turn.row.failures < 3
}

/** By then an answer has given way to a sentence, which may as well stand twice. */
const WAITS_FOR_LOOKS = DAY + HOUR

/**
 * Each look has come to nothing for more than a day: then it may be the looks alone, and whoever waits for one waits
 * for good. Where nobody answers nothing is sent either, unless Campfire has brought us something meanwhile.
 */
export function isShutFromUs(
  error: unknown,
  { row, now, hasHeard }: Pick<Finding, 'hasHeard' | 'now'> & Failing,
) {
  if (!(error instanceof CampfireError) || row.failing_since === null) return false
  if (!isRefusal(error) && !hasHeard(row.failing_since)) return false
  return now() - row.failing_since >= WAITS_FOR_LOOKS
}

interface Failing {
  row: Pick<Finding['row'], 'failing_since'>
}
