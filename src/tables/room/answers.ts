import type { Step, ToolUse } from './step.ts'

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
  return /[^\s\p{Cc}\p{Cf}\p{DI}\u2800]/u.test(text)
}

export function textOf({ content }: Pick<Step, 'content'>) {
  return content
    .map((block) => (block.type === 'text' ? block.text : ''))
    .join('')
    .trim()
}

/** By the model, or by whoever watches what is said to it: what was asked then is told to no model any more. */
export function isDeclined(steps: Step[]) {
  return answersIn(steps).at(-1)?.stop === 'refusal' || steps.at(-1)?.error === 'declined'
}

export function isApproved({ kind }: Step) {
  return kind === 'approved'
}

/** Nothing was done of it yet: it may have to wait for what telling of it will cost. */
export function isUnbegun(step: Step) {
  return isApproved(step) && step.ended === null
}

/** What was asked for in another turn, and approved in this one. */
export function approvedIn(steps: Step[]) {
  return steps.filter(isApproved).flatMap(({ uses }) => uses)
}

/** The name of a tool use that was asked for in another turn, and approved in this one. */
export function approvedId(turn: number, number: number) {
  return `approved_${turn}_${number}`
}

/** Null: an older version has not kept it. */
export function turnAskedIn({ id }: Pick<ToolUse, 'id'>): number | null {
  const turn = /^approved_(\d+)_\d+$/.exec(id)?.[1]
  return turn === undefined ? null : Number(turn)
}

/** What is intended and has no result: of the last answer, or approved before there was any. */
export function openUses(steps: Step[]) {
  const step = answersIn(steps).at(-1) ?? steps.find(isApproved)
  return step?.uses.filter(({ state }) => state === 'intended') ?? []
}
