import { decide } from '../recovery.ts'
import { findPosted, isDecided, TOLD_AFTER } from '../reply.ts'
import { isUnknown, stands } from '../tables/room/reply-states.ts'
import type { Turn } from './turn-context.ts'

/**
 * It was sent twice, and nobody knows what came of either. Where nobody can be asked, neither an answer that may be
 * missing nor one that may stand twice ends without a word. True: the turn has something to do still.
 */
export async function tellsDoubt(turn: Turn): Promise<boolean> {
  const { row, replies } = turn
  if (row.kind === 'told' || isDecided(row) || !isUnknown(replies.all)) return false
  // An earlier life may have been the one that knew whether it can be asked.
  if (turn.canAsk() && (await isFoundOut(turn))) return true
  // It can be read but for now: the looks after the turn find what stands.
  if (turn.canAsk()) return false
  tell(turn)
  return true
}

async function isFoundOut(turn: Turn) {
  const { replies } = turn
  const unknown = replies.all.find((reply) => isUnknown([reply]))
  const found = unknown && (await findPosted(turn, unknown))
  if (!unknown || !found?.sure) return false
  if (found.id === null) replies.doubtAgain(unknown)
  else replies.posted(unknown, 'posted', found.id)
  return true
}

/** Not at once: what swallowed both would most likely swallow this, and it may stand twice as they may. */
function tell(turn: Turn) {
  const { replies, sentences, reference, now } = turn
  const sentence = sentences.inDoubt(reference)
  decide(turn, stands(replies.all) ? 'replied' : 'failed', sentence)
  replies.add({ body: sentence, file: null }, turn.cursor())
  turn.change({ state: 'paused', due: now() + TOLD_AFTER, outage: null, aside: 1 })
}
