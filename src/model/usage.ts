import type { Usage } from '@anthropic-ai/sdk/resources/messages/messages'
import { isObject, type Loose } from './loose.ts'

/** English has four bytes to a token, other scripts three: about so many, where nobody counted. */
const BYTES = 3

/**
 * Counts are totals, and missing where they do not apply: what is known is not erased by nothing, by none at all, nor by
 * what is no count.
 */
export function withCounts(known: Loose, told: unknown): Loose {
  if (!isObject(told)) return known
  const counts = Object.entries(told).flatMap(([name, count]) => {
    const before = known[name]
    if (isObject(before)) return [[name, withCounts(before, count)]]
    const isNothing = count === null || (countIn(before) && !countIn(count))
    return isNothing ? [] : [[name, count]]
  })
  return { ...known, ...Object.fromEntries(counts) }
}

/**
 * Null for an input that nobody counted: there is none of no tokens at all. Whoever shows it, or
 * compacts by it, takes a guess; whoever books it takes the worst case.
 */
export function inputIn(known: Loose): number | null {
  const all = INPUT.map((name) => countIn(known[name]) ?? 0).reduce((sum, count) => sum + count, 0)
  return all || null
}

const INPUT = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'] as const

export function usageOf(known: Loose, asked: () => string, said: string): Usage {
  const isCounted = inputIn(known) !== null
  return {
    ...known,
    input_tokens: isCounted ? (countIn(known.input_tokens) ?? 0) : tokensAbout(asked()),
    output_tokens: countIn(known.output_tokens) ?? tokensAbout(said),
    cache_creation_input_tokens: countIn(known.cache_creation_input_tokens),
    cache_read_input_tokens: countIn(known.cache_read_input_tokens),
    cache_creation: countsIn(known.cache_creation),
    output_tokens_details: countsIn(known.output_tokens_details),
    server_tool_use: countsIn(known.server_tool_use),
    inference_geo: wordOf(known.inference_geo),
    service_tier: wordOf(known.service_tier) as Usage['service_tier'],
    speed: wordOf(known.speed) as Usage['speed'],
  }
}

function tokensAbout(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES)
}

/**
 * How much was written is told at the end: what an answer begins with is a count of its first tokens, and none of
 * what follows.
 */
export function countsAll(told: unknown): boolean {
  return isObject(told) && Boolean(countIn(told.output_tokens))
}

/** More than any call of any model: whoever tells so has slipped. */
const MOST = 100_000_000

export function countIn(value: unknown): number | null {
  const count = typeof value === 'string' && value.trim() ? Number(value) : value
  return typeof count === 'number' && count >= 0 && count <= MOST ? Math.ceil(count) : null
}

/** What is no count there is none. */
function countsIn<T>(value: unknown): T | null {
  if (!isObject(value)) return null
  return Object.fromEntries(
    Object.entries(value).map(([name, count]) => [name, countIn(count) ?? 0]),
  ) as T
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
