import type { AnswerBlock, SessionMessage } from '../model.ts'
import type { PastTurn } from '../room/session.ts'
import type { Step } from '../room/steps.ts'
import { isSpoken } from './next.ts'
import { NOTICES } from './notices.ts'
import { asWords } from './prompt.ts'
import { SENTENCES } from './sentences.ts'
import { stubOf } from './stub.ts'

/** What the model reads before the turns that it reads word for word. */
export interface Preface {
  /** The session before, or the old part of this one, in short. */
  summary: string | null
  /** The same as the API gave it; the model that it was made for reads this. */
  signed?: { block: { type: 'compaction' }; model: string } | null
  /** What is pinned, as it was when the session began or was compacted. */
  pins?: string | null
  /** Large tool results of earlier turns than this are stubs. */
  stubsBefore?: number
}

export interface Transcript extends Preface {
  turns: PastTurn[]
  /** Words to the model before the call that is about to be made. */
  notice: string | null
}

/**
 * The session as the Messages API wants it. Written only from rows that never change again, so what
 * was sent once is sent the same ever after, and the prompt cache holds. A turn that the model or a
 * guardrail refused is left out: with it in sight it would refuse all that follows.
 */
export function messagesOf({ turns, notice, ...preface }: Transcript, model: string) {
  const messages: SessionMessage[] = prefaceIn(preface, model)
  for (const { id, prompt, steps, sentence } of turns) {
    const isOld = id < (preface.stubsBefore ?? 0)
    const spoken = steps.filter(isSpoken)
    if (spoken.at(-1)?.stop === 'refusal' || steps.at(-1)?.error === 'declined') {
      hear(messages, NOTICES.leftOut)
      say(messages, SENTENCES.refused)
    } else {
      hear(messages, prompt)
      for (const step of spoken) addStep(messages, isOld ? withStubs(id, step) : step, model)
      if (sentence) say(messages, sentence)
    }
  }
  if (notice) hear(messages, notice)

  return messages
}

/** The block of a compaction stands first, as it was given, or the API takes nothing. */
function prefaceIn({ summary, signed, pins }: Preface, model: string) {
  const messages: SessionMessage[] = []
  if (signed?.model === model) {
    // Of a beta, so not among the blocks that the types know.
    const content = [signed.block] as unknown as AnswerBlock[]
    messages.push({ role: 'assistant', content })
  } else if (summary) {
    hear(messages, `<summary of="earlier conversation">\n${asWords(summary)}\n</summary>`)
  }
  if (pins) hear(messages, `<pinned>\n${asWords(pins)}\n</pinned>`)
  return messages
}

function withStubs(turn: number, step: Step): Step {
  return { ...step, uses: step.uses.map((use) => ({ ...use, result: stubOf(turn, use) })) }
}

function addStep(messages: SessionMessage[], step: Step, model: string) {
  if (step.notice) hear(messages, step.notice)

  // Thinking is signed for the model that thought it.
  const content = step.content.filter(
    ({ type }) => step.model === model || !type.includes('thinking'),
  )
  // Nor does the API take back an answer that never got beyond it.
  const isSaid = content.some(({ type }) => !type.includes('thinking'))
  if (isSaid) messages.push({ role: 'assistant', content })

  if (step.uses.length) {
    const results = step.uses.map(({ id, state, result }) => ({
      type: 'tool_result' as const,
      tool_use_id: id,
      content: result ?? '',
      ...(state !== 'ok' && state !== 'waiting' && { is_error: true }),
    }))
    messages.push({ role: 'user', content: results })
  }
}

function say(messages: SessionMessage[], text: string) {
  messages.push({ role: 'assistant', content: [{ type: 'text', text }] })
}

/** What is said to the model in a row is one message. */
function hear(messages: SessionMessage[], text: string) {
  const last = messages.at(-1)
  const block = { type: 'text' as const, text }
  if (last?.role === 'user' && Array.isArray(last.content)) last.content.push(block)
  else messages.push({ role: 'user', content: [block] })
}
