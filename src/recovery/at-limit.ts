import { type LimitReached, limitSentence } from '../budget.ts'
import { log } from '../log.ts'
import { approvedIn } from '../tables/room/answers.ts'
import { closeToolUses, decide } from './decide.ts'
import type { LimitNeeds } from './needs.ts'

/** One word for each person and period; whoever goes on asking finds that it keeps silent. */
export function meetLimit(turn: LimitNeeds, reached: LimitReached) {
  const { limit, isFirst } = reached
  log.warn('turn.at_limit', { ...turn.ref, limit: limit.for, per: limit.per })
  // Whatever may stand of it in the room has a row; a crash by itself has said nothing to anybody. And whoever has
  // had something done, or has said yes to it, is not left alone with it.
  const hasActed = turn.steps.all.some(({ uses }) => uses.length > 0)
  if (isFirst || hasActed || turn.replies.all.length) {
    return endAtLimit(turn, limitSentence(turn.sentences, reached))
  }
  closeToolUses(turn, 'Not done: a limit is used up.')
  turn.change({ verdict: 'silent', reason: 'limit', error: 'limit' })
}

/** A yes that nothing was done for was none: the request waits for one as before. */
export function endAtLimit(turn: LimitNeeds, sentence: string) {
  const approved = approvedIn(turn.steps.all)
  const isPutBack = approved.length > 0 && approved.every(({ state }) => state === 'intended')
  if (isPutBack) turn.approval.putBack(approved)
  const words = [sentence, ...(isPutBack ? [turn.sentences.limit.yesWaits] : [])]
  decide(turn, 'failed', words.join(' '), 'limit')
}
