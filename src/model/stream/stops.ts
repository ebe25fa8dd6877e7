import type { BetaStopReason } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import { wordIn } from '../loose.ts'

/** Whether the answer goes on beyond where it stopped. A reason that is new in the API does not build. */
const STOPS: Record<BetaStopReason, 'ends' | 'is cut off'> = {
  end_turn: 'ends',
  stop_sequence: 'ends',
  tool_use: 'ends',
  pause_turn: 'ends',
  refusal: 'ends',
  compaction: 'ends',
  max_tokens: 'is cut off',
  model_context_window_exceeded: 'is cut off',
}

/** What other APIs call it, as some gateways pass it on. */
const OF_OTHERS: Record<string, BetaStopReason> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal',
  content_filtered: 'refusal',
  safety: 'refusal',
  // Whoever stands between has lost the rest of it: the model goes on from there.
  error: 'max_tokens',
  aborted: 'max_tokens',
  cancelled: 'max_tokens',
}

/** Null: nobody has said why. One that nobody knows is kept as it is. */
export function stopIn(told: unknown): string | null {
  const word = wordIn(told)
  if (word === null) return null
  const plain = word.toLowerCase()
  if (Object.hasOwn(STOPS, plain)) return plain
  return Object.hasOwn(OF_OTHERS, plain) ? (OF_OTHERS[plain] ?? word) : word
}

export function isCutOff(stop: string | null) {
  return STOPS[stop as BetaStopReason] === 'is cut off'
}
