import { BaseAnthropic } from '@anthropic-ai/sdk/client'
import { APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk/core/error'
import { Stream } from '@anthropic-ai/sdk/core/streaming'
import type { BetaMessage } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import {
  type MessageCreateParamsNonStreaming,
  type MessageCreateParamsStreaming,
  Messages,
  type Tool,
} from '@anthropic-ai/sdk/resources/messages/messages'
import type { Answer } from './model/answer.ts'
import { EPHEMERAL, withBreakpoint } from './model/breakpoints.ts'
import { betaFor, COMPACTION_BETA, type Compacted, compactedIn } from './model/compaction.ts'
import { brokenOff, cutOff, ModelError, refusedBy } from './model/error.ts'
import type { Listening, Prompt, ToolDefinition } from './model/prompt.ts'
import { Hearing } from './model/stream.ts'
import { Patience } from './model/timeouts.ts'

export { type Answer, type AnswerBlock, textOf, type Usage } from './model/answer.ts'
export { type Kind, ModelError } from './model/error.ts'
export type { Listening, Prompt, SessionMessage, ToolDefinition } from './model/prompt.ts'

export interface Model {
  ask(prompt: Prompt, listening?: Listening): Promise<Answer>
  /** The API's own summary of all of it, to be sent back first and in its place. */
  compact(prompt: Prompt, instructions: string, listening?: Listening): Promise<Compacted>
}

interface Access {
  apiKey: string
  /** Empty, as in the settings, means the API itself. */
  baseURL?: string
  fetch?: typeof fetch
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
  #messages: Messages

  constructor({ apiKey, baseURL, ...world }: Access) {
    this.#messages = new Messages(
      new BaseAnthropic({
        apiKey,
        baseURL: baseURL || 'https://api.anthropic.com',
        fetch: world.fetch ?? ((input, init) => fetch(input, init)),
        maxRetries: 0,
        logLevel: 'off',
        openTelemetry: false,
      }),
    )
  }

  async ask(prompt: Prompt, listening: Listening = {}): Promise<Answer> {
    const hearing = new Hearing()
    for await (const text of this.#hear(prompt, listening, hearing)) listening.onText?.(text)
    return hearing.answer()
  }

  /** In one piece: there is nobody to show it to as it comes. Its whole time is its silence, too. */
  async compact(prompt: Prompt, instructions: string, listening: Listening = {}) {
    const patience = new Patience({ ...listening, silenceMs: listening.timeoutMs ?? WHOLE_MS })
    try {
      const body = {
        ...bodyOf(prompt),
        stream: false,
        compaction: { type: 'summarize', instructions },
      } as unknown as MessageCreateParamsNonStreaming
      const options = { ...COMPACTION_BETA, signal: patience.signal }
      const message: unknown = await this.#messages.create(body, options)
      return compactedIn(message as BetaMessage)
    } catch (error) {
      throw asModelError(error, patience, NOT_HEARD)
    } finally {
      patience.end()
    }
  }

  async *#hear(prompt: Prompt, listening: Listening, hearing: Hearing) {
    const patience = new Patience(listening)
    try {
      const options = { ...betaFor(prompt), signal: patience.signal }
      const asked = this.#messages.create(bodyOf(prompt), options)
      const response = await asked.asResponse()
      hearing.begins(response)
      for await (const event of Stream.rawEvents(response)) {
        patience.heard()
        const text = hearing.hear(event)
        if (text) yield text
        // Read to its end, the connection serves the next step too; but nobody waits long for it.
        if (hearing.complete) patience.hurry()
      }
      if (!hearing.complete) throw cutOff(hearing.text, response)
    } catch (error) {
      if (hearing.complete) return
      const failure = asModelError(error, patience, hearing)
      failure.usage = hearing.usage
      throw failure
    } finally {
      patience.end()
    }
  }
}

function bodyOf(prompt: Prompt): MessageCreateParamsStreaming {
  const { model, system, tools, messages, maxTokens, effort, thinking, mayUseTools } = prompt
  return {
    model,
    max_tokens: maxTokens,
    stream: true,
    cache_control: EPHEMERAL,
    ...(thinking && { thinking: { type: thinking } }),
    ...(effort && { output_config: { effort } }),
    ...(tools.length > 0 && { tools: tools.map(asTool) }),
    ...(tools.length > 0 && !mayUseTools && { tool_choice: { type: 'none' } }),
    // What all conversations of a bot begin with is found again by each of them.
    ...(system && { system: [{ type: 'text', text: system, cache_control: EPHEMERAL }] }),
    messages: withBreakpoint(messages),
  }
}

function asTool({ name, description, inputSchema }: ToolDefinition): Tool {
  return { name, description, input_schema: inputSchema as Tool.InputSchema }
}

const WHOLE_MS = 10 * 60_000
const NOT_HEARD = { text: '', response: null }

type Heard = Pick<Hearing, 'text' | 'response'>

function asModelError(error: unknown, patience: Patience, { text, response }: Heard) {
  if (patience.ranOut) return brokenOff(patience.ranOut, text)
  if (error instanceof ModelError) return error
  if (error instanceof APIError && error.status && error.headers) {
    const { status, type, errorCode, apiMessage, headers } = error
    const said = apiMessage ?? error.message
    return refusedBy({ status, type, code: errorCode, said, headers }, text)
  }
  if (error instanceof APIConnectionTimeoutError) return brokenOff('timeout', text)
  return response ? cutOff(text, response) : brokenOff('connection', text, error)
}
