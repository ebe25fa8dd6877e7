import { split, splitForPush } from '../campfire/markdown.ts'
import { CampfireError, isGone, isPassing, listFrom } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Part, Reply } from '../room/reply.ts'
import type { Turn } from '../turn.ts'
import { findPosted, isWorthWaitingFor, NEVER_SENT } from './reconcile.ts'
import { SENTENCES, type Sentences } from './sentences.ts'

const MOST_PARTS = 4

/**
 * What is posted: the text in one or a few messages; the whole as a file where that is too much. The first
 * of what grew stands already, and was short when people were told of it.
 */
export function partsOf(text: string, { whole }: Sentences = SENTENCES, grew = false): Part[] {
  const [first = text, ...rest] = grew ? splitGrown(text) : splitForPush(text)
  return rest.length < MOST_PARTS
    ? [first, ...rest].map((body) => ({ body, file: null }))
    : [
        { body: `${first}\n\n${whole}`, file: null },
        { body: text, file: 'answer.md' },
      ]
}

function splitGrown(text: string) {
  const [first = text, ...rest] = split(text)
  return [first, ...rest.flatMap(splitForPush)]
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

  if (known.id === null && reply.part === 1 && (await endIfUnwanted(turn, reply))) return
  const id = known.id ?? (await send(turn, reply, !mayStand)).id
  const state = mayStand ? 'doubtful' : 'posted'
  turn.replies.posted(reply, state, id ?? (mayStand ? null : await whereItStands(turn, reply)))
}

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

/** True: a draft that was to be told anew has been deleted by a person, and that was the end of it. */
async function endIfUnwanted(turn: Turn, reply: Reply) {
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
