import { CampfireError } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { ModelError } from '../model.ts'
import { isOutdated } from '../reply.ts'
import { decide } from './decide.ts'
import { afterFailure, mayBeMemory, type Telling } from './failure-policy.ts'
import type { RecoveryNeeds } from './needs.ts'

/** A caught error: another try later, another model, a word to the room, or none that can be said. */
export function handleFailure(turn: RecoveryNeeds, error: unknown) {
  const { row, bot } = turn
  const failures = row.failures + 1
  const failing_since = row.failing_since ?? turn.now()
  const fallback = Boolean(bot.fallbackModel && !row.model)
  const tries = { failures, since: turn.now() - failing_since, fallback, random: turn.random() }
  const consequence = afterFailure(error, tries)
  const fields = { ...turn.ref, reference: turn.reference, error: inShort(error), failures }
  log.warn('turn.went_wrong', { ...fields, does: consequence.does })
  // What the turn before was answered without need not be found again.
  if (error instanceof ModelError && mayBeMemory(error) && turn.remedies.resume(error.kind)) return

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
      return fallBack(turn, error instanceof ModelError && !error.retryable ? fields : null)
    case 'make room':
      return turn.remedies.makeRoom() || tell(turn, 'tooLong', reasonOf(error))
    case 'leave out':
      return turn.remedies.leaveOut() || tell(turn, consequence.otherwise, reasonOf(error))
    case 'do without':
      return (
        turn.doWithout(consequence.field) ||
        (fallback ? fallBack(turn, fields) : tell(turn, 'operator', reasonOf(error)))
      )
    case 'decline':
      return decide(turn, 'failed', turn.sentences.refused, reasonOf(error))
    case 'tell':
      return tell(turn, consequence.sentence, reasonOf(error))
    case 'give up':
      log.error('turn.gave_up', fields)
      return giveUp(turn, reasonOf(error))
  }
}

/** For the rest of this turn; the operator reads of it where the model is out for good. */
function fallBack({ bot, change }: RecoveryNeeds, fields: object | null) {
  if (fields) log.error('model.replaced', { ...fields })
  change({ model: bot.fallbackModel ?? null, failures: 0, failing_since: null })
}

/** Tells the room what went wrong, unless that is what the room would not take. */
function tell(turn: RecoveryNeeds, sentence: Telling, error: string) {
  const { row, replies, reference } = turn
  log.error('turn.failed', { ...turn.ref, reference, error })
  if (row.verdict === 'failed' && !isOutdated(row, replies.all)) return giveUp(turn, error)
  decide(turn, 'failed', turn.sentences[sentence](reference), error)
}

/** Nothing can be said here now. What stands of it is put right when the bot can speak here again. */
function giveUp(turn: RecoveryNeeds, error: string) {
  turn.change({ error, doubt: 3 })
  turn.seal('failed')
}

function reasonOf(error: unknown) {
  return error instanceof ModelError ? error.kind : inShort(error)
}
