import { log } from '../log.ts'
import type { Verdict } from '../tables/room/turns.ts'
import { failed } from '../tools.ts'
import type { DecisionNeeds } from './needs.ts'

/** From here on the room gets these words; every tool use that is open gets a result. */
export function decide(
  turn: DecisionNeeds,
  verdict: Verdict,
  sentence: string,
  error: string | null = null,
) {
  closeToolUses(
    turn,
    `Not done: this turn has ${verdict === 'stopped' ? 'been stopped' : 'failed'}.`,
  )
  turn.change({ verdict, sentence, error, failures: 0, failing_since: null })
  log.info('turn.decided', { ...turn.ref, verdict, reference: turn.reference, error })
}

export function closeToolUses({ steps }: Pick<DecisionNeeds, 'steps'>, why: string) {
  for (const use of steps.all.flatMap(({ uses }) => uses)) {
    if (use.state === 'intended') steps.result(use, 'error', failed(why).result)
  }
}
