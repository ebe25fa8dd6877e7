import type { BetaCompactionBlockParam } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type {
  BrowserStateBlockParam,
  ContentBlockParam,
  MessageCreateParamsStreaming,
  ServerToolUseBlockParam,
  TextCitationParam,
  Tool,
  ToolReferenceBlockParam,
  ToolResultBlockParam,
  ToolUnion,
} from '@anthropic-ai/sdk/resources/messages/messages'

// What a request may be made of, by the types of the SDK: a field or a kind that is new in it does not build.

export const FIELDS: Record<keyof MessageCreateParamsStreaming | 'compaction', true> = {
  model: true,
  max_tokens: true,
  messages: true,
  system: true,
  tools: true,
  tool_choice: true,
  stream: true,
  cache_control: true,
  thinking: true,
  output_config: true,
  metadata: true,
  stop_sequences: true,
  service_tier: true,
  container: true,
  diagnostics: true,
  inference_geo: true,
  speed: true,
  user_profile_id: true,
  workspace_id: true,
  compaction: true,
}

const RESULT = { tool_use_id: true, content: true } as const
const FOUND = { type: true, tool_use_id: true, content: true, cache_control: true } as const

type Told = ContentBlockParam | BetaCompactionBlockParam
/** These stand in results only. */
type Known = Told | ToolReferenceBlockParam | BrowserStateBlockParam
/** What a value of this type cannot do without. */
type NeededIn<T> = {
  [K in keyof Omit<T, 'type'> as object extends Pick<T, K> ? never : K]: true
}
type FieldsOf<T extends Known['type']> = Record<keyof Extract<Known, { type: T }>, true>

const BLOCK_FIELDS: { [T in Known['type']]: FieldsOf<T> } = {
  text: { type: true, text: true, citations: true, cache_control: true },
  thinking: { type: true, thinking: true, signature: true },
  redacted_thinking: { type: true, data: true },
  tool_use: {
    type: true,
    id: true,
    name: true,
    input: true,
    caller: true,
    toolset_name: true,
    cache_control: true,
  },
  tool_result: {
    type: true,
    tool_use_id: true,
    content: true,
    is_error: true,
    toolset_name: true,
    cache_control: true,
  },
  server_tool_use: {
    type: true,
    id: true,
    name: true,
    input: true,
    caller: true,
    cache_control: true,
  },
  web_search_tool_result: { ...FOUND, caller: true },
  web_fetch_tool_result: { ...FOUND, caller: true },
  code_execution_tool_result: FOUND,
  bash_code_execution_tool_result: FOUND,
  text_editor_code_execution_tool_result: FOUND,
  tool_search_tool_result: FOUND,
  container_upload: { type: true, file_id: true, cache_control: true },
  image: { type: true, source: true, transformations: true, cache_control: true },
  document: {
    type: true,
    source: true,
    title: true,
    context: true,
    citations: true,
    cache_control: true,
  },
  search_result: {
    type: true,
    source: true,
    title: true,
    content: true,
    citations: true,
    cache_control: true,
  },
  compaction: {
    type: true,
    content: true,
    encrypted_content: true,
    signature: true,
    tool_changes: true,
    cache_control: true,
  },
  tool_reference: { type: true, tool_name: true, cache_control: true },
  browser_state: { type: true, tabs: true, state_changes: true, cache_control: true },
}

const NEEDED: { [T in Known['type']]: NeededIn<Extract<Known, { type: T }>> } = {
  text: { text: true },
  thinking: { thinking: true, signature: true },
  redacted_thinking: { data: true },
  tool_use: { id: true, name: true, input: true },
  tool_result: { tool_use_id: true },
  server_tool_use: { id: true, name: true, input: true },
  web_search_tool_result: RESULT,
  web_fetch_tool_result: RESULT,
  code_execution_tool_result: RESULT,
  bash_code_execution_tool_result: RESULT,
  text_editor_code_execution_tool_result: RESULT,
  tool_search_tool_result: RESULT,
  container_upload: { file_id: true },
  image: { source: true },
  document: { source: true },
  search_result: { source: true, title: true, content: true },
  compaction: {},
  tool_reference: { tool_name: true },
  browser_state: { tabs: true },
}

/** Null for a kind that there is not. */
export function shapeOf(type: string): { fields: object; needed: string[] } | null {
  if (!Object.hasOwn(BLOCK_FIELDS, type)) return null
  const known = type as Known['type']
  return { fields: BLOCK_FIELDS[known], needed: Object.keys(NEEDED[known]) }
}

const INNER: Record<Inner['type'], true> = {
  text: true,
  image: true,
  search_result: true,
  document: true,
  tool_reference: true,
  browser_state: true,
}
type Inner = Exclude<ToolResultBlockParam['content'], string | undefined>[number]

const ONLY_IN_RESULTS = ['tool_reference', 'browser_state'] satisfies Known['type'][] as string[]

/** By where it stands. The system prompt, and system words within the conversation, are text alone. */
export const KINDS: Record<'content' | 'tool_result' | 'system', string[]> = {
  content: Object.keys(BLOCK_FIELDS).filter((type) => !ONLY_IN_RESULTS.includes(type)),
  tool_result: Object.keys(INNER),
  system: ['text'],
}

export const CITATION_FIELDS: { [T in TextCitationParam['type']]: CitationFields<T> } = {
  char_location: {
    type: true,
    cited_text: true,
    document_index: true,
    document_title: true,
    start_char_index: true,
    end_char_index: true,
  },
  page_location: {
    type: true,
    cited_text: true,
    document_index: true,
    document_title: true,
    start_page_number: true,
    end_page_number: true,
  },
  content_block_location: {
    type: true,
    cited_text: true,
    document_index: true,
    document_title: true,
    start_block_index: true,
    end_block_index: true,
  },
  search_result_location: {
    type: true,
    cited_text: true,
    search_result_index: true,
    source: true,
    title: true,
    start_block_index: true,
    end_block_index: true,
  },
  web_search_result_location: {
    type: true,
    cited_text: true,
    encrypted_index: true,
    title: true,
    url: true,
  },
}
type CitationFields<T> = Record<keyof Extract<TextCitationParam, { type: T }>, true>

/** Those of the API's own that are used under a name, and by which tool of a request each is offered. */
export const SERVER_TOOLS: Record<ServerToolUseBlockParam['name'], RegExp> = {
  web_search: /^web_search_/,
  web_fetch: /^web_fetch_/,
  code_execution: /^code_execution_/,
  bash_code_execution: /^code_execution_/,
  text_editor_code_execution: /^code_execution_/,
  tool_search_tool_regex: /^tool_search_tool_regex/,
  tool_search_tool_bm25: /^tool_search_tool_bm25/,
}

export const TOOL_FIELDS: Record<keyof Tool, true> = {
  type: true,
  name: true,
  description: true,
  input_schema: true,
  input_examples: true,
  cache_control: true,
  allowed_callers: true,
  defer_loading: true,
  eager_input_streaming: true,
  strict: true,
}

/** The API's own tools; those without a type are the client's. */
export const TOOL_TYPES: Record<Exclude<ToolUnion['type'], null | undefined>, true> = {
  custom: true,
  bash_20250124: true,
  code_execution_20250522: true,
  code_execution_20250825: true,
  code_execution_20260120: true,
  code_execution_20260521: true,
  browser_toolset_20260801: true,
  memory_20250818: true,
  computer_toolset_20260801: true,
  text_editor_20250124: true,
  text_editor_20250429: true,
  text_editor_20250728: true,
  web_search_20250305: true,
  web_fetch_20250910: true,
  web_search_20260209: true,
  web_fetch_20260209: true,
  web_fetch_20260309: true,
  web_search_20260318: true,
  web_fetch_20260318: true,
  tool_search_tool_bm25_20251119: true,
  tool_search_tool_bm25: true,
  tool_search_tool_regex_20251119: true,
  tool_search_tool_regex: true,
}
