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

/** In bytes. A row of SQLite takes 2 MB, and a paper that was opened may be many. */
const MOST_FOUND = 1_500_000

/** The largest of what was found, without which the rest can be stored. It can be opened once more. */
export function tooLargeIn<Block extends { type: string }>(content: Block[]): ReadonlySet<Block> {
  const found = content
    .filter(({ type }) => type.endsWith('_tool_result'))
    .map((block) => ({ block, bytes: new TextEncoder().encode(JSON.stringify(block)).length }))
    .sort((one, other) => one.bytes - other.bytes)
  let sum = 0
  const large = found.filter(({ bytes }) => {
    sum += bytes
    return sum > MOST_FOUND
  })
  return new Set(large.map(({ block }) => block))
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
