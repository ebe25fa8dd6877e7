import type { Bot } from '../bots.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'

/** At a limit the model gets one last call without tools. */
export function isAtLimit(
  limits: Bot['limits'],
  turn: { started: number; now: number; steps: Step[]; lost?: Lost },
) {
  const answers = answersIn(turn.steps)
  const lost = turn.lost ?? NONE
  const outputTokens = answers.reduce(
    (sum, { usage }) => sum + (usage?.output_tokens ?? 0),
    lost.outputTokens,
  )
  return (
    answers.length + lost.calls >= limits.steps ||
    turn.now - turn.started >= limits.minutes * 60_000 ||
    outputTokens >= limits.outputTokens
  )
}

/**
 * Calls that deaths have lost. Nobody knows what they would have come to: they count at their worst, as
 * their cost does, so that a turn that is taken up again and again has an end.
 */
interface Lost {
  calls: number
  outputTokens: number
}

const NONE: Lost = { calls: 0, outputTokens: 0 }

export function lostIn(steps: Step[], maxTokens: number): Lost {
  const calls = steps.filter(({ kind, state }) => kind === 'talk' && state === 'lost').length
  return { calls, outputTokens: calls * maxTokens }
}

const FAILS = 3

/** A tool that failed so often in a turn is taken away for the rest of it. */
export function isTakenAway(tool: string, steps: Step[]) {
  const failures = steps.flatMap(({ uses }) =>
    uses.filter(({ name, state }) => name === tool && state === 'error'),
  )
  return failures.length >= FAILS
}
