import { log } from '../log.ts'
import type { Verdict } from '../tables/room/turns.ts'
import { failed, unknown } from '../tools.ts'
import type { Turn } from '../turn.ts'

/** From here on the room gets these words; every tool use that is open gets a result. */
export function decide(
  turn: Turn,
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

export function closeToolUses({ steps }: Turn, why: string) {
  for (const use of steps.all.flatMap(({ uses }) => uses)) {
    if (use.state === 'intended') steps.result(use, 'error', failed(why).result)
  }
}

/** What the rows say after a crash is made known: lost calls are lost, open effects are unknown. */
export function makeKnown(turn: Turn) {
  const { bot, steps } = turn
  for (const step of steps.all) {
    if (step.state === 'asked') {
      steps.unanswered(step, { state: 'lost', error: 'lost', content: [] }, turn.now())
    }
    for (const use of step.uses) {
      const repeatable = bot.tools.find(({ name }) => name === use.name)?.repeatable
      if (use.state === 'intended' && !repeatable) {
        steps.result(use, 'unknown', unknown().result)
      }
    }
  }
}
