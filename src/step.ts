import { ask } from './step/ask.ts'
import { isAtLimit, lostIn } from './step/limits.ts'
import type { AskNeeds, HearNeeds, StepNeeds, TakeNeeds } from './step/needs.ts'
import { requestFor } from './step/request.ts'
import { runTools } from './step/run-tools.ts'
import { isUsedUp } from './step/server-tools.ts'
import { answersIn, approvedIn } from './tables/room/answers.ts'
import type { StepKind } from './tables/room/step.ts'

export { ask } from './step/ask.ts'
export { type HandNeeds, handOver, nextToHand, notHanded } from './step/handed-files.ts'
export { attachMade, leftOfMade, type MadeNeeds, nextMade } from './step/made-files.ts'
export type { AskNeeds, StepNeeds } from './step/needs.ts'
export { leaveOutPersonal } from './step/personal.ts'
export { runTools, statusOf, takeBackRequest } from './step/run-tools.ts'
export { lastWords, OUT_OF_TIME, restWithin, TimeLimit } from './step/time-limit.ts'

export async function takeStep(turn: TakeNeeds & AskNeeds & HearNeeds) {
  const about = await turn.aboutAsker()
  if (!(await mayAsk(turn, about))) return
  const kind = nextKind(turn)
  // What the asker says meanwhile belongs to this step's row: no `await` until it is written.
  const told = [turn.secondLook.takeNews(), turn.takeSteering()]
  const { notice, request } = requestFor(turn, kind, { told, about })
  turn.progressNote.check()
  if (isTryingForLong(turn)) turn.draft.announce(turn.sentences.tryingAgain)
  await ask(turn, kind, notice, request)
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
  return requestFor(turn, nextKind(turn), { about }).request
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
