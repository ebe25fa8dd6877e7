import { NOTICES } from '../prompt.ts'
import { answersIn, hasWords, isApproved, openUses } from '../tables/room/answers.ts'
import { isOfAnswer, type Reply, type ReplyState } from '../tables/room/reply-states.ts'
import type { Step } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'

type Act =
  | 'stop'
  | 'summarize'
  | 'ask'
  | 'run tools'
  | 'ask approval'
  | 'make room'
  | 'time is over'
  | 'hand over files'
  | 'attach files'
  | 'reply'
  | 'find draft'
  | 'find apology'
  | 'apologize'
  | 'reword'
  | 'post'
  | 'seal'

export interface Rows {
  row: Pick<TurnRow, 'kind' | 'verdict' | 'sentence' | 'stopped_by'> &
    Partial<Pick<TurnRow, 'outage'>>
  steps: Step[]
  replies: Pick<Reply, 'state'>[]
  /** The room is to get other words than those that were intended. */
  outdated: boolean
  /** These are words of our own: in their place no others are tried. */
  isDecided: boolean
  /** The session before has still to be told in short. */
  isUntold: boolean
  /** Files that came with it are still to be handed to the API. */
  hasToHand?: boolean
  /** Code has made files that are still to be attached. */
  hasMade?: boolean
  /** There is no time left to ask the model. */
  isOver?: boolean
}

/** What is final and does not stand yet, or stands and is to go. */
const OPEN: ReplyState[] = ['intended', 'doubted', 'stale']

/** What comes next, read off the rows: the same after a crash as without one. */
export function nextAct(rows: Rows): Act {
  const { row, steps, replies, outdated, isDecided, isUntold, isOver } = rows
  const states = replies.filter(isOfAnswer).map(({ state }) => state)
  if (states.includes('drafting')) return 'find draft'
  if (row.verdict === 'silent' && !states.length) return 'seal'
  if (states.includes('apology')) return 'find apology'
  const isGrowing = states.includes('draft')
  const isOpen = isGrowing || states.some((state) => OPEN.includes(state))
  if (states.length && !isOpen) return 'seal'
  if (row.stopped_by && !row.verdict && row.kind === 'talk') return 'stop'
  if (states.length && !isGrowing) {
    if (outdated) return 'reword'
    return row.outage?.apology && !isDecided ? 'apologize' : 'post'
  }
  if (row.verdict || row.sentence) return 'reply'
  if (row.kind !== 'talk') return 'reply'
  const act = isUntold ? 'summarize' : nextOfModel(steps)
  // They stand above the answer, so that it can speak of them.
  if (rows.hasMade && ENDS.includes(act)) return 'attach files'
  if (rows.hasToHand && act === 'ask' && !isOver) return 'hand over files'
  return isOver && ASKS_THE_MODEL.includes(act) ? 'time is over' : act
}

const ENDS: Act[] = ['reply', 'ask approval']
const ASKS_THE_MODEL: Act[] = ['summarize', 'ask', 'run tools', 'make room']

function nextOfModel(steps: Step[]): Act {
  const answers = answersIn(steps)
  const last = answers.at(-1)
  if (!last) return steps.some(isApproved) && openUses(steps).length ? 'run tools' : 'ask'
  if (last.kind === 'last' || last.stop === 'refusal') return 'reply'
  if (last.uses.some(({ state }) => state === 'intended')) return 'run tools'
  if (last.uses.some(({ state }) => state === 'waiting')) return 'ask approval'
  if (last.uses.length) return 'ask'
  // There was more to say to the model after its answer, and that call came to nothing.
  if (steps.some(({ number, kind, notice }) => number > last.number && kind === 'talk' && notice))
    return 'ask'
  return afterStop(last, answers.at(-2))
}

function afterStop(last: Step, before: Step | undefined): Act {
  switch (last.stop) {
    case 'pause_turn':
      return 'ask'
    case 'max_tokens':
      return before?.stop === 'max_tokens' ? 'reply' : 'ask'
    case 'model_context_window_exceeded':
      return 'make room'
    default:
      // end_turn and stop_sequence; one that we do not know ends the turn as well.
      return hasWords(last) || last.notice === NOTICES.saySomething ? 'reply' : 'ask'
  }
}
