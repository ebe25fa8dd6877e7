import { log } from '../log.ts'
import { costOf, worstCaseOf } from '../model/prices.ts'
import { ModelError, type Prompt } from '../model.ts'
import type { Step, StepKind, ToolUse } from '../room/steps.ts'
import { failed, runTool } from '../tools.ts'
import type { Turn } from '../turn.ts'
import { outcomeNotice } from './approval.ts'
import { answersIn, hasWords, isApproved, isAtLimit, isTakenAway, openUses } from './next.ts'
import { NOTICES } from './notices.ts'
import { withOwnIds } from './own-ids.ts'
import { requestOf } from './request.ts'

/** A model call may take so long; then it counts as one that timed out. */
const CALL_TIMEOUT = 5 * 60_000
/** Tools ask for pages, and one handler may ask for no more than 50 on the free plan. */
const AT_ONCE = 6

export async function takeStep(turn: Turn) {
  const kind = isAtLimit(turn.bot.limits, turn.progress()) ? 'last' : 'talk'
  // What the asker says meanwhile belongs to this step's row: no `await` until it is written.
  const notice =
    [noticeFor(turn.steps.all, kind), turn.hearMore()].filter(Boolean).join('\n\n') || null
  if (isTryingForLong(turn)) turn.draft.announce(turn.sentences.tryingAgain)
  await ask(turn, kind, notice, promptFor(turn, kind, notice))
}

const LONG = 20_000

/** The model keeps failing, and people see nothing but our sign. */
function isTryingForLong({ steps, now }: Turn) {
  const last = answersIn(steps.all).at(-1)
  const first = steps.all.find(
    ({ number, state }) => state === 'failed' && number > (last?.number ?? 0),
  )
  return first !== undefined && now() - first.asked >= LONG
}

/** One model call of any kind: the intent, the call, and what came of it. Null: it was stopped. */
export async function ask(turn: Turn, kind: StepKind, notice: string | null, prompt: Prompt) {
  const { model } = prompt
  const step = turn.steps.ask({ kind, model, notice, cost: worstCaseOf(prompt) }, turn.now())

  try {
    if (kind !== 'summary') turn.draft.begin()
    const heard = await turn.model.ask(prompt, {
      signal: turn.signal,
      timeoutMs: CALL_TIMEOUT,
      onText: (words) => kind !== 'summary' && turn.draft.hear(words),
    })
    const answer = withOwnIds(heard, turn)
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
    turn.draft.breakOff()
    if (turn.row.stopped_by) return null
    throw error
  }
}

/** Everything that a step asked for runs together; each result is kept as soon as it is there. */
export async function runTools(turn: Turn) {
  const open = openUses(turn.steps.all).slice(0, AT_ONCE)
  turn.draft.tell(statusOf(turn, open))
  await Promise.all(open.map((use) => run(turn, use)))
}

/** What people read meanwhile: what the first tool that has something to say is about. */
function statusOf({ bot }: Turn, uses: ToolUse[]) {
  const lines = uses.map((use) => {
    const tool = bot.tools.find(({ name }) => name === use.name)
    const input = tool?.input.safeParse(use.input)
    return input?.success ? (tool?.status?.(input.data) ?? '') : ''
  })
  return lines.find(Boolean) ?? ''
}

async function run(turn: Turn, use: ToolUse) {
  const { bot, steps, campfire, archive, pins, results, signal } = turn
  if (waitsForLeave(turn, use)) return
  const outcome = isTakenAway(use.name, steps.all)
    ? failed(`${use.name} failed too often and is gone for the rest of this turn. Do without it.`)
    : await runTool(bot.tools, use, {
        campfire,
        archive,
        pins,
        results,
        signal,
        now: turn.now(),
        timeZone: bot.timeZone,
      })

  // A stop gives its result to every tool use that came to nothing.
  if (turn.row.stopped_by && outcome.state === 'error') return
  steps.result(use, outcome.state, outcome.result)
  log.info('tool.ran', { ...turn.ref, step: use.step, tool: use.name, ok: outcome.state === 'ok' })
}

/** Asked for and told so in one: no `await` between the two rows. */
function waitsForLeave(turn: Turn, use: ToolUse) {
  const tool = turn.bot.tools.find(({ name }) => name === use.name)
  const input = use.unreadable ? null : tool?.input.safeParse(use.input)
  const isApprovedNow = turn.steps.all.some((step) => isApproved(step) && step.number === use.step)
  if (!input?.success || isApprovedNow || !turn.needsLeave(use.name)) return false

  turn.askLeave(use.name, use.input)
  const result = JSON.stringify({ ok: true, result: 'asked, waiting for somebody to say yes' })
  turn.steps.result(use, 'waiting', result)
  return true
}

function promptFor(turn: Turn, kind: StepKind, notice: string | null) {
  const { bot, row, steps } = turn
  const { id, prompt } = row
  const current = { id, prompt: prompt ?? '', steps: steps.all, sentence: null }
  const { turns, ...preface } = turn.memory()
  const transcript = { ...preface, turns: [...turns, current], notice }
  return requestOf(bot, transcript, {
    ...(row.model && { model: row.model }),
    mayUseTools: kind === 'talk',
  })
}

/**
 * What the model must know before the next call, read off how the last one ended. A call that came to
 * nothing has said it to nobody, so the next one says it again.
 */
function noticeFor(steps: Step[], kind: StepKind) {
  const last = answersIn(steps).at(-1)
  const since = steps.filter(({ number }) => number > (last?.number ?? 0))
  const unheard = since.findLast(({ notice }) => notice !== null)?.notice ?? null
  const reason = kind === 'last' ? NOTICES.lastCall : reasonFor(last, since)
  if (!unheard || !reason || unheard.includes(reason)) return unheard ?? reason
  return `${unheard}\n\n${reason}`
}

function reasonFor(last: Step | undefined, since: Step[]) {
  const approved = since.find(isApproved)
  if (approved) return outcomeNotice(approved.uses)
  if (since.some(({ kind, error }) => kind !== 'summary' && DROPS.has(error ?? '')))
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
      return hasWords(last) ? null : NOTICES.saySomething
  }
}

/** After these the oldest turns are let go of. */
const DROPS = new Set(['too_long', 'invalid'])

function recordFailure(turn: Turn, step: Step, error: unknown) {
  const kind = error instanceof ModelError ? error.kind : 'unexpected'
  const partial = turn.row.stopped_by && error instanceof ModelError ? error.partialText : ''
  turn.steps.unanswered(
    step,
    {
      state: turn.row.stopped_by ? 'stopped' : 'failed',
      error: kind,
      content: partial.trim() ? [{ type: 'text', text: partial }] : [],
      ...(error instanceof ModelError && error.unpaid && { cost: 0 }),
    },
    turn.now(),
  )
  log.warn('step.failed', { ...turn.ref, step: step.number, model: step.model, error: kind })
}
