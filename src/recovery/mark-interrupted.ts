import { isUnbegun } from '../tables/room/answers.ts'
import { isRepeatable, unknown } from '../tools.ts'
import type { InterruptedNeeds } from './needs.ts'

/** What the rows say after a crash is made known: lost calls are lost, open effects are unknown. */
export function markInterrupted(turn: InterruptedNeeds) {
  const { bot, steps } = turn
  for (const step of steps.all) {
    if (step.state === 'asked') {
      steps.unanswered(step, { state: 'lost', error: 'lost', content: [] }, turn.now())
    }
    if (isUnbegun(step)) continue
    for (const use of step.uses) {
      const tool = bot.tools.find(({ name }) => name === use.name)
      if (use.state === 'intended' && !isRepeatable(tool)) {
        steps.result(use, 'unknown', unknown().result, turn.now())
      }
    }
  }
}
