import type { Model } from '@anthropic-ai/sdk/resources/messages/messages'
import type { Usage } from './answer.ts'
import { bytesOf, bytesOfTool } from './prices/bytes.ts'
import { type Price, type Prices, readPrices, type Tariff } from './prices/overrides.ts'
import type { Prompt } from './prompt.ts'
import { loopOf } from './server-tools.ts'
import { tokensShownIn } from './shown-files.ts'

export { bytesOf, bytesOfTool } from './prices/bytes.ts'
export { checkPrices, type Price } from './prices/overrides.ts'

/** The day on which this list was read, and that of `npm run cost`. */
export const PRICES_AS_OF = '2026-11-29'

/** Those that the SDK names, without the day that some have behind their name. */
type Listed<M = Model> = M extends string ? (string extends M ? never : M) : never
type Undated = Exclude<Listed, `${string}-20${number}`>

const OPUS_5 = { input: 5_000, output: 25_000, cacheRead: 500 }
const SONNET_4 = { input: 3_000, output: 15_000, cacheRead: 300 }
const FABLE_5 = { input: 10_000, output: 50_000, cacheRead: 1_000 }
const FABLE_5_1 = { ...FABLE_5, cacheRead: 250 }
const FABLE_5_2 = { input: 8_000, output: 40_000, cacheRead: 200 }

/**
 * https://platform.claude.com/docs/en/about-claude/pricing, in billionths of a dollar for each token, that is
 * thousandths of a dollar for each million. A model that the API lists and that is not here does not build; any
 * other has no price unless `PRICES` gives one, and no budget can be kept for it. A Mythos costs what the Fable
 * of its number does; of the first one two prices are told, and this is the dearer.
 */
export const PRICES: Prices = {
  'claude-fable-5-2': FABLE_5_2,
  'claude-mythos-5-2': FABLE_5_2,
  'claude-fable-5-1': FABLE_5_1,
  'claude-mythos-5-1': FABLE_5_1,
  'claude-fable-5': FABLE_5,
  'claude-mythos-5': FABLE_5,
  'claude-mythos-preview': { input: 25_000, output: 125_000, cacheRead: 2_500 },
  'claude-opus-5-5': { input: 4_000, output: 20_000, cacheRead: 200 },
  'claude-opus-5': OPUS_5,
  'claude-opus-4-8': OPUS_5,
  'claude-opus-4-7': OPUS_5,
  'claude-opus-4-6': OPUS_5,
  'claude-opus-4-5': OPUS_5,
  'claude-sonnet-5-5': { input: 2_000, output: 10_000, cacheRead: 100 },
  'claude-sonnet-5': { input: 2_000, output: 10_000, cacheRead: 200 },
  'claude-sonnet-4-6': SONNET_4,
  'claude-sonnet-4-5': SONNET_4,
  'claude-haiku-5-5': {
    input: 100,
    output: 500,
    cacheRead: 10,
    step: { above: 100_000, price: { input: 500, output: 2_500, cacheRead: 50 } },
  },
  'claude-haiku-4-5': { input: 1_000, output: 5_000, cacheRead: 100 },
} satisfies Record<Undated, Tariff>

const CACHE_WRITE_5M = 1.25
const CACHE_WRITE_1H = 2
/** Billionths of a dollar for one search; what it finds is read as input. */
export const SEARCH = 10_000_000
/** Served in one country only, also where the workspace asks for that and not we: every kind of token, in tenths. */
const IN_ONE_COUNTRY = 11

let known: { told: string; prices: Prices } = { told: '', prices: PRICES }

/** Those of `PRICES` go before the list. Parsed once for each start; what is broken is logged then. */
export function usePrices(told = '') {
  if (told !== known.told) known = { told, prices: { ...PRICES, ...readPrices(told, PRICES) } }
}

/** Models that we know a price of, as they are called. */
export function modelsWithPrice() {
  return Object.keys(known.prices)
}

export function hasPrice(model: string) {
  return priceOf(model, 0) !== null
}

/** What a call cost, in millionths of a dollar and never less; null where we know no price. */
export function costOf(model: string, usage: Usage): number | null {
  if (usage.speed === 'fast') return null
  const read = usage.cache_read_input_tokens ?? 0
  const written1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0
  const written = Math.max(usage.cache_creation_input_tokens ?? 0, written1h)
  const price = priceOf(model, usage.input_tokens + read + written)
  if (!price) return null
  const tokens =
    usage.input_tokens * price.input +
    (written - written1h) * price.cacheWrite +
    written1h * price.cacheWrite1h +
    read * price.cacheRead +
    usage.output_tokens * price.output
  const tenths = usage.inference_geo === 'us' ? IN_ONE_COUNTRY : 10
  const searches = usage.server_tool_use?.web_search_requests ?? 0
  return inMillionths((tokens * tenths) / 10 + searches * SEARCH)
}

/** The most that a call can cost, with all that the API's own tools may do in it: nothing of it cached, all of it written, every token answered. */
export function worstCaseOf(prompt: Prompt): number | null {
  const { passes, found, searches } = loopOf(prompt)
  const tokens = mostTokensIn(prompt) * passes + found
  const price = priceOf(prompt.model, tokens)
  if (!price) return null
  return inMillionths(
    tokens * price.cacheWrite +
      prompt.maxTokens * (price.output + (passes - 1) * price.cacheWrite) +
      searches * SEARCH,
  )
}

/** English has four bytes to a token, other scripts three, numbers and code rarely below two. */
function mostTokensIn({ system, tools, messages }: Prompt): number {
  const ofTools = tools.reduce((sum, tool) => sum + bytesOfTool(tool), 0)
  const bytes = bytesOf(JSON.stringify({ system, messages })) + ofTools
  return Math.ceil(bytes / 2) + tokensShownIn(messages) + UNSEEN_TOKENS
}

/** What the API adds by itself to say that there are tools. */
const UNSEEN_TOKENS = 1_000

/** Of each kind of token, for a prompt that long. Null: there is none. */
export function priceOf(model: string, promptTokens: number): Required<Price> | null {
  const { prices } = known
  const tariff = prices[model] ?? prices[model.replace(/-\d{8}$/, '')]
  if (!tariff) return null
  const { step, ...base } = tariff
  const price = step && promptTokens > step.above ? step.price : base
  return {
    cacheWrite: price.input * CACHE_WRITE_5M,
    cacheWrite1h: price.input * CACHE_WRITE_1H,
    ...price,
  }
}

function inMillionths(billionths: number): number {
  return Math.ceil(billionths / 1000)
}
