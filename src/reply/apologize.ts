import { CampfireError } from '../campfire.ts'
import { log } from '../log.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import type { ReplyNeeds } from './needs.ts'
import { findPosted } from './reconcile.ts'

/**
 * Words that are refused again and again may be what is refused, or the room is out of reach: a sentence
 * of our own tells the two apart. Taken, it is the end of the turn; refused too, the words wait on.
 */
export async function apologize(turn: ReplyNeeds) {
  const { campfire, replies, sentences, reference } = turn
  const apology = replies.apologize(sentences.unpostable(reference), turn.cursor())
  try {
    const { id } = await campfire.post(apology.body)
    takesItsPlace(turn, apology, id)
  } catch (error) {
    const isCertain = error instanceof CampfireError && !error.uncertain
    if (isCertain) replies.forget(apology)
    throw error
  }
}

/** Whether a sentence stands whose create was never answered. */
export async function findApology(turn: ReplyNeeds) {
  const { apology } = turn.replies
  if (!apology) return
  const { id, sure } = await findPosted(turn, apology)
  // Where nobody can be asked it may stand: it is the answer now, and is repeated once like any other.
  if (id !== null || !sure) return takesItsPlace(turn, apology, id, sure)
  // It may come late, and is swept away then.
  turn.replies.lose(apology)
  turn.change({ doubt: 1 })
}

function takesItsPlace(turn: ReplyNeeds, apology: Reply, id: number | null, sure = true) {
  const { replies, ref, reference } = turn
  replies.apologized(apology, id, sure ? 'posted' : 'doubted')
  const error = 'Campfire would not take it'
  log.error('turn.failed', { ...ref, reference, error })
  turn.change({
    verdict: 'failed',
    sentence: apology.body,
    error,
    failures: 0,
    failing_since: null,
    outage: null,
  })
}
