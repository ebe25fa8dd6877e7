import type { Bot } from '../bots.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'

/** At a limit the model gets one last call without tools. */
export function isAtLimit(
  limits: Bot['limits'],
  turn: { started: number; now: number; steps: Step[] },
) {
  const answers = answersIn(turn.steps)
  const outputTokens = answers.reduce((sum, { usage }) => sum + (usage?.output_tokens ?? 0), 0)
  return (
    answers.length >= limits.steps ||
    turn.now - turn.started >= limits.minutes * 60_000 ||
    outputTokens >= limits.outputTokens
  )
}

const FAILS = 3

/** A tool that failed so often in a turn is taken away for the rest of it. */
export function isTakenAway(tool: string, steps: Step[]) {
  const failures = steps.flatMap(({ uses }) =>
    uses.filter(({ name, state }) => name === tool && state === 'error'),
  )
  return failures.length >= FAILS
}
