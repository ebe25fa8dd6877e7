import type { Body } from '../sse.ts'

type Content = Record<string, unknown> & { type: string }
interface Turn {
  role: string
  blocks: Content[]
}

/** Why the Messages API would answer 400 to this, in its words. Null if it would not. */
export function refusalOf(
  body: Body,
  { afterPause = false, compacts = false } = {},
): string | null {
  try {
    checkFields(body)
    refuse('compaction' in body && !compacts, 'compaction: Extra inputs are not permitted')
    checkTools(body)
    const turns = body.messages.map(({ role, content }) => ({ role, blocks: blocksOf(content) }))
    checkOrder(turns, afterPause || 'compaction' in body)
    turns.forEach(checkBlocks)
    checkPairs(turns, body)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    return 'The request body is not valid JSON of a known shape.'
  }
}

class Refusal extends Error {}

function refuse(when: unknown, message: string) {
  if (when) throw new Refusal(message)
}

function checkFields(body: Body) {
  refuse(!body.model, 'model: Field required')
  refuse(!Number.isInteger(body.max_tokens), 'max_tokens: Field required')
  refuse(body.max_tokens < 1, 'max_tokens: must be greater than or equal to 1')
  refuse(!Array.isArray(body.messages), 'messages: Field required')
  refuse(body.messages.length === 0, 'messages: at least one message is required')
  for (const field of Object.keys(body)) {
    refuse(!FIELDS.has(field), `${field}: Extra inputs are not permitted`)
  }
}

function checkTools({ tools, tool_choice }: Body) {
  refuse(tool_choice && !tools?.length, 'tool_choice: may only be specified while providing tools')
  const names = (tools ?? []).map((tool) => ('name' in tool ? tool.name : tool.type))
  refuse(new Set(names).size < names.length, 'tools: Tool names must be unique.')
  for (const [index, name] of names.entries()) {
    const wrong = !/^[a-zA-Z0-9_-]{1,128}$/.test(name)
    refuse(
      wrong,
      `tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`,
    )
  }
}

function checkOrder(turns: Turn[], afterPause: boolean) {
  const isFirst = turns[0]?.role === 'user' || turns[0]?.blocks[0]?.type === 'compaction'
  refuse(!isFirst, 'messages: first message must use the "user" role')
  for (const [index, { role, blocks }] of turns.entries()) {
    const known = ['user', 'assistant', 'system'].includes(role)
    refuse(!known, `messages: Unexpected role "${role}".`)
    const optional = index === turns.length - 1 && role === 'assistant'
    const empty = blocks.length === 0 && !optional
    refuse(empty, `messages.${index}: all messages must have non-empty content`)
  }
  const prefill = turns.at(-1)?.role === 'assistant' && !afterPause
  refuse(prefill, 'This model does not support assistant message prefill.')
}

function checkBlocks({ role, blocks }: Turn, index: number) {
  for (const [at, block] of blocks.entries()) {
    const path = `messages.${index}.content.${at}`
    const fields = BLOCK_FIELDS[block.type]
    for (const field of fields ? Object.keys(block) : []) {
      const extra = !fields?.includes(field)
      refuse(extra, `${path}.${block.type}.${field}: Extra inputs are not permitted`)
    }
    for (const text of [block, ...blocksOf(block.content)]) {
      const blank = text.type === 'text' && !String(text.text).trim()
      refuse(blank, 'messages: text content blocks must contain non-whitespace text')
    }
    if (block.type === 'tool_use') {
      refuse(role !== 'assistant', `${path}: \`tool_use\` blocks can only be in assistant messages`)
      const input = block.input
      const wrong = typeof input !== 'object' || input === null || Array.isArray(input)
      refuse(wrong, `${path}.tool_use.input: Input should be a valid dictionary`)
      for (const field of ['id', 'name']) {
        const strange = !/^[a-zA-Z0-9_-]{1,128}$/.test(String(block[field]))
        refuse(strange, `${path}.tool_use.${field}: String should match pattern`)
      }
    }
    if (block.type === 'thinking') {
      refuse(!block.signature, `${path}: Invalid \`signature\` in \`thinking\` block`)
    }
  }
}

/** Results come right after the uses, all of them, once each, and before any text. */
function checkPairs(turns: Turn[], { tools }: Body) {
  const seen = new Set<unknown>()
  const spoken = turns.filter(({ role }) => role !== 'system')
  for (const [index, { blocks }] of spoken.entries()) {
    const asked = idsIn(spoken[index - 1]?.blocks, 'tool_use', 'id')
    const given = idsIn(blocks, 'tool_result', 'tool_use_id')
    const used = idsIn(blocks, 'tool_use', 'id')
    refuse((used.length || given.length) && !tools?.length, NO_TOOLS)
    const missing = asked.filter((id) => !given.includes(id))
    refuse(missing.length, `messages.${index - 1}: ${WITHOUT_RESULT}: ${missing}.`)
    const stray = given.find((id) => !asked.includes(id))
    refuse(
      stray,
      `messages.${index}: unexpected \`tool_use_id\` in \`tool_result\` blocks: ${stray}.`,
    )
    const twice = new Set(given).size < given.length
    refuse(twice, `messages.${index}: each tool_use must have a single result.`)
    const lastResult = blocks.findLastIndex(({ type }) => type === 'tool_result')
    const late = given.length && blocks.findIndex(({ type }) => type !== 'tool_result')
    const mixed = given.length && late !== -1 && late < lastResult
    refuse(mixed, `messages.${index - 1}: ${WITHOUT_RESULT}: ${asked}.`)
    const firstUse = blocks.findIndex(({ type }) => type === 'tool_use')
    const trailing = firstUse >= 0 && blocks.slice(firstUse).some(({ type }) => type === 'text')
    refuse(trailing, `messages.${index}: ${WITHOUT_RESULT}: ${used}.`)
    refuse(
      used.some((id) => seen.has(id)),
      'messages: `tool_use` ids must be unique',
    )
    refuse(new Set(used).size < used.length, 'messages: `tool_use` ids must be unique')
    for (const id of used) seen.add(id)
  }
  const open = idsIn(spoken.at(-1)?.blocks, 'tool_use', 'id')
  refuse(open.length, `messages.${spoken.length - 1}: ${WITHOUT_RESULT}: ${open}.`)
}

const WITHOUT_RESULT = '`tool_use` ids were found without `tool_result` blocks immediately after'
const NO_TOOLS = 'tools: Requests which have `tool_use` or `tool_result` blocks must define tools.'

function idsIn(blocks: Content[] | undefined, type: string, field: string): unknown[] {
  return (blocks ?? []).filter((block) => block.type === type).map((block) => block[field])
}

export function blocksOf(content: unknown): Content[] {
  if (Array.isArray(content)) return content as Content[]
  return typeof content === 'string' && content ? [{ type: 'text', text: content }] : []
}

const FIELDS = new Set(
  `model max_tokens messages system tools tool_choice stream cache_control thinking output_config
  metadata stop_sequences temperature top_k top_p service_tier container diagnostics inference_geo
  speed compaction`.split(/\s+/),
)
const BLOCK_FIELDS: Record<string, string[]> = {
  text: ['type', 'text', 'citations', 'cache_control'],
  thinking: ['type', 'thinking', 'signature'],
  redacted_thinking: ['type', 'data'],
  tool_use: ['type', 'id', 'name', 'input', 'caller', 'toolset_name', 'cache_control'],
  tool_result: ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'],
}
