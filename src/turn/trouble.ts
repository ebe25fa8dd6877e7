import { CampfireError } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { ModelError } from '../model.ts'
import type { Turn } from '../turn.ts'
import { afterFailure, type Telling } from './failure.ts'
import { isOutdated } from './reword.ts'
import { decide } from './verdict.ts'

/** A caught error: another try later, another model, a word to the room, or none that can be said. */
export function goWrong(turn: Turn, error: unknown) {
  const { row, bot } = turn
  const failures = row.failures + 1
  const failing_since = row.failing_since ?? turn.now()
  const fallback = Boolean(bot.fallbackModel && !row.model)
  const tries = { failures, since: turn.now() - failing_since, fallback, random: turn.random() }
  const consequence = afterFailure(error, tries)
  const fields = { ...turn.ref, reference: turn.reference, error: inShort(error), failures }
  log.warn('turn.went_wrong', { ...fields, does: consequence.does })

  switch (consequence.does) {
    case 'retry':
      return turn.change({
        state: 'paused',
        due: turn.now() + consequence.in,
        failures,
        failing_since,
        ...(error instanceof CampfireError && error.uncertain && { doubt: 1 as const }),
      })
    case 'fall back':
      if (error instanceof ModelError && !error.retryable) log.error('model.replaced', fields)
      return turn.change({ model: bot.fallbackModel ?? null, failures: 0, failing_since: null })
    case 'make room':
      return turn.makeRoom() || tell(turn, 'tooLong', kindOf(error))
    case 'read it in words':
      return turn.readInWords() || tell(turn, 'failed', kindOf(error))
    case 'decline':
      return decide(turn, 'failed', turn.sentences.refused, kindOf(error))
    case 'start afresh':
      return turn.makeRoom('all') || tell(turn, 'failed', kindOf(error))
    case 'tell':
      return tell(turn, consequence.sentence, kindOf(error))
    case 'give up':
      log.error('turn.gave_up', fields)
      turn.change({ error: kindOf(error) })
      return turn.seal('failed')
  }
}

/** Tells the room what went wrong, unless that is what the room would not take. */
function tell(turn: Turn, sentence: Telling, error: string) {
  const { row, replies, reference } = turn
  log.error('turn.failed', { ...turn.ref, reference, error })
  if (row.verdict === 'failed' && !isOutdated(row, replies.all)) return turn.seal('failed')
  decide(turn, 'failed', turn.sentences[sentence](reference), error)
}

function kindOf(error: unknown) {
  return error instanceof ModelError ? error.kind : inShort(error)
}
