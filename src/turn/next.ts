import type { Bot } from '../bots/bot.ts'
import { NOTICES } from '../prompt/notices.ts'
import type { Reply, ReplyState } from '../tables/room/reply-states.ts'
import type { Step } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'

type Act =
  | 'stop'
  | 'summarize'
  | 'ask'
  | 'run tools'
  | 'ask leave'
  | 'make room'
  | 'reply'
  | 'find draft'
  | 'reword'
  | 'post'
  | 'seal'

export interface Rows {
  row: Pick<TurnRow, 'kind' | 'verdict' | 'sentence' | 'stopped_by'>
  steps: Step[]
  replies: Pick<Reply, 'state'>[]
  /** The room is to get other words than those that were intended. */
  outdated: boolean
  /** The session before has still to be told in short. */
  untold: boolean
}

/** What is final and does not stand yet, or stands and is to go. */
const OPEN: ReplyState[] = ['intended', 'doubted', 'stale']

/** What comes next, read off the rows: the same after a crash as without one. */
export function nextAct({ row, steps, replies, outdated, untold }: Rows): Act {
  const states = replies.map(({ state }) => state).filter((state) => state !== 'lost')
  if (states.includes('drafting')) return 'find draft'
  const isGrowing = states.includes('draft')
  const isOpen = isGrowing || states.some((state) => OPEN.includes(state))
  if (states.length && !isOpen) return 'seal'
  if (row.stopped_by && !row.verdict && row.kind === 'talk') return 'stop'
  if (states.length && !isGrowing) return outdated ? 'reword' : 'post'
  if (row.verdict || row.sentence) return 'reply'
  if (row.kind !== 'talk') return 'reply'
  if (untold) return 'summarize'

  const answers = answersIn(steps)
  const last = answers.at(-1)
  if (!last) return steps.some(isApproved) && openUses(steps).length ? 'run tools' : 'ask'
  if (last.kind === 'last' || last.stop === 'refusal') return 'reply'
  if (last.uses.some(({ state }) => state === 'intended')) return 'run tools'
  if (last.uses.some(({ state }) => state === 'waiting')) return 'ask leave'
  if (last.uses.length) return 'ask'
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

export function isApproved({ kind }: Step) {
  return kind === 'approved'
}

/** What is intended and has no result: of the last answer, or approved before there was any. */
export function openUses(steps: Step[]) {
  const step = answersIn(steps).at(-1) ?? steps.find(isApproved)
  return step?.uses.filter(({ state }) => state === 'intended') ?? []
}

/** At a limit the model gets one last call without tools. */
export function isAtLimit(
  limits: Bot['limits'],
  turn: { started: number; now: number; steps: Step[] },
) {
  const answers = answersIn(turn.steps)
  const outputTokens = answers.reduce((sum, { usage }) => sum + (usage?.output_tokens ?? 0), 0)
  return (
    answers.length >= limits.steps ||
    turn.now - turn.started >= limits.minutes * 60_000 ||
    outputTokens >= limits.outputTokens
  )
}

const FAILS = 3

/** A tool that failed so often in a turn is taken away for the rest of it. */
export function isTakenAway(tool: string, steps: Step[]) {
  const failures = steps.flatMap(({ uses }) =>
    uses.filter(({ name, state }) => name === tool && state === 'error'),
  )
  return failures.length >= FAILS
}

export function answersIn(steps: Step[]) {
  return steps.filter(isSpoken)
}

/**
 * Steps that failed, were lost, or told the session before in short are no part of what was said. What
 * a stopped one had said so far is in the turn's sentence.
 */
export function isSpoken({ kind, state }: Pick<Step, 'kind' | 'state'>) {
  return (kind === 'talk' || kind === 'last') && state === 'answered'
}

export function hasWords(step: Pick<Step, 'content'>) {
  return isSeen(textOf(step))
}

/** Campfire takes nothing that people would see as an empty bubble. */
export function isSeen(text: string) {
  return /[^\s\p{Cf}\u2800]/u.test(text)
}

export function textOf({ content }: Pick<Step, 'content'>) {
  return content
    .map((block) => (block.type === 'text' ? block.text : ''))
    .join('')
    .trim()
}
