import { outcomeNotice } from './approval.ts'
import { log } from './log.ts'
import { costOf, worstCaseOf } from './model/prices.ts'
import { ModelError, type Prompt } from './model.ts'
import { ASKED_ANEW, NOTICES, requestOf, withWholeServerTools } from './prompt.ts'
import { isAtLimit, isTakenAway, lostIn } from './step/limits.ts'
import type { StepNeeds } from './step/needs.ts'
import { OUT_OF_TIME } from './step/time-limit.ts'
import { withUniqueIds } from './step/unique-ids.ts'
import { answersIn, hasWords, isApproved, openUses } from './tables/room/answers.ts'
import { losesWords } from './tables/room/remedy.ts'
import type { Step, StepKind, ToolUse } from './tables/room/step.ts'
import type { TurnRow } from './tables/room/turns.ts'
import { failed, runTool } from './tools.ts'

export type { StepNeeds } from './step/needs.ts'
export { lastWords, OUT_OF_TIME, restWithin, TimeLimit } from './step/time-limit.ts'

/** A model call may take so long; then it counts as one that timed out. */
const CALL_TIMEOUT = 5 * 60_000
/** Tools ask for pages, and one handler may ask for no more than 50 on the free plan. */
const AT_ONCE = 6

export async function takeStep(turn: StepNeeds) {
  const { limits, maxTokens } = turn.bot
  const progress = { ...turn.progress(), lost: lostIn(turn.steps.all, maxTokens) }
  const kind = isAtLimit(limits, progress) || turn.time.isShort() ? 'last' : 'talk'
  // What the asker says meanwhile belongs to this step's row: no `await` until it is written.
  const news = turn.secondLook.takeNews()
  const notice =
    [noticeFor(turn, kind), news, turn.takeSteering()].filter(Boolean).join('\n\n') || null
  turn.progressNote.check()
  if (isTryingForLong(turn)) turn.draft.announce(turn.sentences.tryingAgain)
  await ask(turn, kind, notice, requestFor(turn, kind, notice))
}

const LONG = 20_000

/** The model keeps failing, and people see nothing but our sign. */
function isTryingForLong({ steps, now }: StepNeeds) {
  const last = answersIn(steps.all).at(-1)
  const first = steps.all.find(
    ({ number, state }) => state === 'failed' && number > (last?.number ?? 0),
  )
  return first !== undefined && now() - first.asked >= LONG
}

interface Request {
  prompt: Prompt
  /** A hash of what stands in it: what the model thinks is valid behind nothing else. */
  prefix: number | null
  /** Whose words the message with this number is, as the API counts them. */
  turnAt?(message: number): number | null
}

/** One model call of any kind: the intent, the call, and what came of it. Null: it was stopped. */
export async function ask(
  turn: StepNeeds,
  kind: StepKind,
  notice: string | null,
  { prompt, prefix, turnAt }: Request,
) {
  const { model } = prompt
  const intent = { kind, model, notice, cost: worstCaseOf(prompt), prefix }
  const step = turn.steps.ask(intent, turn.now())

  try {
    if (kind !== 'summary') turn.draft.begin()
    const heard = await turn.model.ask(prompt, {
      signal: turn.signal,
      timeoutMs: CALL_TIMEOUT,
      onText: (words) => {
        turn.time.check()
        turn.progressNote.hear()
        if (kind !== 'summary') turn.draft.hear(words)
      },
      onThinking: (words) => {
        turn.time.check()
        if (isBetweenTools(turn, step)) turn.draft.think(words)
      },
    })
    const answer = withUniqueIds(heard, turn)
    // What nobody counted stays booked at its worst.
    const cost = answer.isCounted ? costOf(model, answer.usage) : step.cost
    turn.steps.answered(step, answer, cost, turn.now())
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
  }
}

/** There some models say in their thinking what they are at; what they think before it is their own. */
function isBetweenTools({ steps }: StepNeeds, step: Step) {
  return step.kind !== 'summary' && (answersIn(steps.all).at(-1)?.uses.length ?? 0) > 0
}

/** Everything that a step asked for runs together; each result is kept as soon as it is there. */
export async function runTools(turn: StepNeeds) {
  const open = openUses(turn.steps.all).slice(0, AT_ONCE)
  turn.draft.tell(statusOf(turn, open))
  await Promise.all(open.map((use) => run(turn, use)))
}

/** What people read meanwhile: what the first tool that has something to say is about. */
function statusOf({ bot, sentences }: StepNeeds, uses: ToolUse[]) {
  const lines = uses.map((use) => {
    const tool = bot.tools.find(({ name }) => name === use.name)
    const input = tool?.input.safeParse(use.input)
    return input?.success ? (tool?.status?.(input.data, sentences.language) ?? '') : ''
  })
  return lines.find(Boolean) ?? ''
}

async function run(turn: StepNeeds, use: ToolUse) {
  const { bot, steps, tools } = turn
  if (waitsForApproval(turn, use)) return
  const outcome = isTakenAway(use.name, steps.all)
    ? failed(`${use.name} failed too often and is gone for the rest of this turn. Do without it.`)
    : await runTool(bot.tools, use, tools)

  // A stop gives its result to every tool use that came to nothing.
  if (turn.row.stopped_by && outcome.state === 'error') return
  steps.result(use, outcome.state, outcome.result)
  log.info('tool.ran', { ...turn.ref, step: use.step, tool: use.name, ok: outcome.state === 'ok' })
}

/** Asked for and told so in one: no `await` between the two rows. */
function waitsForApproval(turn: StepNeeds, use: ToolUse) {
  const tool = turn.bot.tools.find(({ name }) => name === use.name)
  const input = use.unreadable ? null : tool?.input.safeParse(use.input)
  const isApprovedNow = turn.steps.all.some((step) => isApproved(step) && step.number === use.step)
  if (!input?.success || isApprovedNow || !turn.approval.isNeeded(use.name)) return false

  if (turn.approval.isInVain()) {
    turn.steps.result(use, 'error', failed(IN_VAIN).result)
    return true
  }
  turn.approval.ask(use.name, use.input)
  const result = JSON.stringify({ ok: true, result: 'asked, waiting for somebody to say yes' })
  turn.steps.result(use, 'waiting', result)
  return true
}

const IN_VAIN =
  'Nothing was done. It needs a yes, and nobody can give one: this was asked through the webhook with its ' +
  'secret, and not by a person in the room. Say so.'

function requestFor(turn: StepNeeds, kind: StepKind, notice: string | null) {
  const { bot, row, steps } = turn
  const { id, prompt } = row
  const current = { id, prompt: prompt ?? '', steps: steps.all, sentence: null }
  const { turns, ...preface } = turn.memory.past()
  const transcript = { ...preface, turns: [...turns, current], notice }
  return requestOf(bot, transcript, {
    instructions: turn.instructions,
    ...(row.model && { model: row.model }),
    mayUseTools: kind === 'talk',
  })
}

/**
 * What the model must know before the next call, read off how the last one ended. A call that came to
 * nothing has said it to nobody, so the next one says it again.
 */
function noticeFor({ steps: { all: steps }, row }: StepNeeds, kind: StepKind) {
  const answers = answersIn(steps)
  const last = answers.at(-1)
  const since = steps.filter(({ number }) => number > (last?.number ?? 0))
  const unheard = since.findLast(({ notice }) => notice !== null)?.notice ?? null
  const reason = kind === 'last' ? NOTICES.lastCall : reasonFor(answers, since, row.remedy)
  if (!unheard || !reason || unheard.includes(reason)) return unheard ?? reason
  return `${unheard}\n\n${reason}`
}

function reasonFor(answers: Step[], since: Step[], remedy: TurnRow['remedy']) {
  const last = answers.at(-1)
  const approved = since.find(isApproved)
  if (approved) return outcomeNotice(approved.uses)
  if (losesWords(remedy) && !remedy?.since) {
    return remedy?.tooLong ? NOTICES.oldestDropped : NOTICES.partLeftOut
  }
  if (!last || last.uses.length) return null

  switch (last.stop) {
    case 'max_tokens':
      return NOTICES.goOn
    case 'model_context_window_exceeded':
      return NOTICES.oldestDropped
    case 'pause_turn':
      return isPaused(answers) ? null : NOTICES.goOn
    default:
      return hasWords(last) ? null : NOTICES.saySomething
  }
}

/**
 * An answer that comes last is told from words put into a mouth by a tool of the API's that it was at. One of
 * nothing but thoughts is not sent.
 */
function isPaused(answers: Step[]) {
  const content = withWholeServerTools(answers, true).at(-1)?.content ?? []
  const isSent = content.some(({ type }) => !type.includes('thinking'))
  return !isSent || content.some(({ type }) => type === 'server_tool_use')
}

/** The API names the block that it does not take, as "messages.4.content.1". */
function suspectIn(error: unknown, turnAt: Request['turnAt']) {
  const at = error instanceof ModelError ? error.at : null
  const index = at && /^messages\.(\d+)/.exec(at)?.[1]
  return index ? (turnAt?.(Number(index)) ?? null) : null
}

/** Cut by us, since it answered what is not asked any more. It costs what is known of it. */
function settleCut(turn: StepNeeds, step: Step, error: unknown) {
  const usage = error instanceof ModelError ? error.usage : null
  const cost = usage && costOf(step.model, usage)
  const request = requestIn(error)
  const end = { state: 'stopped' as const, error: ASKED_ANEW, content: [], request }
  turn.steps.unanswered(step, { ...end, ...(cost !== null && { cost }) }, turn.now())
  log.info('step.cut', { ...turn.ref, step: step.number, model: step.model, request })
  return null
}

function recordFailure(turn: StepNeeds, step: Step, error: unknown) {
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

function failureOf({ row, time }: StepNeeds, error: unknown) {
  if (!row.stopped_by && time.isOver()) return OUT_OF_TIME
  return error instanceof ModelError ? error.kind : 'unexpected'
}

function requestIn(error: unknown) {
  return error instanceof ModelError ? error.requestId : null
}
