import { CampfireError } from '../campfire.ts'
import { decide } from '../recovery.ts'
import { findPosted, isDecided, NO_TROUBLE, TOLD_AFTER } from '../reply.ts'
import { isUnknown, type Reply, stands } from '../tables/room/reply-states.ts'
import type { Turn } from './turn-context.ts'

/**
 * It was sent, and nobody knows what came of it. Neither an answer that may be missing nor one that may stand twice
 * ends without a word. True: the turn has something to do still.
 */
export async function tellsDoubt(turn: Turn): Promise<boolean> {
  const { row, replies } = turn
  if (row.kind === 'told' || isDecided(row) || !isUnknown(replies.all)) return false
  // An earlier life may have been the one that knew whether it can be asked.
  if (turn.canAsk() && (await isFoundOut(turn))) return true
  tell(turn)
  return true
}

/** Whether it was found out while the words about that waited: then there is nothing to tell. */
export async function isNoDoubtLeft(turn: Turn) {
  const { row, replies } = turn
  const open = replies.all.find(({ state }) => state === 'intended' || state === 'doubted')
  const isTelling = open?.state === 'intended' && open.body === row.sentence
  if (!isTelling || !isUnknown(replies.all) || !turn.canAsk()) return false
  const isFound = await isFoundOut(turn, () => replies.drop()).catch((error: unknown) => {
    if (!(error instanceof CampfireError)) throw error
    return false
  })
  // One that is unknown still is told of anew.
  if (isFound) turn.change({ ...NO_TROUBLE, aside: 0 })
  return isFound
}

async function isFoundOut(turn: Turn, first = () => {}) {
  const { replies } = turn
  const unknown = replies.all.find((reply) => isUnknown([reply]))
  const found = unknown && (await findPosted(turn, unknown))
  if (!unknown || !found?.sure) return false
  first()
  if (found.id === null) replies.doubtAgain(unknown)
  else replies.posted(unknown, 'posted', found.id)
  return true
}

/** Not at once: what swallowed it would most likely swallow this, and it may stand twice as that may. */
function tell(turn: Turn) {
  const { replies, sentences, reference, now } = turn
  const sentence = wordsFor(replies.all)
  decide(turn, stands(replies.all) ? 'replied' : 'failed', sentence)
  replies.add({ body: sentence, file: null }, turn.cursor())
  turn.change({ state: 'paused', due: now() + TOLD_AFTER, outage: null, aside: 1 })

  function wordsFor(all: Reply[]) {
    const mayStandTwice = all.some(({ state }) => state === 'doubtful')
    return mayStandTwice ? sentences.inDoubt(reference) : sentences.mayBeMissing(reference)
  }
}
