import type { Body } from '../sse.ts'
import { checkNested, checkSource } from './nested.ts'
import {
  CITATION_FIELDS,
  FIELDS,
  KINDS,
  SERVER_TOOLS,
  shapeOf,
  TOOL_FIELDS,
  TOOL_TYPES,
} from './shapes.ts'

export type Content = Record<string, unknown> & { type: string }
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
    refuse(!isWellFormed(body), NO_JSON)
    checkFields(body)
    refuse('compaction' in body && !compacts, 'compaction: Extra inputs are not permitted')
    checkTools(body)
    checkNested(body, refuse)
    checkToolSearch(body)
    checkCacheMarks(body)
    const turns = body.messages.map(({ role, content }) => ({ role, blocks: blocksOf(content) }))
    checkSystem(body)
    checkOrder(turns, afterPause || 'compaction' in body)
    turns.forEach(checkBlocks)
    checkEnds(turns)
    checkServerTools(turns)
    checkOffered(turns, body)
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
    refuse(!Object.hasOwn(FIELDS, field), `${field}: Extra inputs are not permitted`)
  }
}

/** With the automatic one at the end. */
function checkCacheMarks({ cache_control, system, tools, messages }: Body) {
  const blocks = [system, tools, ...messages.map(({ content }) => content)].flatMap(blocksOf)
  const marks = blocks.filter((block) => block.cache_control).length + (cache_control ? 1 : 0)
  refuse(marks > 4, `A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`)
}

/** What is deferred can only be found, and what was found is told to nobody who does not search. */
function checkToolSearch({ tools = [], messages }: Body) {
  const searches = tools.some(({ type }) => type?.startsWith('tool_search_tool'))
  const deferred = tools.filter((tool) => 'defer_loading' in tool && tool.defer_loading)
  refuse(deferred.length && !searches, 'tools: deferred tools need a tool search tool')
  refuse(deferred.length >= tools.length - 1 && deferred.length, 'tools: all tools are deferred')
  for (const [index, { content }] of messages.entries()) {
    const isOf = ({ type, name }: Content) =>
      type === 'tool_search_tool_result' || String(name).startsWith('tool_search_tool')
    const found = blocksOf(content).some(isOf)
    refuse(found && !searches, `messages.${index}: tool search was used, and there is no such tool`)
    const named = blocksOf(content).flatMap(referencesIn)
    const gone = named.find((name) => !tools.some((tool) => 'name' in tool && tool.name === name))
    refuse(gone, `Tool reference '${gone}' has no corresponding tool definition`)
  }
}

/** The tools that a search has found. */
function referencesIn({ type, content }: Content): unknown[] {
  if (type !== 'tool_search_tool_result') return []
  const { tool_references = [] } = content as { tool_references?: { tool_name: unknown }[] }
  return tool_references.map(({ tool_name }) => tool_name)
}

function checkTools({ tools, tool_choice }: Body) {
  refuse(tool_choice && !tools?.length, 'tool_choice: may only be specified while providing tools')
  const names = (tools ?? []).map((tool) => ('name' in tool ? tool.name : tool.type))
  refuse(new Set(names).size < names.length, 'tools: Tool names must be unique.')
  for (const [index, tool] of (tools ?? []).entries()) {
    const type = tool.type ?? 'custom'
    const isKnown = Object.hasOwn(TOOL_TYPES, type)
    refuse(!isKnown, `tools.${index}: ${unexpected(type, Object.keys(TOOL_TYPES))}`)
    if (type === 'custom') checkNames(tool, TOOL_FIELDS, `tools.${index}.custom`)
  }
  for (const [index, name] of names.entries()) {
    const wrong = !/^[a-zA-Z0-9_-]{1,128}$/.test(name)
    refuse(
      wrong,
      `tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`,
    )
  }
}

function checkSystem({ system, messages }: Body) {
  for (const [at, block] of blocksOf(system).entries()) checkShape(block, 'system', `system.${at}`)
  for (const [index, message] of messages.entries()) {
    checkNames(message, { role: true, content: true }, `messages.${index}`)
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
  const last = turns.at(-1)
  const isPaused = afterPause || last?.blocks.some(({ type }) => type === 'server_tool_use')
  const prefill = last?.role === 'assistant' && !isPaused
  refuse(prefill, 'This model does not support assistant message prefill.')
}

function checkBlocks({ role, blocks }: Turn, index: number) {
  for (const [at, block] of blocks.entries()) {
    const path = `messages.${index}.content.${at}`
    checkShape(block, role === 'system' ? 'system' : 'content', path)
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
      refuse(role !== 'assistant', `${path}: \`thinking\` blocks can only be in assistant messages`)
    }
  }
}

/** Its kind must be one that may stand there, with what it needs and nothing else. */
function checkShape(block: Content, place: keyof typeof KINDS, path: string) {
  const { type } = block
  const shape = KINDS[place].includes(type) ? shapeOf(type) : null
  refuse(!shape, `${path}: ${unexpected(type, KINDS[place])}`)
  checkNames(block, shape?.fields ?? {}, `${path}.${type}`)
  checkSource(block, `${path}.${type}`, refuse)
  const missing = shape?.needed.find((name) => block[name] === undefined || block[name] === null)
  refuse(missing, `${path}.${type}.${missing}: Field required`)
  if (type === 'tool_result') {
    for (const [at, inner] of blocksOf(block.content).entries()) {
      checkShape(inner, 'tool_result', `${path}.tool_result.content.${at}`)
    }
  }
  for (const [at, citation] of citationsOf(block).entries()) {
    const known = CITATION_FIELDS[citation.type as keyof typeof CITATION_FIELDS]
    const where = `${path}.${type}.citations.${at}`
    refuse(!known, `${where}: ${unexpected(citation.type, Object.keys(CITATION_FIELDS))}`)
    checkNames(citation, known, `${where}.${citation.type}`)
    const lacking = Object.keys(known).find((name) => citation[name] === undefined)
    refuse(lacking, `${where}.${citation.type}.${lacking}: Field required`)
  }
}

function checkNames(told: object, known: object, path: string) {
  for (const name of Object.keys(told)) {
    refuse(!Object.hasOwn(known, name), `${path}.${name}: Extra inputs are not permitted`)
  }
}

function citationsOf({ type, citations }: Content): Content[] {
  return type === 'text' && Array.isArray(citations) ? citations : []
}

function unexpected(type: string, known: string[]) {
  const tags = known.map((one) => `'${one}'`).join(', ')
  return `Input tag '${type}' found using 'type' does not match any of the expected tags: ${tags}`
}

/** Consecutive messages of one role are one, so only the last of them ends it. */
function checkEnds(turns: Turn[]) {
  for (const [index, { role, blocks }] of turns.entries()) {
    const isLast = role === 'assistant' && turns[index + 1]?.role !== 'assistant'
    const ends = isLast && THOUGHT.test(blocks.at(-1)?.type ?? '')
    refuse(
      ends,
      `messages.${index}: The final block in an assistant message cannot be \`thinking\`.`,
    )
  }
}

/**
 * What is found stands behind its search. What is paused, or goes on with results of the client's tools,
 * comes last.
 */
function checkServerTools(turns: Turn[]) {
  const uses = new Set<unknown>()
  for (const [index, { role, blocks }] of turns.entries()) {
    for (const { type, id, tool_use_id } of blocks) {
      if (type === 'server_tool_use') uses.add(id)
      const isStray = type.endsWith('_tool_result') && !uses.has(tool_use_id)
      refuse(
        isStray,
        `messages.${index}: unexpected \`tool_use_id\` in \`${type}\`: ${tool_use_id}`,
      )
    }
    const after = turns.slice(index + 1).flatMap((turn) => turn.blocks)
    const isLast = after.every(({ type }) => type === 'tool_result')
    if (role !== 'assistant' || isLast) continue
    const open = blocks.filter(({ type }) => type === 'server_tool_use').map(({ id }) => id)
    const later = turns.slice(index).flatMap((turn) => turn.blocks)
    const found = new Set(later.map(({ tool_use_id }) => tool_use_id))
    const lost = open.find((id) => !found.has(id))
    refuse(lost, `messages.${index}: server tool use ${lost} was found without its result block`)
  }
}

/** Each is one of the API's, and still offered. */
function checkOffered(turns: Turn[], { tools = [] }: Body) {
  for (const [index, { blocks }] of turns.entries()) {
    for (const { type, name } of blocks) {
      if (type !== 'server_tool_use') continue
      const offer = SERVER_TOOLS[name as keyof typeof SERVER_TOOLS]
      refuse(!offer, `messages.${index}: server_tool_use.name: Input should be 'web_search' …`)
      const isOffered = tools.some((tool) => offer?.test(tool.type ?? ''))
      refuse(!isOffered, `messages.${index}: ${name} was used, and there is no such tool`)
    }
  }
}

const THOUGHT = /^(redacted_)?thinking$/

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, one]) => name.isWellFormed() && isWellFormed(one))
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

const NO_JSON = 'The request body is not valid JSON: no low surrogate in string'
const WITHOUT_RESULT = '`tool_use` ids were found without `tool_result` blocks immediately after'
const NO_TOOLS = 'tools: Requests which have `tool_use` or `tool_result` blocks must define tools.'

function idsIn(blocks: Content[] | undefined, type: string, field: string): unknown[] {
  return (blocks ?? []).filter((block) => block.type === type).map((block) => block[field])
}

export function blocksOf(content: unknown): Content[] {
  if (Array.isArray(content)) return content as Content[]
  return typeof content === 'string' && content ? [{ type: 'text', text: content }] : []
}
