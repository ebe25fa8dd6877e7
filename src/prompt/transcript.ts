import { isDeclined, isSpoken } from '../tables/room/answers.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { Step } from '../tables/room/step.ts'
import { Conversation, type Shown } from './conversation.ts'
import { NOTICES } from './notices.ts'
import { withWholeServerTools } from './server-tools.ts'
import { stubOf } from './stub.ts'
import { asWords } from './tags.ts'

/** What the model reads before the turns that it reads word for word. */
export interface Preface {
  /** The session before, or the old part of this one, in short. */
  summary: string | null
  /** The same as the API gave it; the model that it was made for reads this. */
  signed?: { block: { type: 'compaction' }; model: string } | null
  /** What is pinned, as it was when the session began or was compacted. */
  pins?: string | null
  /** The turn before which the pins are said; first of all where there is none. */
  pinsBefore?: number | null
  /** Large tool results of earlier turns than this are stubs. */
  stubsBefore?: number
  /** What was thought in steps before this one is not sent: see `stepPosition`. */
  thinkingFrom?: number
}

/**
 * The open turn has what the asker told about themselves behind its prompt; once it is over that is left out. And it is
 * told, be it declined: it is asked again without what else may be at fault.
 */
type TurnToRead = PastTurn & { about?: string; isUnderWay?: true }

export interface Transcript extends Preface {
  turns: TurnToRead[]
  /** Words to the model before the call that is about to be made. */
  notice: string | null
}

/** Orders the steps of a session. A turn has far fewer than a thousand. */
export function stepPosition(turn: number, step: number) {
  return turn * 1_000 + Math.min(step, 999)
}

/**
 * The session as the Messages API wants it. Written only from rows that never change again, so what
 * was sent once is sent the same ever after, and the prompt cache holds. A turn that the model or a
 * guardrail refused is left out: with it in sight it would refuse all that follows.
 */
export function conversationOf(
  { turns, notice, ...preface }: Transcript,
  {
    model,
    start,
    shown = new Map(),
    isDeferring = false,
    toolNames = null,
    opensPages = false,
  }: {
    model: string
    start: string
    /** Files, by the turn that shows them. */
    shown?: ReadonlyMap<number, Shown>
    isDeferring?: boolean
    /** Those that are offered: of others of the API's own nothing is sent that was done by them. */
    toolNames?: ReadonlySet<string> | null
    /** The API opens by itself what stands there as an address. */
    opensPages?: boolean
  },
): Conversation {
  const conversation = new Conversation({
    model,
    start,
    isDeferring,
    toolNames,
    opensPages,
    thinkingFrom: preface.thinkingFrom ?? 0,
  })
  const { pins, pinsBefore = null } = preface
  const pinned = pins ? `<pinned>\n${asWords(pins)}\n</pinned>` : null
  const pinnedAt = turns.find(({ id }) => pinsBefore !== null && id >= pinsBefore)?.id
  const isPinnedFirst = pinnedAt === undefined || pinsBefore === null

  addPreface(conversation, preface, model)
  if (pinned && isPinnedFirst) conversation.hear(pinned)
  for (const turn of turns) {
    conversation.turnTo(turn.id)
    if (pinned && !isPinnedFirst && turn.id === pinnedAt) conversation.hear(pinned)
    const isOpen = turn === turns.at(-1) && !notice
    const isOld = turn.id < (preface.stubsBefore ?? 0)
    addTurn(conversation, turn, { isOld, isOpen, files: shown.get(turn.id) ?? [] })
  }
  if (notice) conversation.hear(notice)
  return conversation
}

/** The block of a compaction stands first, as it was given, or the API takes nothing. */
function addPreface(conversation: Conversation, { summary, signed }: Preface, model: string) {
  if (signed?.model === model) conversation.begin(signed.block)
  else if (summary) {
    conversation.hear(`<summary of="earlier conversation">\n${asWords(summary)}\n</summary>`)
  }
}

function addTurn(
  conversation: Conversation,
  turn: TurnToRead,
  { isOld, isOpen, files }: { isOld: boolean; isOpen: boolean; files: Shown },
) {
  const { id, prompt, steps, sentence, about } = turn
  const spoken = steps.filter(isSpoken)
  if (!turn.isUnderWay && isDeclined(steps)) {
    conversation.hear(NOTICES.leftOut)
    conversation.say(NOTICES.declined)
    return
  }
  conversation.hearAsked(prompt, { files, about })
  const mayWait = isOpen && !sentence
  for (const step of withWholeServerTools(spoken, mayWait))
    addStep(conversation, id, isOld ? withStubs(id, step) : step)
  if (sentence) conversation.say(sentence)
}

function withStubs(turn: number, step: Step): Step {
  return { ...step, uses: step.uses.map((use) => ({ ...use, result: stubOf(turn, use) })) }
}

function addStep(conversation: Conversation, turn: number, step: Step) {
  if (step.notice) conversation.hear(step.notice)
  conversation.answer(step, stepPosition(turn, step.number))
  conversation.give(
    step.uses.map(({ id, state, result }) => ({
      type: 'tool_result' as const,
      tool_use_id: id,
      content: result ?? '',
      ...(state !== 'ok' && state !== 'waiting' && { is_error: true }),
    })),
  )
}
