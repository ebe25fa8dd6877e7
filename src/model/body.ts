import type {
  MessageCreateParamsStreaming,
  ThinkingConfigParam,
  Tool,
  ToolUnion,
} from '@anthropic-ai/sdk/resources/messages/messages'
import { EPHEMERAL, withBreakpoints } from './breakpoints.ts'
import { lacksEffort } from './effort.ts'
import type { Prompt, ToolDefinition } from './prompt.ts'

/**
 * What a request can do without, where a model or a gateway does not take it. Without `betas` or
 * `compaction` nothing can be compacted by the API, and no such block be sent. `stop_reason` is what an answer
 * does without.
 */
export const FIELDS = [
  'cache_control',
  'effort',
  'thinking',
  'thinking.display',
  'tool_search',
  'web_search',
  'web_fetch',
  'code_execution',
  'container',
  'tool_choice',
  'files',
  'compaction',
  'betas',
  'diagnostics',
  'stop_reason',
] as const
export type Field = (typeof FIELDS)[number]

export function bodyOf(prompt: Prompt, without: ReadonlySet<string>): MessageCreateParamsStreaming {
  const {
    model,
    system,
    tools,
    messages,
    ends,
    maxTokens,
    effort,
    mayUseTools,
    previous,
    container,
  } = prompt
  const cached = without.has('cache_control') ? {} : { cache_control: EPHEMERAL }
  const thinking = thinkingOf(prompt, without)
  // Whoever does not take that is asked in words not to use any: see `NOTICES.lastCall`.
  const mayUse = mayUseTools || tools.length === 0 || without.has('tool_choice')
  return {
    model,
    max_tokens: maxTokens,
    stream: true,
    ...cached,
    ...(thinking && { thinking }),
    ...(effort && !lacksEffort(model) && !without.has('effort') && { output_config: { effort } }),
    ...(tools.length > 0 && { tools: toolsOf(tools, without) }),
    ...(!mayUse && { tool_choice: { type: 'none' } }),
    ...(container && !without.has('container') && { container }),
    // What all conversations of a bot begin with is found again by each of them.
    ...(system && { system: [{ type: 'text', text: system, ...cached }] }),
    ...(!without.has('diagnostics') && { diagnostics: { previous_message_id: previous ?? null } }),
    messages: without.has('cache_control') ? messages : withBreakpoints(messages, ends),
  }
}

/** These think whether asked to or not, say between tools what they are at, and tell it if asked to. */
const SAYS_IT_THINKING = /\bclaude-((fable|mythos)-5-[1-9]|(opus|sonnet|haiku)-5-5)(?!\d)/

function thinkingOf(
  { model, thinking, tellsThinking }: Prompt,
  without: ReadonlySet<string>,
): ThinkingConfigParam | undefined {
  if (without.has('thinking')) return undefined
  const isTold = tellsThinking && SAYS_IT_THINKING.test(model) && !without.has('thinking.display')
  if (isTold) return { type: 'adaptive', display: 'summarized' }
  return thinking && { type: thinking }
}

/** Where some are deferred, with the API's own tool that finds them. */
function toolsOf(tools: ToolDefinition[], without: ReadonlySet<string>): ToolUnion[] {
  const defers = !without.has('tool_search') && tools.some(({ isDeferred }) => isDeferred)
  const all = tools.map(({ name, description, inputSchema, isDeferred, server }): ToolUnion => {
    if (server) return server
    return {
      name,
      description,
      input_schema: inputSchema as Tool.InputSchema,
      ...(defers && isDeferred && { defer_loading: true }),
    }
  })
  return defers ? [TOOL_SEARCH, ...all] : all
}

const TOOL_SEARCH = {
  type: 'tool_search_tool_bm25_20251119' as const,
  name: 'tool_search_tool_bm25' as const,
}
