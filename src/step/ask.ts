import { log } from '../log.ts'
import { costOf, worstCaseOf } from '../model/prices.ts'
import { asRequestId, ModelError } from '../model.ts'
import { ASKED_ANEW, type ModelRequest } from '../prompt.ts'
import type { Step, StepKind } from '../tables/room/step.ts'
import { hearing } from './hear.ts'
import type { AskNeeds, HearNeeds } from './needs.ts'
import { lostTool, readByServerTools } from './server-tools.ts'
import { OUT_OF_TIME } from './time-limit.ts'
import { withUniqueIds } from './unique-ids.ts'

/** A model call may take so long; then it counts as one that timed out. */
const CALL_TIMEOUT = 5 * 60_000

/** One that tells a session in short is of no turn, and nothing that is thought in it is kept. */
type Request = Pick<ModelRequest, 'prompt'> &
  (Pick<ModelRequest, 'prefix' | 'turnAt'> | { prefix: null; turnAt?: undefined })

/** One model call of any kind: the intent, the call, and what came of it. Null: it was stopped. */
export async function ask(
  turn: AskNeeds & HearNeeds,
  kind: StepKind,
  notice: string | null,
  request: Request,
) {
  const { prefix, turnAt } = request
  const paid = turn.budget.isFree ? null : turn.budget.reserve(request.prompt)
  if (!paid && !turn.budget.isFree) return unpaid(turn, kind, notice, request)
  const prompt = paid?.prompt ?? request.prompt
  const reserve = paid?.reserve ?? null
  const { model } = prompt
  const cost = reserve?.amount ?? worstCaseOf(prompt)
  const intent = { kind, model, notice, cost, prefix, reserve }
  const step = turn.steps.ask(intent, turn.now())
  let firstTokenMs: number | null = null

  try {
    if (kind !== 'summary') turn.draft.begin()
    const heard = await turn.model.ask(prompt, {
      signal: turn.signal,
      timeoutMs: CALL_TIMEOUT,
      onFirst: () => {
        firstTokenMs ??= Math.max(0, turn.now() - step.asked)
      },
      ...hearing(turn, step),
    })
    const answer = withUniqueIds(heard, turn)
    const { messageId, cacheMiss = null, container } = answer
    const diagnostics = {
      message: asRequestId(messageId),
      firstTokenMs,
      cacheMiss,
      ...(container && { container }),
    }
    // What nobody counted stays booked at its worst.
    const counted = answer.isCounted ? costOf(model, answer.usage) : step.cost
    turn.steps.answered(
      step,
      { ...answer, diagnostics },
      counted ?? reserve?.amount ?? null,
      turn.now(),
    )
    for (const name of readByServerTools(answer.content)) turn.approval.readFrom(name)
    if (kind !== 'summary') turn.remedies.adopt()
    if (turn.row.failures) turn.change({ failures: 0, failing_since: null })
    log.info('step.answered', {
      ...turn.ref,
      step: step.number,
      model,
      kind,
      stop: answer.stopReason,
      message: answer.messageId,
      request: answer.requestId,
    })
    return step
  } catch (error) {
    const isCut = turn.secondLook.signal.aborted
    if (isCut) return settleCut(turn, step, error)
    recordFailure(turn, step, error)
    turn.remedies.suspect = suspectIn(error, turnAt)
    turn.draft.breakOff()
    if (turn.row.stopped_by || turn.time.isOver()) return null
    throw error
  } finally {
    if (reserve) turn.budget.settled()
  }
}

/** It has grown while it waited for what it needs. Nothing was asked, so what was to be said is said again. */
function unpaid(
  turn: AskNeeds,
  kind: StepKind,
  notice: string | null,
  { prompt, prefix }: Request,
) {
  const { model } = prompt
  const step = turn.steps.ask({ kind, model, notice, cost: 0, prefix }, turn.now())
  const end = { state: 'failed' as const, error: OUT_OF_BUDGET, content: [], cost: 0 }
  turn.steps.unanswered(step, end, turn.now())
  return null
}

const OUT_OF_BUDGET = 'limit'

/** The API names the block that it does not take, as "messages.4.content.1". */
function suspectIn(error: unknown, turnAt: Request['turnAt']) {
  const at = error instanceof ModelError ? error.at : null
  const index = at && /^messages\.(\d+)/.exec(at)?.[1]
  return index ? (turnAt?.(Number(index)) ?? null) : null
}

/** Cut by us, since it answered what is not asked any more. It costs what is known of it. */
function settleCut(turn: AskNeeds, step: Step, error: unknown) {
  const usage = error instanceof ModelError ? error.usage : null
  // How much of an answer was made by then nobody tells: where it counts, as much as was reserved for it.
  const cost = step.reserve ? null : usage && costOf(step.model, usage)
  const request = requestIn(error)
  const end = { state: 'stopped' as const, error: ASKED_ANEW, content: [], request }
  turn.steps.unanswered(step, { ...end, ...(cost !== null && { cost }) }, turn.now())
  log.info('step.cut', { ...turn.ref, step: step.number, model: step.model, request })
  return null
}

function recordFailure(turn: AskNeeds, step: Step, error: unknown) {
  const isCut = turn.row.stopped_by || turn.time.isOver()
  const kind = failureOf(turn, error)
  const request = requestIn(error)
  const partial = isCut && error instanceof ModelError ? error.partialText : ''
  turn.steps.unanswered(
    step,
    {
      state: turn.row.stopped_by ? 'stopped' : 'failed',
      error: kind,
      content: partial.trim() ? [{ type: 'text', text: partial }] : [],
      ...(error instanceof ModelError && error.unpaid && { cost: 0 }),
      request,
    },
    turn.now(),
  )
  const fields = { ...turn.ref, step: step.number, model: step.model }
  log.warn('step.failed', { ...fields, error: kind, request })
}

function failureOf({ row, time }: AskNeeds, error: unknown) {
  if (!row.stopped_by && time.isOver()) return OUT_OF_TIME
  if (!(error instanceof ModelError)) return 'unexpected'
  return lostTool(error.field) ?? error.kind
}

function requestIn(error: unknown) {
  return error instanceof ModelError ? error.requestId : null
}
