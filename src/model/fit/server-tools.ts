import type {
  ServerToolUseBlockParam,
  ToolUseCaller,
} from '@anthropic-ai/sdk/resources/messages/messages'
import { isObject, type Loose, looseIn, textIn, wordIn } from '../loose.ts'

/** Those of the API's own. One that is new in it does not build. */
const NAMES: Record<ServerToolUseBlockParam['name'], true> = {
  web_search: true,
  web_fetch: true,
  code_execution: true,
  bash_code_execution: true,
  text_editor_code_execution: true,
  tool_search_tool_regex: true,
  tool_search_tool_bm25: true,
}

/** Null where the API would not take it back. */
export function useIn({ type, id, name, input, caller }: Loose): Loose | null {
  if (!wordIn(id) || !Object.hasOwn(NAMES, textIn(name))) return null
  return { type, id, name, input: looseIn(input), ...callerIn(caller) }
}

export function resultIn({ type, tool_use_id, content, caller }: Loose): Loose | null {
  if (!wordIn(tool_use_id) || typeof content !== 'object' || content === null) return null
  return { type, tool_use_id, content, ...callerIn(caller) }
}

const CALLERS: Record<ToolUseCaller['type'], 'alone' | 'with the tool'> = {
  direct: 'alone',
  code_execution_20250825: 'with the tool',
  code_execution_20260120: 'with the tool',
}

/** Who has called it. One that nobody knows is left out: it need not be told. */
export function callerIn(told: unknown): { caller?: Loose } {
  const { type, tool_id } = looseIn(told)
  if (!isObject(told) || !Object.hasOwn(CALLERS, textIn(type))) return {}
  if (CALLERS[type as ToolUseCaller['type']] === 'alone') return { caller: { type } }
  return wordIn(tool_id) ? { caller: { type, tool_id } } : {}
}
