import { log } from '../log.ts'
import { costOf, worstCaseOf } from '../model/prices.ts'
import { ModelError, type Prompt, type ToolDefinition } from '../model.ts'
import type { Step, StepKind, ToolUse } from '../room/steps.ts'
import type { Tool } from '../tools/tool.ts'
import { failed, runTool } from '../tools.ts'
import type { Turn } from '../turn.ts'
import { answersIn, isAtLimit, isTakenAway, textOf } from './next.ts'
import { NOTICES } from './notices.ts'
import { systemPrompt } from './prompt.ts'
import { messagesOf } from './transcript.ts'

/** A model call may take so long; then it counts as one that timed out. */
const CALL_TIMEOUT = 5 * 60_000
/** Tools ask for pages, and one handler may ask for no more than 50 on the free plan. */
const AT_ONCE = 8

export async function takeStep(turn: Turn) {
  const kind = isAtLimit(turn.bot.limits, turn.progress()) ? 'last' : 'talk'
  const notice = kind === 'last' ? NOTICES.lastCall : noticeFor(turn.steps.all)
  await ask(turn, kind, notice, promptFor(turn, kind, notice))
}

/** One model call of any kind: the intent, the call, and what came of it. Null: it was stopped. */
export async function ask(turn: Turn, kind: StepKind, notice: string | null, prompt: Prompt) {
  const { model } = prompt
  const step = turn.steps.ask({ kind, model, notice, cost: worstCaseOf(prompt) }, turn.now())

  try {
    const answer = await turn.model.ask(prompt, { signal: turn.signal, timeoutMs: CALL_TIMEOUT })
    turn.steps.answered(step, answer, costOf(model, answer.usage), turn.now())
    if (turn.row.failures) turn.change({ failures: 0, failing_since: null })
    log.info('step.answered', {
      ...turn.ref,
      step: step.number,
      model,
      kind,
      stop: answer.stopReason,
    })
    return step
  } catch (error) {
    recordFailure(turn, step, error)
    if (turn.row.stopped_by) return null
    throw error
  }
}

/** Everything that a step asked for runs together; each result is kept as soon as it is there. */
export async function runTools(turn: Turn) {
  const uses = answersIn(turn.steps.all).at(-1)?.uses ?? []
  const open = uses.filter(({ state }) => state === 'intended').slice(0, AT_ONCE)
  await Promise.all(open.map((use) => run(turn, use)))
}

async function run(turn: Turn, use: ToolUse) {
  const { bot, steps, campfire, archive, signal } = turn
  const outcome = isTakenAway(use.name, steps.all)
    ? failed(`${use.name} failed too often and is gone for the rest of this turn. Do without it.`)
    : await runTool(bot.tools, use, { campfire, archive, signal, now: turn.now() })

  // A stop gives its result to every tool use that came to nothing.
  if (turn.row.stopped_by && outcome.state === 'error') return
  steps.result(use, outcome.state, outcome.result)
  log.info('tool.ran', { ...turn.ref, step: use.step, tool: use.name, ok: outcome.state === 'ok' })
}

function promptFor(turn: Turn, kind: StepKind, notice: string | null): Prompt {
  const { bot, row, steps } = turn
  const model = row.model ?? bot.model
  const { id, prompt } = row
  const current = { id, prompt: prompt ?? '', steps: steps.all, sentence: null }
  const { summary, turns } = turn.memory()
  return {
    model,
    system: systemPrompt(bot),
    tools: bot.tools.map(asDefinition),
    messages: messagesOf({ summary, turns: [...turns, current], notice }, model),
    maxTokens: bot.maxTokens,
    mayUseTools: kind === 'talk',
    ...(bot.effort && { effort: bot.effort }),
    ...(bot.thinking && { thinking: bot.thinking }),
  }
}

function asDefinition({ name, description, inputSchema }: Tool): ToolDefinition {
  return { name, description, inputSchema }
}

/** What the model must know before the next call, read off how the last one ended. */
function noticeFor(steps: Step[]) {
  const last = answersIn(steps).at(-1)
  const since = steps.filter(({ number }) => number > (last?.number ?? 0))
  if (since.some(({ error }) => error === 'too_long' || error === 'invalid'))
    return NOTICES.oldestDropped
  if (!last || last.uses.length) return null

  switch (last.stop) {
    case 'max_tokens':
      return NOTICES.goOn
    case 'model_context_window_exceeded':
      return NOTICES.oldestDropped
    case 'pause_turn':
      return null
    default:
      return textOf(last) ? null : NOTICES.saySomething
  }
}

function recordFailure(turn: Turn, step: Step, error: unknown) {
  const kind = error instanceof ModelError ? error.kind : 'unexpected'
  const partial = turn.row.stopped_by && error instanceof ModelError ? error.partialText : ''
  turn.steps.unanswered(
    step,
    {
      state: turn.row.stopped_by ? 'stopped' : 'failed',
      error: kind,
      content: partial.trim() ? [{ type: 'text', text: partial }] : [],
    },
    turn.now(),
  )
  log.warn('step.failed', { ...turn.ref, step: step.number, model: step.model, error: kind })
}
