import { bytesOf, bytesOfTool, priceOf, SEARCH } from './prices.ts'
import type { Prompt } from './prompt.ts'
import { loopOf } from './server-tools.ts'
import { tokensShownIn } from './shown-files.ts'

/** The part of a request that the API has counted for this very model: so it began, and so many tokens it was. */
export interface Counted {
  /** Characters, of the request as `textOf` has it. */
  size: number
  hash: number
  tokens: number
}

/** The most that a request can come to, in millionths of a dollar: what is read, and each token of the answer. */
export interface Worst {
  read: number
  /** Billionths, for a token. */
  token: number
  /** What of it will have been counted once it is answered. */
  size: number
  hash: number
}

/** A workspace may be served in one country only, without a word of ours, and the answer tells so afterwards. */
const GEO = 1.1
/** What the API adds by itself to say that there are tools; where it has counted that, what changes of it. */
const UNSEEN = 1_000
const UNSEEN_SINCE = 200

/**
 * What is known to the token is taken as known, any other byte as a token, and each as dear as it can be. The
 * tokens of one model say nothing of another's. Null: it has no price.
 */
export function worstOf(
  prompt: Prompt,
  known: Counted[],
  hashOf: (text: string) => number,
): Worst | null {
  const text = textOf(prompt)
  const counted = known.find(({ size, hash }) => hashOf(text.slice(0, size)) === hash)
  const rest = counted ? text.slice(counted.size) : text
  const shown = tokensShownIn(lastIn(prompt, rest))
  const hidden = hiddenIn(prompt, text)
  const written = bytesOf(rest) - (counted ? 0 : hidden.bytes)
  const unknown = written + shown + (counted ? UNSEEN_SINCE : UNSEEN)
  const once = (counted?.tokens ?? 0) + unknown
  // Where the API looks for tools by itself, that is one use more of what it runs.
  const { passes, found, searches } = loopOf(prompt, hidden.found ? [hidden.found] : [])
  const tokens = once * passes + found
  const price = priceOf(prompt.model, tokens)
  if (!price) return null
  const dearest = Math.max(price.input, price.cacheWrite, price.cacheRead)
  return {
    read: Math.ceil((tokens * dearest * GEO + searches * SEARCH) / 1000),
    // What it has said by then is read again by each pass that comes after it.
    token: (price.output + (passes - 1) * dearest) * GEO,
    size: text.length,
    hash: hashOf(text),
  }
}

export function worstAt({ read, token }: Worst, maxTokens: number) {
  return read + Math.ceil((maxTokens * token) / 1000)
}

/** So many tokens of an answer can be paid with this. */
export function mostTokensFor({ read, token }: Worst, amount: number) {
  return Math.floor(((amount - read) * 1000) / token)
}

/** Of fewer tokens nothing comes that anybody could use; more, where a model thinks whether asked to or not. */
export function leastTokensOf({ model, thinking, maxTokens }: Prompt) {
  const thinks = thinking !== undefined || ALWAYS_THINKS.test(model)
  return Math.min(maxTokens, thinks ? 2_000 : 500)
}

const ALWAYS_THINKS = /\bclaude-((fable|mythos)-5|(opus|sonnet)-5-5)(?!\d)/

/** As it stands before the next one, which goes on behind it: what is left to the API's search is read when found. */
function textOf({ system, tools, messages }: Prompt) {
  return [
    JSON.stringify(tools),
    JSON.stringify(system),
    ...messages.map((one) => JSON.stringify(one)),
  ].join('\n')
}

/** The messages that the end of a request holds: each is a line of its own. */
function lastIn({ messages }: Prompt, rest: string) {
  const lines = rest.split('\n').length - 1
  return messages.slice(Math.max(0, messages.length - lines))
}

/** The API's search finds so many tools at the most. */
const FOUND_AT_ONCE = 5

/**
 * Tools that are left to the API's search are no part of what is read, nor of what was counted, until it has found
 * them: then it is the longest ones, as far as we know. `bytes`: what of them nobody reads before.
 */
function hiddenIn({ tools }: Prompt, text: string) {
  const sizes = tools.flatMap((tool) => (tool.isDeferred ? bytesOfTool(tool) : []))
  const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
  const longest = sizes.sort((one, other) => other - one).slice(0, FOUND_AT_ONCE)
  // Of what was found before nobody knows here which they are.
  return { found: sum(longest), bytes: text.includes('tool_reference') ? 0 : sum(sizes) }
}
