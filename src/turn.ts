import { closed } from './campfire.ts'
import { closeToolUses, decide, handleFailure } from './recovery.ts'
import {
  apologize,
  finalText,
  findApology,
  findDraft,
  isAnswered,
  isOutdated,
  NO_TROUBLE,
  post,
  reword,
  splitReply,
  stands,
} from './reply.ts'
import { help } from './sentences.ts'
import { summarize } from './session.ts'
import { runTools, takeStep } from './step.ts'
import { answersIn, textOf } from './tables/room/answers.ts'
import type { Step } from './tables/room/step.ts'
import { nextAct } from './turn/next.ts'
import type { Turn } from './turn/turn-context.ts'

export { beginNext } from './turn/begin-guarded.ts'
export { openTurn } from './turn/open.ts'
export { controlIn } from './turn/should-speak.ts'

/** Goes on with a turn until it is over, or put down for a later handler. */
export async function takeTurn(turn: Turn) {
  while (turn.row.state === 'running') {
    if (turn.quota.isOver()) {
      turn.change({ state: 'paused', due: turn.now() })
    } else {
      await takeNextAct(turn).catch((error: unknown) => {
        if (turn.row.ended !== null) throw error
        handleFailure(turn, error)
      })
    }
  }
  await Promise.all([turn.draft.settle(), turn.signs.settle()])
}

async function takeNextAct(turn: Turn) {
  const { row, steps, replies, draft } = turn
  if (replies.draft?.state === 'drafting') await draft.settle()
  const outdated = isOutdated(row, replies.all)
  const rows = {
    row,
    steps: steps.all,
    replies: replies.all,
    outdated,
    isUntold: turn.memory.isUntold(),
  }
  switch (nextAct(rows)) {
    case 'summarize':
      return await summarize(turn)
    case 'ask':
      return await takeStep(turn)
    case 'run tools':
      return await runTools(turn)
    case 'ask approval':
      return turn.change({
        sentence: [closed(partBefore(steps.all)), turn.approval.inWords()]
          .filter(Boolean)
          .join('\n\n'),
      })
    case 'make room':
      return turn.remedies.makeRoom()
        ? await takeStep(turn)
        : decide(turn, 'failed', turn.sentences.tooLong(turn.reference))
    case 'stop':
      return decide(turn, 'stopped', partialAnswer(turn))
    case 'reply':
      await draft.settle()
      // Once something of it stands it is answered as it was asked.
      if (replies.all.length || (await turn.isStillAsked())) return intendReply(turn)
      return row.verdict ? undefined : await takeStep(turn)
    case 'find draft':
      return await findDraft(turn)
    case 'find apology':
      return await findApology(turn)
    case 'apologize':
      return await apologize(turn)
    case 'reword':
      return await reword(turn)
    case 'post':
      return await post(turn)
    case 'seal':
      await turn.signs.clear()
      if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)
      return turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))
  }
}

/** Campfire tells people of a new message and never of an edit. */
const TOLD_ANEW = 60_000

function intendReply(turn: Turn) {
  const { row, steps, replies, bot, direct, sentences } = turn
  closeToolUses(turn, 'Not done: the limit of this turn was reached.')
  if (row.kind === 'forget') turn.forget()
  const { draft } = replies
  // A yes counts only after the request, so the number of its message must tell when it was asked.
  const isLate = draft && turn.now() - Number(draft.created) > TOLD_ANEW
  if (draft && (isLate || turn.approval.isAsking())) replies.outlive(draft)
  replies.intend(splitReply(wordsOf(), sentences, replies.draft !== null), turn.cursor())

  function wordsOf() {
    if (row.sentence) return row.sentence
    if (row.kind === 'help') return help(bot, direct, sentences)
    if (row.kind === 'forget') return sentences.forgotten[direct ? 'direct' : 'room']
    return finalText(steps.all, sentences)
  }
}

/** What the model said before it wanted something. */
function partBefore(steps: Step[]) {
  const last = answersIn(steps).at(-1)
  return last ? textOf(last) : ''
}

function partialAnswer({ steps, sentences }: Turn) {
  const last = steps.all.at(-1)
  const partial = last?.state === 'stopped' && last.kind !== 'summary' ? textOf(last) : ''
  return partial ? `${partial}\n\n${sentences.stoppedHere}` : sentences.stopped
}
