import type { Bot } from './bots.ts'
import type { Prompt, ToolDefinition } from './model.ts'
import { messagesOf, type Transcript } from './prompt/transcript.ts'
import { systemPrompt } from './prompt/turn-prompt.ts'
import type { Tool } from './tools.ts'

export { NOTICES } from './prompt/notices.ts'
export { prefaceOf } from './prompt/preface.ts'
export { lookBeforeTurn, silentlyHeard, type View } from './prompt/read-along.ts'
export { type Remark, together } from './prompt/remarks.ts'
export { stubOf } from './prompt/stub.ts'
export type { Preface } from './prompt/transcript.ts'
export { morePrompt, turnPrompt } from './prompt/turn-prompt.ts'

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
  }
}

function asDefinition({ name, description, inputSchema }: Tool): ToolDefinition {
  return { name, description, inputSchema }
}
