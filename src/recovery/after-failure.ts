import { BudgetsBroken, LimitReached } from '../budget.ts'
import { CampfireError, isLikelyUndone, isRefusal } from '../campfire.ts'
import { MINUTE } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { ModelError } from '../model.ts'
import { isDecided, isOutdated } from '../reply.ts'
import { isUnknown } from '../tables/room/reply-states.ts'
import { endAtLimit, meetLimit } from './at-limit.ts'
import { decide } from './decide.ts'
import { afterFailure, mayBeMemory, type Telling } from './failure-policy.ts'
import type { DecisionNeeds, FailureNeeds, LimitNeeds } from './needs.ts'
import { isForTheOperator, outageAfter } from './outage.ts'

/** It can be repeated once, where nobody can ask: a locked database, or a page of somebody else's, is given time to pass. */
const BLIND_WAIT = 30_000
/** What is to be said in place of an answer is said once more when that has lasted for long. */
const LONG_BLIND_WAIT = 10 * MINUTE

/** A caught error: another try later, another model, a word to the room, or none that can be said. */
export function handleFailure(turn: FailureNeeds & LimitNeeds, error: unknown) {
  if (error instanceof LimitReached) return meetLimit(turn, error)
  if (error instanceof BudgetsBroken) {
    log.error('budgets.broken', { ...turn.ref, field: error.message })
    return endAtLimit(turn, turn.sentences.operator(turn.reference))
  }
  const { row, bot } = turn
  const failures = row.failures + 1
  const now = turn.now()
  // Where the clock was put back it began now, as far as anybody can tell.
  const failing_since = Math.min(row.failing_since ?? now, now)
  const outage = error instanceof CampfireError ? outageAfter(row.outage, error, now) : null
  const tries = {
    failures,
    since: now - failing_since,
    fallback: Boolean(bot.fallbackModel && !row.model),
    random: turn.random(),
    isDecided: isDecided(row),
    left: turn.time.left(),
    ...(outage?.since != null && {
      refusals: {
        count: outage.refusals,
        for: now - outage.since,
        hasApologized: outage.apology,
      },
    }),
  }
  const consequence = afterFailure(error, tries)
  const fields = { ...turn.ref, reference: turn.reference, error: inShort(error), failures }
  log.warn('turn.went_wrong', { ...fields, does: consequence.does })
  const isToTell = outage && error instanceof CampfireError && isForTheOperator(outage, error, now)
  if (isToTell) log.error('campfire.refuses_us', fields)
  const told = isToTell || Boolean(outage?.told)
  const isBlind = mayBeUndone(turn, error) && !turn.canAsk()
  const blindWait = isDecided(row) ? LONG_BLIND_WAIT : BLIND_WAIT
  // What the turn before was answered without need not be found again.
  if (error instanceof ModelError && mayBeMemory(error) && turn.remedies.resume(error.kind)) return

  // It may have been done all the same, and show only later.
  if (error instanceof CampfireError && error.uncertain) turn.change({ doubt: 1 })

  switch (consequence.does) {
    case 'retry':
      return turn.change({
        state: 'paused',
        due: now + Math.max(consequence.in, isBlind ? blindWait : 0),
        failures,
        failing_since,
        outage: outage && { ...outage, told, apology: false },
        ...(letsOthersGo(turn, error, failing_since) && { aside: 1 as const }),
      })
    case 'fall back':
      return fallBack(turn, error instanceof ModelError && !error.retryable ? fields : null)
    case 'apologize':
      return turn.change({
        failures,
        failing_since,
        outage: outage && { ...outage, told, apology: true },
      })
    case 'make room':
      return (
        turn.remedies.makeRoom(error instanceof ModelError ? error.kind : 'too_long') ||
        tell(turn, consequence.otherwise, reasonOf(error))
      )
    case 'leave out':
      // What is refused without a word is surely so only by now.
      if (error instanceof ModelError && turn.remedies.resume(error.kind)) return
      return turn.remedies.leaveOut() || tell(turn, consequence.otherwise, reasonOf(error))
    case 'do without':
      return (
        turn.doWithout(consequence.field) ||
        (tries.fallback ? fallBack(turn, fields) : tell(turn, 'operator', reasonOf(error)))
      )
    case 'decline':
      return (
        turn.remedies.leaveOutDeclined() ||
        decide(turn, 'failed', turn.sentences.refused, reasonOf(error))
      )
    case 'tell':
      tell(turn, consequence.sentence, reasonOf(error))
      // The sentence waits for the same Campfire, and has not for long to wait any more.
      if (consequence.sentence === 'outOfReach') turn.change({ failures, failing_since, outage })
      return
    case 'give up':
      log.error('turn.gave_up', fields)
      return giveUp(turn, reasonOf(error))
  }
}

/** It is refused; or a look alone gets no answer, since Campfire has brought us something meanwhile. */
function letsOthersGo({ hasHeard }: FailureNeeds, error: unknown, since: number) {
  const isLook = error instanceof CampfireError && error.isWordless
  return isRefusal(error) || (isLook && hasHeard(since))
}

/** Or it is what is said of an answer that nobody knows anything of, and has met the same. */
function mayBeUndone({ replies }: FailureNeeds, error: unknown) {
  const isLost = error instanceof CampfireError && error.uncertain
  return isLikelyUndone(error) || (isLost && isUnknown(replies.all))
}

/** For the rest of this turn; the operator reads of it where the model is out for good. */
function fallBack({ bot, change }: FailureNeeds, fields: object | null) {
  if (fields) log.error('model.replaced', { ...fields })
  change({ model: bot.fallbackModel ?? null, failures: 0, failing_since: null })
}

/** Tells the room what went wrong, unless that is what the room would not take. */
function tell(turn: FailureNeeds & DecisionNeeds, sentence: Telling, error: string) {
  const { row, replies, reference } = turn
  log.error('turn.failed', { ...turn.ref, reference, error })
  const isTold = row.verdict === 'failed' && isDecided(row)
  if (isTold && !isOutdated(row, replies.all)) return giveUp(turn, error)
  decide(turn, 'failed', turn.sentences[sentence](reference), error)
}

/** Nothing can be said here now. What stands of it is put right when the bot can speak here again. */
function giveUp(turn: FailureNeeds, error: string) {
  turn.change({ error, doubt: 3 })
  turn.seal('failed')
}

function reasonOf(error: unknown) {
  return error instanceof ModelError ? error.kind : inShort(error)
}
