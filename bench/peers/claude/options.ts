import type { Options } from '@anthropic-ai/claude-agent-sdk'
import { INSTRUCTIONS } from '../conversation.ts'

/** The leanest that the SDK offers for a chat: nothing of Claude Code but the loop itself. */
export function options(): Options {
  return {
    model: 'claude-sonnet-5-5',
    systemPrompt: INSTRUCTIONS,
    tools: [],
    mcpServers: {},
    strictMcpConfig: true,
    settingSources: [],
    permissionMode: 'dontAsk',
    thinking: { type: 'disabled' },
    ...(process.env.HOME && { cwd: process.env.HOME }),
  }
}

/** Where a conversation is kept, as far as it is known. */
export interface SessionOf {
  id: string | null
  keep(id: string): void
}
