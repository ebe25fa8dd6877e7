import type {
  MessageCreateParamsStreaming,
  Messages,
} from '@anthropic-ai/sdk/resources/messages/messages'
import type { Answer } from './model/answer.ts'
import { bodyOf, type Field } from './model/body.ts'
import { type Access, clientOf, loadSdk, type Sdk } from './model/client.ts'
import { betaFor, type Compacted, compactedIn, NOT_ASKED } from './model/compaction.ts'
import { brokenOff, cutOff, ModelError, refusedBy } from './model/error.ts'
import { arrivalsIn } from './model/events.ts'
import type { Listening, Prompt } from './model/prompt.ts'
import { refusalIn } from './model/refusal.ts'
import { withBytes } from './model/shown-files.ts'
import { Hearing } from './model/stream.ts'
import { Timeouts } from './model/timeouts.ts'

export {
  type Answer,
  type AnswerBlock,
  type CacheMiss,
  textOf,
  type Usage,
} from './model/answer.ts'
export type { Field } from './model/body.ts'
export { FIELDS } from './model/body.ts'
export { type Compacted, NOT_WHOLE } from './model/compaction.ts'
export { lacksEffort } from './model/effort.ts'
export { type Kind, ModelError } from './model/error.ts'
export {
  type FileFacts,
  type FileTrouble,
  ModelFiles,
  type ToUpload,
} from './model/files.ts'
export { isOpaque } from './model/kind.ts'
export { type Lookup, lookUp, type ModelFacts } from './model/lookup.ts'
export { checkPrices, hasPrice, PRICES, usePrices } from './model/prices.ts'
export type {
  Effort,
  Listening,
  Prompt,
  SessionMessage,
  Spot,
  ToolDefinition,
  TurnEnds,
} from './model/prompt.ts'
export { asRequestId } from './model/request-id.ts'
export {
  filesMadeIn,
  type ServerTool,
  type ServerToolName,
  serverToolOf,
} from './model/server-tools.ts'
export { blockFor, handedTo } from './model/shown-files.ts'

export interface Model {
  /** What this address does not take of requests to this model, for now. */
  without(model: string): ReadonlySet<string>
  ask(prompt: Prompt, listening?: Listening): Promise<Answer>
  /** The API's own summary of all of it, to be sent back first and in its place. */
  compact(prompt: Prompt, instructions: string, listening?: Listening): Promise<Compacted>
}

interface Asking extends Access {
  /** What this address does not take of requests to a model: it may be learned while we ask. */
  without?: (model: string) => ReadonlySet<Field>
  /** Whoever answers gives a sign of life. */
  onByte?: () => void
}

/**
 * The Messages API. What goes wrong is a `ModelError`; nothing is tried twice, since a retry that
 * nobody recorded is money that nobody recorded.
 *
 * The SDK's `MessageStream` is not used. It completes a tool input that was cut off, so that a tool
 * would run with half of what was meant; it fails the whole answer for one that is no JSON; and it
 * drops pings, the only life sign of a model that thinks. Nor is its `Anthropic`: the base client
 * with `Messages` alone is a third of the bundle.
 */
export class Claude implements Model {
  #sdk = loadSdk()
  #messages: Messages | null = null
  #access: Access
  #without: (model: string) => ReadonlySet<Field>
  #onByte: () => void

  constructor({ without = () => new Set(), onByte = () => {}, ...access }: Asking) {
    this.#without = without
    this.#onByte = onByte
    this.#access = access
  }

  #messagesBy(sdk: Sdk) {
    this.#messages ??= new sdk.Messages(clientOf(sdk, this.#access))
    return this.#messages
  }

  without(model: string): ReadonlySet<string> {
    const left = this.#without(model)
    // Whoever stands between may not know of it, and has no fingerprints of ours to compare.
    return this.#access.baseURL ? new Set([...left, 'diagnostics']) : left
  }

  async ask(prompt: Prompt, listening: Listening = {}): Promise<Answer> {
    const without = this.without(prompt.model)
    const hearing = new Hearing({ mayLackReason: without.has('stop_reason') })
    const beta = betaFor(prompt, { without })
    for await (const { text, thinking, runs } of this.#hear(this.#bodyOf(prompt, without), {
      beta,
      listening,
      hearing,
    })) {
      if (text) listening.onText?.(text)
      if (thinking) listening.onThinking?.(thinking)
      if (runs) listening.onServerTool?.(runs)
    }
    return hearing.answer(() => JSON.stringify(prompt))
  }

  /** Its whole time is its silence, too: whoever sends it in one piece is silent until then. */
  async compact(prompt: Prompt, instructions: string, listening: Listening = {}) {
    const without = this.without(prompt.model)
    if (without.has('betas') || without.has('compaction')) return NOT_ASKED
    const hearing = new Hearing({ mayLackReason: without.has('stop_reason') })
    const compaction = { type: 'summarize', instructions }
    const body = { ...this.#bodyOf(prompt, without), compaction } as MessageCreateParamsStreaming
    const silenceMs = listening.silenceMs ?? listening.timeoutMs ?? WHOLE_MS
    const patiently = { ...listening, silenceMs }
    for await (const _ of this.#hear(body, {
      beta: betaFor(prompt, { without, compacts: true }),
      listening: patiently,
      hearing,
    }));
    return compactedIn(hearing, () => JSON.stringify(prompt))
  }

  #bodyOf(prompt: Prompt, without: ReadonlySet<string>) {
    const body = bodyOf(prompt, without)
    return { ...body, messages: withBytes(body.messages, prompt.bytesOf) }
  }

  async *#hear(body: MessageCreateParamsStreaming, { beta, listening, hearing }: Call) {
    const sdk = await this.#sdk
    const timeouts = new Timeouts(listening)
    try {
      if (timeouts.ranOut) throw brokenOff(timeouts.ranOut, { isSent: false })
      const asked = this.#messagesBy(sdk).create(body, { ...beta, signal: timeouts.signal })
      const heard = () => {
        timeouts.heard()
        this.#onByte()
      }
      const response = await asked.asResponse()
      heard()
      hearing.begins(response)
      let parts = 0
      let isSaying = false
      for await (const arrival of arrivalsIn(response, heard)) {
        const grown = hearing.hear(arrival)
        if (hearing.isSaying && !isSaying) listening.onFirst?.()
        isSaying = hearing.isSaying
        if (grown.text || grown.thinking || grown.runs) yield grown
        // Read to its end, the connection serves the next step too; but nobody waits long for it.
        if (hearing.parts > parts) timeouts.hurry(graceFor(hearing))
        parts = hearing.parts
      }
      if (!hearing.isWhole) throw cutOff(hearing.text, response)
    } catch (error) {
      if (hearing.isWhole) return
      const failure = asModelError(error, { sdk, timeouts, hearing, body })
      failure.usage = hearing.usage
      throw failure
    } finally {
      timeouts.end()
    }
  }
}

interface Call {
  beta: ReturnType<typeof betaFor>
  listening: Listening
  hearing: Hearing
}

const WHOLE_MS = 10 * 60_000
/** Once it was said that it is over; and once it was only said why, which is all that matters of it. */
const GRACE_MS = 300
const LAST_EVENT_MS = 1_000

function graceFor({ ended, isWhole }: Hearing) {
  if (ended) return GRACE_MS
  return isWhole ? LAST_EVENT_MS : null
}

/** No language has more characters to a token. Bytes of files are none of them. */
const MOST_CHARACTERS = 6

function leastTokensIn(body: MessageCreateParamsStreaming) {
  const text = JSON.stringify(body, (name, value) => (name === 'data' ? null : value))
  return Math.floor(text.length / MOST_CHARACTERS)
}

interface Failing {
  sdk: Sdk
  timeouts: Timeouts
  hearing: Hearing
  body: MessageCreateParamsStreaming
}

function asModelError(error: unknown, { sdk, timeouts, hearing, body }: Failing) {
  const { APIConnectionTimeoutError, APIError } = sdk
  const { text: partialText, response, requestId, hasBegun } = hearing
  if (response && hearing.lacksReason) return cutOff(partialText, response, 'stop_reason')
  if (error instanceof ModelError) return error
  if (timeouts.ranOut) return brokenOff(timeouts.ranOut, { partialText, requestId, hasBegun })
  if (error instanceof APIError && error.status && error.headers) {
    const { status, headers } = error
    // Without JSON the SDK has the body in its own words only, behind the status.
    const told = error.error ?? error.message.replace(/^\d+ /, '')
    return refusedBy(refusalIn({ status, headers, told, asked: leastTokensIn(body) }))
  }
  if (error instanceof APIConnectionTimeoutError) return brokenOff('timeout', { partialText })
  if (response) return cutOff(partialText, response)
  return brokenOff('connection', { partialText, cause: error })
}
