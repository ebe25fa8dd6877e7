import type { MessageParam } from '@anthropic-ai/sdk/resources/messages/messages'
import type { ServerTool } from './server-tools.ts'

export type SessionMessage = MessageParam
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max'

/** Reads bytes of a file. Null: it is not there any more. */
export type ReadBytes = (number: number, from: number, to: number) => Uint8Array | null

export interface ToolDefinition {
  name: string
  description: string
  /** JSON Schema of an object. */
  inputSchema: object
  /** The model finds it by the API's tool search: until then it is no part of what is read, or bound. */
  isDeferred?: true
  /** It is the API's own, and this is all that is sent of it. */
  server?: ServerTool | undefined
}

/** A block by its place. */
export interface Spot {
  message: number
  block: number
}

/**
 * Where the own message of the newest turn ends, and of the one before. `isLeftOut`: what stands behind the
 * newest is for this turn only, so the next request is the same up to here.
 */
export interface TurnEnds {
  before: Spot | null
  newest: Spot | null
  isLeftOut: boolean
}

export interface Prompt {
  model: string
  system: string
  tools: ToolDefinition[]
  messages: SessionMessage[]
  ends?: TurnEnds
  maxTokens: number
  effort?: Effort
  thinking?: 'adaptive'
  /** People see what it thinks, in short, while it works: models that say it there are asked to. */
  tellsThinking?: boolean
  /** False at the last call of a turn: the tools stay in the request, none may be used. */
  mayUseTools: boolean
  /** Where the bytes are of the files that it shows. */
  bytesOf?: ReadBytes
  /** Where code has run before, with its files: it goes on there. */
  container?: string
  /** The API's name for the answer before, with whose request it compares this one: why was it not in the cache? */
  previous?: string
}

export interface Listening {
  signal?: AbortSignal
  /** Must not throw: what it throws ends the call as it is, not as a `ModelError`. */
  onText?: (delta: string) => void
  /** What is thought, in short: between tools it is how some models say what they are at. */
  onThinking?: (delta: string) => void
  /** The API runs one of its own tools, with this input. */
  onServerTool?: (use: { name: string; input: object }) => void
  /** There is something of an answer, be it no words. */
  onFirst?: () => void
  /** The longest that the whole call may take. */
  timeoutMs?: number
  /** The longest that nothing at all may come, not even a byte. */
  silenceMs?: number
}
