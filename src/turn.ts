import { closed } from './campfire.ts'
import { log } from './log.ts'
import { closeToolUses, decide, handleFailure } from './recovery.ts'
import {
  apologize,
  endedEarly,
  finalText,
  findApology,
  findDraft,
  isAnswered,
  isDecided,
  isOutdated,
  NO_TROUBLE,
  post,
  reword,
  splitReply,
  tellings,
} from './reply.ts'
import { help } from './sentences.ts'
import { summarize } from './session.ts'
import {
  attachMade,
  handOver,
  lastWords,
  leftOfMade,
  nextMade,
  nextToHand,
  notHanded,
  OUT_OF_TIME,
  runApproved,
  runTools,
  takeStep,
} from './step.ts'
import { answersIn, textOf } from './tables/room/answers.ts'
import { isNote, stands } from './tables/room/reply-states.ts'
import type { Step } from './tables/room/step.ts'
import { nextAct } from './turn/next.ts'
import { hasNothingToTell } from './turn/scheduled.ts'
import { isNoDoubtLeft, tellsDoubt } from './turn/tell-doubt.ts'
import type { Turn } from './turn/turn-context.ts'

export { type NotAgain, tryAgain, whyNotAgain } from './turn/again.ts'
export { beginNext } from './turn/begin-guarded.ts'
export {
  beginNote,
  budgetNote,
  isNoted,
  type Note,
  serverNote,
  testNote,
} from './turn/begin-note.ts'
export { fetchLinked } from './turn/linked-files.ts'
export { openTurn } from './turn/open.ts'
export { progressDue, progressNoteOf } from './turn/progress-note.ts'
export { controlIn } from './turn/should-speak.ts'
export { languageFor } from './turn/words.ts'

/** Goes on with a turn until it is over, or put down for a later handler. */
export async function takeTurn(turn: Turn) {
  turn.time.begin()
  turn.progressNote.begin()
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
  turn.time.end()
  await Promise.all([
    turn.draft.settle(),
    turn.progressNote.settle(),
    turn.signs.settle(),
    turn.secondLook.settle(),
  ])
}

async function takeNextAct(turn: Turn) {
  const { row, steps, replies, draft } = turn
  if (replies.draft?.state === 'drafting') await draft.settle()
  const outdated = isOutdated(row, replies.all)
  const isBegun = replies.all.some((reply) => !isNote(reply))
  const rows = {
    row,
    steps: steps.all,
    replies: replies.all,
    outdated,
    isDecided: isDecided(row),
    isUntold: turn.memory.isUntold(),
    hasToHand: nextToHand(turn) !== null,
    hasMade: nextMade(turn) !== null,
    isOver: turn.time.isOver(),
  }
  switch (nextAct(rows)) {
    case 'summarize':
      return await summarize(turn)
    case 'ask':
      if (!replies.all.length && turn.secondLook.isDue) await turn.isStillAsked()
      return row.verdict ? undefined : await takeStep(turn)
    case 'run tools':
      await turn.secondLook.settle()
      if (row.verdict) return
      return answersIn(steps.all).length ? await runTools(turn) : await runApproved(turn)
    case 'ask approval':
      return turn.change({ sentence: turn.approval.inWords() })
    case 'make room':
      return turn.remedies.makeRoom()
        ? await takeStep(turn)
        : decide(turn, 'failed', turn.sentences.tooLong(turn.reference))
    case 'stop':
      return decide(turn, 'stopped', partialAnswer(turn))
    case 'time is over':
      return endInTime(turn)
    case 'hand over files':
      return await handOver(turn)
    case 'attach files':
      await draft.settle()
      if (isBegun || (await turn.isStillAsked())) return await attachMade(turn)
      return row.verdict ? undefined : await takeStep(turn)
    case 'reply': {
      await draft.settle()
      await turn.progressNote.settle()
      if (hasNothingToTell(turn)) return turn.change({ verdict: 'silent' })
      const offer = await turn.fileOffer()
      // Once something of it stands it is answered as it was asked.
      if (isBegun || (await turn.isStillAsked())) return intendReply(turn, offer)
      return row.verdict ? undefined : await takeStep(turn)
    }
    case 'find draft':
      return await findDraft(turn)
    case 'find apology':
      return await findApology(turn)
    case 'apologize':
      return await apologize(turn)
    case 'reword':
      return await reword(turn)
    case 'post':
      if (await isNoDoubtLeft(turn)) return
      return (await isOvertaken(turn)) ? replies.drop() : await post(turn)
    case 'seal':
      if (await tellsDoubt(turn)) return
      await turn.signs.clear()
      if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)
      return turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))
  }
}

/** It lay for a while with its answer unsent, and is not asked so any more. */
async function isOvertaken(turn: Turn) {
  const { row, replies, secondLook } = turn
  if (!secondLook.isDue || row.doubt || !replies.isUnsent) return false
  return !(await turn.isStillAsked())
}

function intendReply(turn: Turn, offer: string | null) {
  const { row, steps, replies, bot, direct } = turn
  closeToolUses(turn, 'Not done: the limit of this turn was reached.')
  if (row.kind === 'forget') turn.forget()
  const isRequest = !row.verdict && turn.approval.isAsking()
  const request = isRequest ? row.sentence : null
  const words = request === null ? wordsOf() : wordsBefore(steps.all, replies.draft !== null)
  // A yes counts only after the request: in what has grown its number would not tell when it was asked.
  if (request !== null && !words && replies.draft) replies.outlive(replies.draft)
  const { parts, more } = partsOf(words)
  if (request === null) return replies.intend(parts, turn.cursor(), more)
  const isApart = replies.draft !== null
  const whole = [words, request].filter(Boolean).join('\n\n')
  const asked = splitReply(isApart ? request : whole, turn)
  replies.intend(isApart ? [...parts, ...more, ...asked] : asked, turn.cursor())

  /** What stands is finished by an edit: whoever only that edit names is told by a further part. */
  function partsOf(text: string) {
    const { draft } = replies
    const parts = splitReply(text, turn, draft !== null)
    const began = draft?.began ?? null
    // In a direct everyone is told of each create.
    const more = direct ? [] : tellings(parts, { began, people: turn.campfire.people() })
    return { parts, more }
  }

  function wordsOf() {
    if (row.sentence) return row.sentence
    if (row.kind === 'help') return help({ ...bot, name: turn.nameHere }, direct, turn.sentences)
    if (row.kind === 'forget') return turn.sentences.forgotten[direct ? 'direct' : 'room']
    const said = finalText(steps.all, turn)
    const left = [notHanded(turn), leftOfMade(turn)]
    const more = [...left, offer].filter((one) => one !== null)
    return more.length ? [closed(said), ...more].join('\n\n') : said
  }
}

/** What it has said by then, or that there is nothing. */
function endInTime(turn: Turn) {
  const { steps, sentences, reference, ref } = turn
  const words = lastWords(steps.all, textOf)
  const sentence = words ? endedEarly(words, sentences.atEnd) : sentences.unavailable(reference)
  log.error('turn.failed', { ...ref, reference, error: OUT_OF_TIME })
  decide(turn, 'failed', sentence, OUT_OF_TIME)
}

/** What the model said before it wanted something; where words of it stand, the last that it said at all. */
function wordsBefore(steps: Step[], isStanding: boolean) {
  const answers = answersIn(steps).map(textOf)
  return closed((isStanding ? answers.findLast(Boolean) : answers.at(-1)) ?? '')
}

function partialAnswer({ steps, sentences }: Turn) {
  const last = steps.all.at(-1)
  const partial = last?.state === 'stopped' && last.kind !== 'summary' ? textOf(last) : ''
  return partial ? endedEarly(partial, sentences.stoppedHere) : sentences.stopped
}
