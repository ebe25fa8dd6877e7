import { CampfireError, isLikelyUndone } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { NO_OUTAGE, type Reply } from '../tables/room/reply-states.ts'
import { isDecided } from './ended-early.ts'
import type { ReplyNeeds } from './needs.ts'
import { reaches, seesItTaken, transmit } from './send.ts'

/**
 * It may stand, and nobody can say: it is sent once more, and whatever comes of that is its end. That is
 * written first, so that no death makes it a third time.
 */
export async function repeat(turn: ReplyNeeds, reply: Reply) {
  const { replies, ref } = turn
  // A connection that was refused did no harm: while Campfire is away, the one repetition is kept.
  const isThere = (await reaches(turn, mayGuess(turn))) ?? false
  if (!isThere) turn.change({ outage: { ...(turn.row.outage ?? NO_OUTAGE), guessed: true } })
  replies.posted(reply, 'doubtful', null)
  try {
    const { id } = await transmit(turn, reply)
    // Without a number it was taken all the same.
    replies.posted(reply, id === null ? 'posted' : 'doubtful', id)
    seesItTaken(turn)
  } catch (error) {
    const isAway = !isThere && isLikelyUndone(error)
    if (!(error instanceof CampfireError) || !error.uncertain || isAway) {
      replies.doubtAgain(reply)
      throw error
    }
    log.error('reply.may_be_missing', { ...ref, part: reply.part, error: inShort(error) })
    if (isLikelyUndone(error)) tellLater(turn, reply)
  }
}

/**
 * Where every look fails it may be a message that breaks its page, or nothing is there: then it is sent, once and
 * not at once. What fails as the looks do waits for one that does not.
 */
function mayGuess({ row, now }: ReplyNeeds) {
  const since = row.failing_since ?? now()
  return !row.outage?.guessed && now() - since >= GUESSES_AFTER
}

const GUESSES_AFTER = 60_000

/** So long the same trouble may last: then other words are tried, where none are known to stand. */
export const TOLD_AFTER = 120_000

/** Twice it was answered as if it had failed: most likely it does not stand, and the room is to know. */
function tellLater(turn: ReplyNeeds, reply: Reply) {
  const { row, replies, sentences, reference, now } = turn
  if (isDecided(row)) return
  const sentence = sentences.unpostable(reference)
  replies.replace(reply, { body: sentence, file: null })
  turn.change({
    verdict: 'failed',
    sentence,
    error: 'Campfire failed at it',
    state: 'paused',
    due: now() + TOLD_AFTER,
    outage: null,
    // Meanwhile nobody waits for it.
    aside: 1,
  })
}
