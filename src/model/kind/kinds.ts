/** Why there is no answer, by cause. */
export type Kind = keyof typeof KINDS

export const KINDS = {
  overloaded: { retryable: true, sentence: 'The model is overloaded' },
  rate_limited: { retryable: true, sentence: 'We reached the rate limit of the model' },
  server: { retryable: true, sentence: 'The model failed' },
  timeout: { retryable: true, sentence: 'The model took too long' },
  cut: { retryable: true, sentence: 'The answer broke off' },
  connection: { retryable: true, sentence: 'The model could not be reached' },
  page: { retryable: true, sentence: 'Something that is no model answered in its place' },
  rejected_key: { retryable: false, sentence: 'The model rejected our key' },
  permission: { retryable: false, sentence: 'Our key may not do this' },
  spent: { retryable: false, sentence: 'The credit or the spending limit is used up' },
  unknown_model: { retryable: false, sentence: 'Our key has no model of that name' },
  route: { retryable: false, sentence: 'There is no Messages API at this address' },
  field: { retryable: false, sentence: 'The model takes no such parameter' },
  too_long: { retryable: false, sentence: 'The prompt is too long for the model' },
  signature: { retryable: false, sentence: 'The model thought this behind other words' },
  compaction: { retryable: false, sentence: 'The model did not accept the compaction' },
  invalid: { retryable: false, sentence: 'The model refused the request as invalid' },
  blocked: { retryable: false, sentence: 'The answer was blocked' },
  declined: { retryable: false, sentence: 'A guardrail declined the request' },
  stopped: { retryable: false, sentence: 'The call was stopped' },
} satisfies Record<string, { retryable: boolean; sentence: string }>
