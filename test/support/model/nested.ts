import type {
  Base64ImageSource,
  Base64PDFSource,
  CacheControlEphemeral,
  CodeExecutionTool20260521,
  DiagnosticsParam,
  OutputConfig,
  ThinkingConfigParam,
  ToolChoice,
  ToolSearchToolBm25_20251119,
  WebFetchTool20260318,
  WebSearchTool20260318,
} from '@anthropic-ai/sdk/resources/messages/messages'
import type { Body } from '../sse.ts'

// What stands within the fields of a request, by the types of the SDK; and what not every model takes.

type Refuse = (when: unknown, message: string) => void
type Loose = Record<string, unknown>
type FieldsOf<T> = Record<keyof T, true>
type ByType<T extends { type: string }> = { [K in T['type']]: FieldsOf<Extract<T, { type: K }>> }

const THINKING: ByType<ThinkingConfigParam> = {
  adaptive: { type: true, display: true },
  enabled: { type: true, budget_tokens: true, display: true },
  between_tools: { type: true },
  disabled: { type: true },
}
const CHOICES: ByType<ToolChoice> = {
  auto: { type: true, disable_parallel_tool_use: true },
  any: { type: true, disable_parallel_tool_use: true },
  tool: { type: true, name: true, disable_parallel_tool_use: true },
  none: { type: true },
}
const OUTPUT: FieldsOf<OutputConfig> = { effort: true, format: true }
const EFFORTS: Record<NonNullable<OutputConfig['effort']>, true> = {
  low: true,
  medium: true,
  high: true,
  xhigh: true,
  max: true,
}
const DISPLAYS = ['summarized', 'omitted']
const DIAGNOSTICS: FieldsOf<DiagnosticsParam> = { previous_message_id: true }
const CACHE: FieldsOf<CacheControlEphemeral> = { type: true, ttl: true }
const PICTURE: FieldsOf<Base64ImageSource> = { type: true, media_type: true, data: true }
const PICTURES: Record<Base64ImageSource['media_type'], true> = {
  'image/jpeg': true,
  'image/png': true,
  'image/gif': true,
  'image/webp': true,
}
const PAPER: FieldsOf<Base64PDFSource> = { type: true, media_type: true, data: true }

const OF_ALL = {
  type: true,
  name: true,
  allowed_callers: true,
  cache_control: true,
  defer_loading: true,
} as const
const OF_THE_WEB = {
  ...OF_ALL,
  allowed_domains: true,
  blocked_domains: true,
  max_uses: true,
} as const
/** Those of the API's own that a bot may have. */
const TOOLS: {
  web_search_20260318: FieldsOf<WebSearchTool20260318>
  web_fetch_20260318: FieldsOf<WebFetchTool20260318>
  code_execution_20260521: FieldsOf<CodeExecutionTool20260521>
  tool_search_tool_bm25_20251119: FieldsOf<ToolSearchToolBm25_20251119>
} = {
  web_search_20260318: {
    ...OF_THE_WEB,
    response_inclusion: true,
    strict: true,
    user_location: true,
  },
  web_fetch_20260318: {
    ...OF_THE_WEB,
    citations: true,
    max_content_tokens: true,
    response_inclusion: true,
    strict: true,
    url_sources: true,
    use_cache: true,
  },
  code_execution_20260521: { ...OF_ALL, strict: true },
  tool_search_tool_bm25_20251119: { ...OF_ALL, strict: true },
}

export function checkNested(body: Body, refuse: Refuse) {
  const { thinking, output_config, tool_choice, diagnostics, cache_control, model } = body
  checkTagged('thinking', thinking, THINKING, refuse)
  checkTagged('tool_choice', tool_choice, CHOICES, refuse)
  checkNames('output_config', output_config, OUTPUT, refuse)
  checkNames('diagnostics', diagnostics, DIAGNOSTICS, refuse)
  checkMark('cache_control', cache_control, refuse)
  const { effort } = output_config ?? {}
  refuse(effort && !Object.hasOwn(EFFORTS, effort), 'output_config.effort: Input should be ‘low’ …')
  refuse(effort && NO_EFFORT.test(model), 'This model does not support the effort parameter.')
  const display = thinking && 'display' in thinking ? thinking.display : null
  const path = `thinking.${thinking?.type}.display`
  refuse(
    display && !DISPLAYS.includes(display),
    `${path}: Input should be 'summarized' or 'omitted'`,
  )
  const isOfOld = OF_OLD.test(model)
  refuse(
    isOfOld && thinking?.type === 'adaptive',
    'adaptive thinking is not supported on this model',
  )
  const isOff = thinking?.type === 'disabled' && ALWAYS_THINKS.test(model)
  refuse(isOff, 'thinking.type.disabled is not supported on this model')
  const isForced = tool_choice?.type === 'any' || tool_choice?.type === 'tool'
  refuse(isForced && OF_TODAY.test(model), 'tool_choice: forced tool use is not supported')
  for (const [index, tool] of (body.tools ?? []).entries()) {
    const known = TOOLS[tool.type as keyof typeof TOOLS]
    if (known) checkNames(`tools.${index}.${tool.type}`, tool, known, refuse)
    checkMark(`tools.${index}.cache_control`, tool.cache_control, refuse)
    if ('input_schema' in tool) checkSchema(`tools.${index}.custom`, tool.input_schema, refuse)
  }
}

const NO_EFFORT = /claude-(haiku-4-5|sonnet-4-5|3)/
const OF_OLD = /claude-(haiku-4-5|sonnet-4-5|opus-4-5|3)/
const ALWAYS_THINKS = /claude-(opus|sonnet)-5-5/
const OF_TODAY = /claude-(\w+-5-5|fable-5-1)/

/** In a message, or in the result of a tool. */
export function checkSource({ type, source, cache_control }: Loose, path: string, refuse: Refuse) {
  checkMark(`${path}.cache_control`, cache_control, refuse)
  if ((type !== 'image' && type !== 'document') || typeof source !== 'object' || !source) return
  const told = source as Loose
  if (told.type !== 'base64') return
  const [known, media] =
    type === 'image' ? [PICTURE, Object.keys(PICTURES)] : [PAPER, ['application/pdf']]
  checkNames(`${path}.source.base64`, told, known, refuse)
  refuse(
    !media.includes(String(told.media_type)),
    `${path}.source.base64.media_type: Input should be`,
  )
  const isEmpty = typeof told.data !== 'string' || !told.data
  refuse(isEmpty, `${path}.source.base64.data: cannot be empty`)
}

function checkTagged(path: string, told: unknown, known: Record<string, object>, refuse: Refuse) {
  if (told === undefined) return
  const { type } = told as { type: string }
  const tags = Object.keys(known).join(', ')
  const isTag = Object.hasOwn(known, type)
  refuse(!isTag, `${path}: Input tag '${type}' does not match any of the expected tags: ${tags}`)
  checkNames(`${path}.${type}`, told, known[type] ?? {}, refuse)
}

function checkNames(path: string, told: unknown, known: object, refuse: Refuse) {
  for (const name of Object.keys(told ?? {})) {
    refuse(!Object.hasOwn(known, name), `${path}.${name}: Extra inputs are not permitted`)
  }
}

function checkMark(path: string, mark: unknown, refuse: Refuse) {
  if (!mark) return
  const { type } = mark as Loose
  refuse(type !== 'ephemeral', `${path}: Input tag '${type}' does not match any of 'ephemeral'`)
  checkNames(path, mark, CACHE, refuse)
}

const SIZES = ['minLength', 'maxLength', 'minItems', 'maxItems']
const WRONG = 'input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12'

function checkSchema(path: string, schema: unknown, refuse: Refuse) {
  refuse(
    (schema as Loose)?.type !== 'object',
    `${path}.input_schema.type: Input should be 'object'`,
  )
  refuse(!isSchema(schema), `${path}.${WRONG}`)
}

/** As far as one of ours may go wrong. */
function isSchema(schema: unknown): boolean {
  if (typeof schema === 'boolean') return true
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return false
  const told = schema as Loose
  const sizes = SIZES.map((name) => told[name]).filter((size) => size !== undefined)
  const { properties = {}, items = true, anyOf = [], required = [] } = told
  return (
    sizes.every((size) => Number.isInteger(size) && Number(size) >= 0) &&
    Array.isArray(required) &&
    new Set(required).size === required.length &&
    Object.entries(properties as Loose).every(
      ([name, one]) => PROPERTY.test(name) && isSchema(one),
    ) &&
    isSchema(items) &&
    Array.isArray(anyOf) &&
    anyOf.every(isSchema)
  )
}

const PROPERTY = /^[a-zA-Z0-9_.-]{1,64}$/
