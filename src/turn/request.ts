import type { Bot } from '../bots/bot.ts'
import type { Prompt, ToolDefinition } from '../model.ts'
import type { Tool } from '../tools/tool.ts'
import { systemPrompt } from './prompt.ts'
import { messagesOf, type Transcript } from './transcript.ts'

/** What is asked of the model. Whoever sends the same session sends the same bytes. */
export function requestOf(
  bot: Bot,
  transcript: Transcript,
  { model = bot.model, mayUseTools = true }: { model?: string; mayUseTools?: boolean } = {},
): Prompt {
  return {
    model,
    system: systemPrompt(bot),
    tools: bot.tools.map(asDefinition),
    messages: messagesOf(transcript, model),
    maxTokens: bot.maxTokens,
    mayUseTools,
    ...(bot.effort && { effort: bot.effort }),
    ...(bot.thinking && { thinking: bot.thinking }),
    ...(bot.reply === 'grow' && { tellsThinking: true }),
  }
}

function asDefinition({ name, description, inputSchema }: Tool): ToolDefinition {
  return { name, description, inputSchema }
}
