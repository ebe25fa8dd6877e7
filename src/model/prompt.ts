import type { MessageParam } from '@anthropic-ai/sdk/resources/messages/messages'

export type SessionMessage = MessageParam
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max'

export interface ToolDefinition {
  name: string
  description: string
  /** JSON Schema of an object. */
  inputSchema: object
}

export interface Prompt {
  model: string
  system: string
  tools: ToolDefinition[]
  messages: SessionMessage[]
  maxTokens: number
  effort?: Effort
  thinking?: 'adaptive'
  /** People see what it thinks, in short, while it works: models that say it there are asked to. */
  tellsThinking?: boolean
  /** False at the last call of a turn: the tools stay in the request, none may be used. */
  mayUseTools: boolean
}

export interface Listening {
  signal?: AbortSignal
  /** Must not throw: what it throws ends the call as it is, not as a `ModelError`. */
  onText?: (delta: string) => void
  /** What is thought, in short: between tools it is how some models say what they are at. */
  onThinking?: (delta: string) => void
  /** The longest that the whole call may take. */
  timeoutMs?: number
  /** The longest that nothing at all may come, not even a byte. */
  silenceMs?: number
}
