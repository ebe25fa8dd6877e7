import { CampfireError, isForGood, isGone, isPassing, listFrom, mayBeDone } from './campfire.ts'
import { inShort, log } from './log.ts'
import { isDecided } from './reply/ended-early.ts'
import type { ReplyNeeds } from './reply/needs.ts'
import { findPosted, isWorthWaitingFor, NEVER_SENT } from './reply/reconcile.ts'
import { repeat } from './reply/repeat.ts'
import { alone, seesItTaken, send } from './reply/send.ts'
import type { Reply } from './tables/room/reply-states.ts'

export { apologize, findApology } from './reply/apologize.ts'
export { Beside } from './reply/beside.ts'
export { Draft } from './reply/draft.ts'
export { endedEarly, isDecided } from './reply/ended-early.ts'
export { lateSince } from './reply/late-lines.ts'
export type { DraftNeeds, ReplyNeeds } from './reply/needs.ts'
export { postedElsewhere } from './reply/posted-elsewhere.ts'
export { noteDue, ProgressNote } from './reply/progress-note.ts'
export { findPosted, NEVER_SENT } from './reply/reconcile.ts'
export { TOLD_AFTER } from './reply/repeat.ts'
export { isAnswered, isOutdated, NO_TROUBLE, reword } from './reply/reword.ts'
export { alone, reaches } from './reply/send.ts'
export { Signs } from './reply/signs.ts'
export { sinceFor } from './reply/since.ts'
export { splitReply } from './reply/split.ts'
export { sweep, sweptSince } from './reply/sweep.ts'
export { isTelling, tellings } from './reply/tell.ts'
export { finalText } from './reply/text.ts'
export { Tidying } from './reply/tidying.ts'
export { signWaiting, takeDownLeft } from './reply/waiting-sign.ts'

/** Posts what is intended and not posted, in order: a part stands before the next one is sent. */
export async function post(turn: ReplyNeeds) {
  const { replies, row } = turn
  for (const reply of replies.all) {
    // Something else is to be said now, and later.
    if (row.state === 'paused') return
    if (reply.state !== 'intended' && reply.state !== 'doubted') continue
    if (reply.message === null) {
      await create(turn, reply)
    } else {
      await finish(turn, reply, reply.message)
    }
  }
  const stale = replies.all.find(({ state }) => state === 'stale')
  if (stale) await remove(turn, stale)
}

async function create(turn: ReplyNeeds, reply: Reply) {
  const mayHavePosted = reply.state === 'doubted'
  const known = mayHavePosted ? await findPosted(turn, reply) : NEVER_SENT
  const mayStand = mayHavePosted && !known.sure
  if (mayStand) log.warn('reply.in_doubt', { ...turn.ref, part: reply.part, it: turn.bot.unsure })
  // What is said of our own troubles is nothing that hurts when it stands twice, and is not to be missing.
  if (mayStand && turn.bot.unsure === 'may be missing' && !isDecided(turn.row)) {
    return turn.replies.posted(reply, 'missing', null)
  }

  if (known.id === null && reply.part === 1 && (await endIfUnwanted(turn, reply))) return
  // Where nobody can say whether it stands, nobody can fill it either: then it is sent whole.
  if (mayStand) return await repeat(turn, reply)
  const id = known.id ?? (await send(turn, reply)).id
  if (reply.began !== null) return await fill(turn, reply, id)
  const message = id ?? (await whereItStands(turn, reply))
  // A later look finds out; until then it is known for ours by its words.
  if (message === null && turn.canAsk()) turn.change({ doubt: 1 })
  turn.replies.posted(reply, 'posted', message)
  seesItTaken(turn)
}

/** True: a draft whose words were to be posted below it has been deleted by a person, and that was the end of it. */
async function endIfUnwanted(turn: ReplyNeeds, reply: Reply) {
  const { campfire, replies } = turn
  const stale = replies.all.find(({ state }) => state === 'stale')
  const message = stale?.message ?? null
  if (!stale || message === null) return false
  try {
    const { messages, whole } = await listFrom(campfire, message - 1)
    if (!whole || messages.some(({ id }) => id === message)) return false
  } catch (error) {
    if (!(error instanceof CampfireError) || isWorthWaitingFor(error, turn)) throw error
    return false
  }
  if (reply.state === 'doubted') replies.lose(reply)
  replies.end(stale)
  return true
}

/** It was taken without a word about where it is. What its number is good for can be done without. */
async function whereItStands(turn: ReplyNeeds, reply: Reply) {
  return await findPosted(turn, reply).then(
    ({ id }) => id,
    () => null,
  )
}

/** What was too long for a push stands with its beginning, and gets the rest. */
async function fill(turn: ReplyNeeds, reply: Reply, id: number | null) {
  const { replies } = turn
  if (id !== null) return await finish(turn, reply, id)

  replies.doubt(reply)
  const found = await findPosted(turn, reply)
  if (found.id !== null) await finish(turn, reply, found.id)
  else if (found.sure) replies.end(reply)
  else replies.doubtWhole(reply)
}

/** The last edit of what has grown. A person who deleted it meant it: there is no second post. */
async function finish(turn: ReplyNeeds, reply: Reply, id: number) {
  const { campfire, replies } = turn
  try {
    await alone(turn, () => campfire.edit(id, reply.body))
    replies.posted(reply, 'posted', id)
    seesItTaken(turn)
  } catch (error) {
    if (isGone(error)) return replies.end(reply)
    if (mayBeDone(error)) replies.mayComeLate(id, reply.body)
    if (reply.message === null) replies.placed(reply, id)
    if (isStuck(error, turn)) replies.renew(reply)
    else throw error
  }
}

/** So often one request is tried again where another way is left. */
const MOST_TRIES = 3

/** It will not be edited, and may still be posted: half an answer is not to stand for ever. */
function isStuck(error: unknown, { row }: ReplyNeeds) {
  if (!(error instanceof CampfireError)) return false
  if (error.kind === 'unsupported') return true
  // One refusal may be anybody's: see recovery/outage.ts.
  const isOfIt = ['broken', 'unreadable', 'forbidden', 'refused'].includes(error.kind)
  return (isOfIt || error.isAlone) && row.failures >= MOST_TRIES
}

/** A moment's trouble is waited for; what lasts is left for a later look, since the answer stands and others wait. */
async function remove({ campfire, change, replies, ref, row }: ReplyNeeds, stale: Reply) {
  try {
    if (stale.message !== null) await campfire.delete(stale.message)
  } catch (error) {
    if (isPassing(error) && row.failures < MOST_TRIES) throw error
    log.warn('draft.stays', { ...ref, error: inShort(error) })
    if (!isForGood(error)) {
      change({ doubt: 1 })
      return replies.leave(stale)
    }
  }
  replies.gone(stale)
}

/** A draft whose create was never answered: it is found by its words, or it never stood. */
export async function findDraft(turn: ReplyNeeds) {
  const { replies } = turn
  const { draft } = replies
  if (draft?.state !== 'drafting') return

  const { id } = await findPosted(turn, draft)
  if (id === null) replies.lose(draft)
  else replies.stands(draft, id)
}
