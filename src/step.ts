import { outcomeNotice } from './approval.ts'
import { NOTICES, requestOf, withWholeServerTools } from './prompt.ts'
import { ask } from './step/ask.ts'
import { isAtLimit, lostIn } from './step/limits.ts'
import type { AskNeeds, RequestNeeds, StepNeeds, TakeNeeds } from './step/needs.ts'
import { runTools } from './step/run-tools.ts'
import { hasLostTool, isUsedUp, usedIn } from './step/server-tools.ts'
import { answersIn, approvedIn, hasWords, isApproved } from './tables/room/answers.ts'
import type { Step, StepKind } from './tables/room/step.ts'
import { losesWords } from './tables/room/turns/remedy.ts'
import type { TurnRow } from './tables/room/turns.ts'

export { ask } from './step/ask.ts'
export { type HandNeeds, handOver, nextToHand, notHanded } from './step/handed-files.ts'
export { attachMade, leftOfMade, type MadeNeeds, nextMade } from './step/made-files.ts'
export type { AskNeeds, StepNeeds } from './step/needs.ts'
export { leaveOutPersonal } from './step/personal.ts'
export { runTools, statusOf } from './step/run-tools.ts'
export { lastWords, OUT_OF_TIME, restWithin, TimeLimit } from './step/time-limit.ts'

export async function takeStep(turn: TakeNeeds & AskNeeds) {
  const about = await turn.aboutAsker()
  if (!(await mayAsk(turn, about))) return
  const kind = nextKind(turn)
  // What the asker says meanwhile belongs to this step's row: no `await` until it is written.
  const news = turn.secondLook.takeNews()
  const notice =
    [noticeFor(turn, kind), news, turn.takeSteering()].filter(Boolean).join('\n\n') || null
  turn.progressNote.check()
  if (isTryingForLong(turn)) turn.draft.announce(turn.sentences.tryingAgain)
  await ask(turn, kind, notice, requestFor(turn, kind, { notice, about }))
}

/** What was approved is begun only where there is enough left to say what came of it; else the yes counts for later. */
export async function runApproved(turn: StepNeeds) {
  const isBegun = approvedIn(turn.steps.all).some(({ state }) => state !== 'intended')
  if (isBegun || (await mayAsk(turn, await turn.aboutAsker()))) {
    turn.steps.begin(turn.now())
    await runTools(turn)
  }
}

/** False: not yet, or not any more. */
async function mayAsk(turn: TakeNeeds, about: string | null) {
  const isPaid = await turn.budget.ready(() => nextRequest(turn, about).prompt)
  // It was stopped or taken back meanwhile: what comes of that the rows decide.
  if (turn.row.stopped_by || turn.row.verdict) return false
  if (!isPaid && turn.budget.waitsForLong) turn.draft.announce(turn.sentences.limit.waits)
  return isPaid
}

function nextKind(turn: TakeNeeds): StepKind {
  const { limits, maxTokens, serverTools } = turn.bot
  const progress = { ...turn.progress(), lost: lostIn(turn.steps.all, maxTokens) }
  const isUp = isUsedUp(serverTools, turn.steps.all)
  return isUp || isAtLimit(limits, progress) || turn.time.isShort() ? 'last' : 'talk'
}

/** As it is by now; what somebody says meanwhile makes it a little longer, and its answer as much shorter. */
function nextRequest(turn: TakeNeeds, about: string | null) {
  const kind = nextKind(turn)
  return requestFor(turn, kind, { notice: noticeFor(turn, kind), about })
}

const LONG = 20_000

/** The model keeps failing, and people see nothing but our sign. */
function isTryingForLong({ steps, now }: TakeNeeds) {
  const last = answersIn(steps.all).at(-1)
  const first = steps.all.find(
    ({ number, state }) => state === 'failed' && number > (last?.number ?? 0),
  )
  return first !== undefined && now() - first.asked >= LONG
}

function requestFor(
  turn: RequestNeeds,
  kind: StepKind,
  { notice, about }: { notice: string | null; about: string | null },
) {
  const { bot, row, steps } = turn
  const { id, prompt } = row
  // Whoever refused a request may have refused it for this.
  const current = {
    id,
    prompt: prompt ?? '',
    steps: steps.all,
    sentence: null,
    isUnderWay: true as const,
    ...(about && !row.remedy && { about }),
    ...(row.files && !row.remedy && { files: row.files }),
  }
  const { turns, ...preface } = turn.memory.past()
  const transcript = { ...preface, turns: [...turns, current], notice }
  const without = turn.model.without(row.model ?? bot.model)
  return requestOf(bot, transcript, {
    instructions: turn.instructions,
    ...(row.model && { model: row.model }),
    mayUseTools: kind === 'talk',
    searchesTools: !without.has('tool_search'),
    without,
    now: turn.now(),
    files: turn.files,
    session: row.session,
    used: usedIn(steps.all),
  })
}

/**
 * What the model must know before the next call, read off how the last one ended. A call that came to
 * nothing has said it to nobody, so the next one says it again.
 */
function noticeFor({ steps: { all: steps }, row }: RequestNeeds, kind: StepKind) {
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
  if (hasLostTool(since)) return NOTICES.toolLost
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
