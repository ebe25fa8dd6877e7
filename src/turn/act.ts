import { apologize, findApology, findDraft, isDecided, isOutdated, post, reword } from '../reply.ts'
import { summarize } from '../session.ts'
import {
  attachMade,
  handOver,
  nextMade,
  nextToHand,
  runApproved,
  runTools,
  takeBackRequest,
  takeStep,
} from '../step.ts'
import { answersIn } from '../tables/room/answers.ts'
import { isNote } from '../tables/room/reply-states.ts'
import { end, endInTime, endStopped, endTooLong } from './act/end.ts'
import { intendReply } from './act/intend-reply.ts'
import { nextAct } from './next.ts'
import { hasNothingToTell } from './scheduled.ts'
import { isNoDoubtLeft } from './tell-doubt.ts'
import type { Turn } from './turn-context.ts'

/** What the rows say comes next, done. */
export async function takeNextAct(turn: Turn) {
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
      // A request is the first that people read of it, as an answer would be.
      if (isBegun || (await turn.isStillAsked()))
        return turn.change({ sentence: turn.approval.inWords() })
      return row.verdict ? undefined : takeBackRequest(turn)
    case 'make room':
      return turn.remedies.makeRoom() ? await takeStep(turn) : endTooLong(turn)
    case 'stop':
      return endStopped(turn)
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
      return await end(turn)
  }
}

/** It lay for a while with its answer unsent, and is not asked so any more. */
async function isOvertaken(turn: Turn) {
  const { row, replies, secondLook } = turn
  if (!secondLook.isDue || row.doubt || !replies.isUnsent) return false
  return !(await turn.isStillAsked())
}
