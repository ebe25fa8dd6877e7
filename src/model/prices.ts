import type { Usage } from './answer.ts'
import type { Prompt } from './prompt.ts'

/** In billionths of a dollar for each token, that is thousandths of a dollar for each million. */
interface Price {
  input: number
  output: number
  cacheRead: number
}
interface Tariff extends Price {
  /** Beyond this many tokens of prompt the whole request has the other price. */
  step?: { above: number; price: Price }
}

/**
 * As listed on 20 November 2026. A model that is not here has no price, and no budget can be kept
 * for it. The cache price of Opus 5 is not on the list we had: a tenth of its input, as was the rule.
 */
export const PRICES: Record<string, Tariff> = {
  'claude-fable-5-1': { input: 10_000, output: 50_000, cacheRead: 250 },
  'claude-opus-5-5': { input: 4_000, output: 20_000, cacheRead: 200 },
  'claude-opus-5': { input: 5_000, output: 25_000, cacheRead: 500 },
  'claude-sonnet-5-5': { input: 2_000, output: 10_000, cacheRead: 100 },
  'claude-haiku-5-5': {
    input: 100,
    output: 500,
    cacheRead: 10,
    step: { above: 100_000, price: { input: 500, output: 2_500, cacheRead: 50 } },
  },
}
const CACHE_WRITE_5M = 1.25
const CACHE_WRITE_1H = 2

/** What a call cost, in millionths of a dollar and never less; null where we know no price. */
export function costOf(model: string, usage: Usage): number | null {
  if (usage.server_tool_use?.web_search_requests || usage.speed === 'fast') return null
  const read = usage.cache_read_input_tokens ?? 0
  const written1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0
  const written = Math.max(usage.cache_creation_input_tokens ?? 0, written1h)
  const price = priceOf(model, usage.input_tokens + read + written)
  if (!price) return null
  return inMillionths(
    usage.input_tokens * price.input +
      (written - written1h) * price.input * CACHE_WRITE_5M +
      written1h * price.input * CACHE_WRITE_1H +
      read * price.cacheRead +
      usage.output_tokens * price.output,
  )
}

/** The most that a call can cost: nothing of it cached, all of it written, every token answered. */
export function worstCaseOf(prompt: Prompt): number | null {
  const tokens = mostTokensIn(prompt)
  const price = priceOf(prompt.model, tokens)
  if (!price) return null
  return inMillionths(tokens * price.input * CACHE_WRITE_5M + prompt.maxTokens * price.output)
}

/** English has four bytes to a token, other scripts three, numbers and code rarely below two. */
function mostTokensIn({ system, tools, messages }: Prompt): number {
  const bytes = new TextEncoder().encode(JSON.stringify({ system, tools, messages })).length
  return Math.ceil(bytes / 2) + UNSEEN_TOKENS
}

/** What the API adds by itself to say that there are tools. */
const UNSEEN_TOKENS = 1_000

function priceOf(model: string, promptTokens: number) {
  const tariff = PRICES[model] ?? PRICES[model.replace(/-\d{8}$/, '')]
  return tariff?.step && promptTokens > tariff.step.above ? tariff.step.price : tariff
}

function inMillionths(billionths: number): number {
  return Math.ceil(billionths / 1000)
}
