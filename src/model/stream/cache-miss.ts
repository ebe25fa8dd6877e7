import type { CacheMissReason } from '@anthropic-ai/sdk/resources/messages/messages'
import type { CacheMiss } from '../answer.ts'
import { isObject, looseIn } from '../loose.ts'

/** A word, so that nothing else is ever shown. */
const WORD = /^[a-z_]{1,60}$/
/** It could not be compared: that says nothing of a miss. */
const UNKNOWN: CacheMissReason['type'][] = ['unavailable', 'previous_message_not_found']

export function cacheMissIn(diagnostics: unknown): CacheMiss | null {
  if (!isObject(diagnostics)) return null
  const { type, cache_missed_input_tokens: tokens } = looseIn(diagnostics.cache_miss_reason)
  if (typeof type !== 'string' || !WORD.test(type) || UNKNOWN.some((one) => one === type))
    return null
  return { reason: type, tokens: typeof tokens === 'number' && tokens >= 0 ? tokens : null }
}
