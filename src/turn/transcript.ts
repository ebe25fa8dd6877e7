import type { SessionMessage } from '../model.ts'
import type { PastTurn } from '../room/session.ts'
import type { Step } from '../room/steps.ts'
import { NOTICES } from './notices.ts'
import { asWords } from './prompt.ts'
import { SENTENCES } from './sentences.ts'

export interface Transcript {
  /** The session before, in short. */
  summary: string | null
  turns: PastTurn[]
  /** Words to the model before the call that is about to be made. */
  notice: string | null
}

/**
 * The session as the Messages API wants it. Written only from rows that never change again, so what
 * was sent once is sent the same ever after, and the prompt cache holds. A turn that the model refused
 * is left out: with it in sight it would refuse all that follows.
 */
export function messagesOf({ summary, turns, notice }: Transcript, model: string) {
  const messages: SessionMessage[] = []
  if (summary)
    hear(messages, `<summary of="earlier conversation">\n${asWords(summary)}\n</summary>`)

  for (const { prompt, steps, sentence } of turns) {
    const spoken = steps.filter(isSpoken)
    if (spoken.at(-1)?.stop === 'refusal') {
      hear(messages, NOTICES.leftOut)
      say(messages, SENTENCES.refused)
    } else {
      hear(messages, prompt)
      for (const step of spoken) addStep(messages, step, model)
      if (sentence) say(messages, sentence)
    }
  }
  if (notice) hear(messages, notice)

  return messages
}

/**
 * Steps that failed, were lost, or told the session before in short are no part of what was said. What
 * a stopped one had said so far is in the turn's sentence.
 */
function isSpoken({ kind, state }: Step) {
  return (kind === 'talk' || kind === 'last') && state === 'answered'
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
