import { split } from '../campfire/markdown.ts'
import { CampfireError, isFinal, isPassing, isSame, listFrom } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Part, Reply } from '../room/reply.ts'
import type { Turn } from '../turn.ts'
import { SENTENCES, type Sentences, sentencesAfter } from './sentences.ts'

const MOST_PARTS = 4

/** What is posted: the text in one or a few messages; the whole as a file where that is too much. */
export function partsOf(text: string, { whole }: Sentences = SENTENCES): Part[] {
  const [first = text, ...rest] = split(text)
  return rest.length < MOST_PARTS
    ? [first, ...rest].map((body) => ({ body, file: null }))
    : [
        { body: `${first}\n\n${whole}`, file: null },
        { body: text, file: 'answer.md' },
      ]
}

/** Posts what is intended and not posted, in order: a part stands before the next one is sent. */
export async function post(turn: Turn) {
  const { replies } = turn
  for (const reply of replies.all) {
    if (reply.state !== 'intended' && reply.state !== 'doubted') continue
    if (reply.message === null) {
      await create(turn, reply)
      // The parts after one that was not known to stand were never sent.
      turn.unsure = false
    } else {
      await finish(turn, reply, reply.message)
    }
  }
  const stale = replies.all.find(({ state }) => state === 'stale')
  if (stale) await remove(turn, stale)
}

async function create(turn: Turn, reply: Reply) {
  const mayBeThere = turn.unsure || reply.state === 'doubted'
  const known = mayBeThere ? await findPosted(turn, reply) : NEVER_SENT
  const mayStand = !known.sure && reply.state === 'doubted'
  if (mayStand) log.warn('reply.in_doubt', { ...turn.ref, part: reply.part, it: turn.bot.unsure })
  if (mayStand && turn.bot.unsure === 'may be missing') {
    return turn.replies.posted(reply, 'missing', null)
  }

  if (known.id === null && reply.part === 1 && (await isUnwanted(turn, reply))) return
  const id = known.id ?? (await send(turn, reply, !mayStand)).id
  const state = mayStand ? 'doubtful' : 'posted'
  turn.replies.posted(reply, state, id ?? (mayStand ? null : await whereItStands(turn, reply)))
}

/** A draft that is to be told anew has been deleted by a person: that was the end of it. */
async function isUnwanted(turn: Turn, reply: Reply) {
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
async function whereItStands(turn: Turn, reply: Reply) {
  return await findPosted(turn, reply).then(
    ({ id }) => id,
    () => null,
  )
}

/** The last edit of what has grown. A person who deleted it meant it: there is no second post. */
async function finish(turn: Turn, reply: Reply, id: number) {
  const { campfire, replies } = turn
  try {
    await campfire.edit(id, reply.body)
    replies.posted(reply, 'posted', id)
  } catch (error) {
    if (isGone(error)) replies.end(reply)
    else if (isStuck(error, turn)) replies.renew(reply)
    else throw error
  }
}

/** It will not be edited, and may still be posted: half an answer is not to stand for ever. */
function isStuck(error: unknown, { row }: Turn) {
  if (!(error instanceof CampfireError)) return false
  if (error.kind === 'broken' || error.kind === 'unreadable') return row.failures >= 3
  return ['forbidden', 'unsupported', 'refused'].includes(error.kind)
}

async function remove({ campfire, replies, ref }: Turn, stale: Reply) {
  if (stale.message !== null) {
    await campfire.delete(stale.message).catch((error: unknown) => {
      if (isPassing(error)) throw error
      log.warn('draft.stays', { ...ref, error: inShort(error) })
    })
  }
  replies.gone(stale)
}

/** A draft whose create was never answered: it is found by its words, or it never stood. */
export async function findDraft(turn: Turn) {
  const { replies } = turn
  const { draft } = replies
  if (draft?.state !== 'drafting') return

  const { id } = await findPosted(turn, draft)
  if (id === null) replies.lose(draft)
  else replies.stands(draft, id)
}

export function isGone(error: unknown) {
  return error instanceof CampfireError && error.kind === 'gone'
}

/**
 * The room is to get other words than those intended, since the turn was stopped, failed or parked
 * meanwhile. What may stand of the old ones is looked for first; a reply that got out is the end, and
 * when it was stopped, what had still to follow it gives way.
 */
export async function reword(turn: Turn) {
  const { row, replies } = turn
  const reply = replies.all.find(({ state }) => state === 'intended' || state === 'doubted')
  const words = { body: row.sentence ?? '', file: null }
  // What brought us down again after that may be in the old words themselves.
  const mayLook = turn.unsure && row.crashes <= 3 && reply?.message === null
  const found = reply && mayLook ? await findPosted(turn, reply) : NEVER_SENT
  turn.unsure = false

  if (reply && found.id !== null) {
    replies.posted(reply, 'posted', found.id)
    if (row.verdict !== 'stopped') turn.change(NO_TROUBLE)
    else replies.instead(words)
  } else {
    // It may come late, and on an old Campfire nobody can say whether it did.
    if (reply?.state === 'doubted' && reply.message === null) replies.replace(reply, words)
    else replies.instead(words)
  }
}

/** The words that were intended are not those that the room is to get now. */
export function isOutdated(row: Turn['row'], replies: Reply[]) {
  const open = replies.find(({ state }) => state === 'intended' || state === 'doubted')
  if (!open || row.sentence === null) return false
  return !partsOf(row.sentence, sentencesAfter(row.prompt)).some(({ body }) => body === open.body)
}

/** The answer got out before the turn was set aside: that is its end, and there is nothing to tell. */
export function isAnswered({ verdict, sentence, prompt }: Turn['row'], replies: Reply[]) {
  if (verdict !== 'parked' || sentence === null) return false
  const stands = replies.filter(({ state }) => state === 'posted' || state === 'doubtful')
  const told = partsOf(sentence, sentencesAfter(prompt)).map(({ body }) => body)
  return stands.length > 0 && !stands.some(({ body }) => told.includes(body))
}

export const NO_TROUBLE = { verdict: null, sentence: null, error: null }

async function send(turn: Turn, reply: Reply, canBeAsked: boolean) {
  const { campfire, replies } = turn
  const { file, body } = reply
  try {
    return file
      ? await campfire.attach({ name: file, type: 'text/markdown', body })
      : await campfire.post(body)
  } catch (error) {
    if (!(error instanceof CampfireError && error.uncertain)) throw error
    // Sent twice, and both times it may have arrived, and nobody to ask: a third is one too many.
    if (error.mayHaveArrived && reply.state === 'doubted' && !canBeAsked) return { id: null }
    replies.doubt(reply)
    throw error
  }
}

const NEVER_SENT = { id: null, sure: true }

/**
 * A create whose answer never came may stand in the room. Own messages after the cursor with the
 * same text are that reply: one is adopted, the others go. Without a list there is nothing to know.
 */
async function findPosted(turn: Turn, reply: Reply): Promise<{ id: number | null; sure: boolean }> {
  const { campfire, replies, botUserId } = turn
  const known = new Set(replies.all.map(({ message }) => message))
  const cursor = Math.max(reply.cursor ?? 0, ...replies.all.map(({ message }) => message ?? 0))

  try {
    const { messages, whole } = await listFrom(campfire, cursor)
    const [found, ...others] = messages.filter(
      (message) =>
        message.id > cursor &&
        message.author.id === botUserId &&
        !known.has(message.id) &&
        isSame(message, reply, campfire.people()),
    )
    for (const { id } of others) await removeDouble(turn, id)
    const outcome = { part: reply.part, found: Boolean(found), others: others.length }
    log.info('reply.reconciled', { ...turn.ref, ...outcome })
    return { id: found?.id ?? null, sure: whole || found !== undefined }
  } catch (error) {
    if (!(error instanceof CampfireError) || isWorthWaitingFor(error, turn)) throw error
    log.warn('reply.not_looked_for', { ...turn.ref, part: reply.part, error: error.kind })
    return { id: null, sure: false }
  }
}

/** A double that cannot be removed is no reason to lose the one that stands. */
async function removeDouble({ campfire, ref }: Turn, id: number) {
  await campfire.delete(id).catch((error: unknown) => {
    log.warn('reply.stands_twice', { ...ref, message: id, error: inShort(error) })
  })
}

/** One broken message breaks its whole page, and no waiting mends that. */
function isWorthWaitingFor(error: CampfireError, { row }: Turn) {
  return isFinal(error) || (isPassing(error) && (error.kind === 'unreachable' || row.failures < 3))
}
