import { costOf, worstCaseOf } from '../model/prices.ts'
import { type Model, NOT_WHOLE, type Prompt } from '../model.ts'
import { textOf } from '../tables/room/answers.ts'
import { COMPACTION } from './compaction-plan.ts'

/** A long one may take minutes; the handler has fifteen, and a turn may come before it. */
const TIMEOUT = 4 * 60_000

type CompactionKind = 'signed' | 'told'

/** The worst case is booked before it is asked for. */
export function worstCaseOfCompaction(kind: CompactionKind, prompt: Prompt) {
  return worstCaseOf(kind === 'signed' ? prompt : inWords(prompt))
}

/** No summary when nothing came of it that could stand for what was said. A `ModelError` as of any call. */
export async function askForCompaction(
  kind: CompactionKind,
  prompt: Prompt,
  { model, reserved }: { model: Model; reserved: number | null },
) {
  const listening = { timeoutMs: TIMEOUT }
  if (kind === 'signed') {
    const { block, isCounted, ...told } = await model.compact(prompt, COMPACTION, listening)
    const { outcome, summary, usage, requestId: request } = told
    const cost = (isCounted ? costOf(prompt.model, usage) : null) ?? reserved ?? worstCaseOf(prompt)
    return { outcome, block: block && JSON.stringify(block), summary, usage, cost, request }
  }
  const told = inWords(prompt)
  const {
    content,
    stopReason,
    usage,
    isCounted,
    requestId: request,
  } = await model.ask(told, listening)
  // Half a summary, a refusal, or words before a tool: what was said would be lost for it.
  const isWhole = !NOT_WHOLE.has(stopReason) && !content.some(({ type }) => type === 'tool_use')
  const summary = (isWhole && textOf({ content })) || null
  const cost = (isCounted ? costOf(prompt.model, usage) : null) ?? reserved ?? worstCaseOf(told)
  return { outcome: summary ? 'told' : 'empty', block: null, summary, usage, cost, request }
}

/** Said last, and with the tools where they were: what the cache holds is the same to the byte. */
export function inWords(prompt: Prompt): Prompt {
  const words = {
    type: 'text' as const,
    text: `${COMPACTION}\nUse no tools. Answer with nothing else.`,
  }
  return { ...prompt, messages: [...prompt.messages, { role: 'user', content: [words] }] }
}
