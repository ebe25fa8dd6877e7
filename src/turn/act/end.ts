import { log } from '../../log.ts'
import { decide } from '../../recovery.ts'
import { endedEarly, isAnswered, NO_TROUBLE } from '../../reply.ts'
import { lastWords, OUT_OF_TIME } from '../../step.ts'
import { textOf } from '../../tables/room/answers.ts'
import { stands } from '../../tables/room/reply-states.ts'
import { tellsDoubt } from '../tell-doubt.ts'
import type { Turn } from '../turn-context.ts'

type Deciding = Pick<Turn, 'change' | 'ref' | 'reference' | 'sentences' | 'steps'>

/** It is over, unless the room is still to be told of a doubt. */
export async function end(turn: Turn) {
  const { row, replies } = turn
  if (await tellsDoubt(turn)) return
  await turn.signs.clear()
  if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)
  turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))
}

export function endStopped(turn: Deciding) {
  decide(turn, 'stopped', partialAnswer(turn))
}

export function endTooLong(turn: Deciding) {
  decide(turn, 'failed', turn.sentences.tooLong(turn.reference))
}

/** What it has said by then, or that there is nothing. */
export function endInTime(turn: Deciding) {
  const { steps, sentences, reference, ref } = turn
  const words = lastWords(steps.all, textOf)
  const sentence = words ? endedEarly(words, sentences.atEnd) : sentences.unavailable(reference)
  log.error('turn.failed', { ...ref, reference, error: OUT_OF_TIME })
  decide(turn, 'failed', sentence, OUT_OF_TIME)
}

function partialAnswer({ steps, sentences }: Deciding) {
  const last = steps.all.at(-1)
  const partial = last?.state === 'stopped' && last.kind !== 'summary' ? textOf(last) : ''
  return partial ? endedEarly(partial, sentences.stoppedHere) : sentences.stopped
}
