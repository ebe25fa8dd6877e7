import type { Refusal } from '../refusal.ts'

/**
 * Behind a status that passes by itself stands what no waiting mends: some gateways answer all that they do
 * not take so, and the API itself where an account may not have long prompts.
 */
export function isTooLong({ code, words }: Refusal) {
  if (code === 'context_length_exceeded' || TOO_LARGE_FOR_ANY_MINUTE.test(words)) return true
  return TOO_LONG.test(words) && !/rate.?limit|per.?(minute|min|hour|day|second)\b/i.test(words)
}

const TOO_LONG =
  /(prompt|input|conversation|context) (is|was) too (long|large)|maximum context length|context.?(length|window).{0,40}exceed|extra usage is required for long context/i

/**
 * More than an account may ever read in a minute, so no waiting mends it; but for what is in the cache, which need not
 * count.
 */
export function isBeyondMinute({ words, asked }: Refusal) {
  const [, most] = /([\d,]{3,}) (input )?tokens per minute/i.exec(words) ?? []
  return most !== undefined && asked > Number(most.replaceAll(',', ''))
}

/** The same, where it is said. */
const TOO_LARGE_FOR_ANY_MINUTE = /request too large for|tokens must be reduced/i
