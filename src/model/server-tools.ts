import type {
  CodeExecutionTool20260521,
  WebFetchTool20260318,
  WebSearchTool20260318,
} from '@anthropic-ai/sdk/resources/messages/messages'
import type { AnswerBlock } from './answer.ts'
import { looseIn, wordIn } from './loose.ts'

/** Tools of the API's own, as they stand in a request: it runs them itself, within one call. */
export type ServerTool = WebSearchTool20260318 | WebFetchTool20260318 | CodeExecutionTool20260521
export type ServerToolName = ServerTool['name']

/** Whose block it is, by its name or its kind. Null: of none of these. */
export function serverToolOf(block: { type: string; name?: unknown }): ServerToolName | null {
  if (block.type === 'server_tool_use') return nameOf(String(block.name))
  const [, of] = /^(.+)_tool_result$/.exec(block.type) ?? []
  return of ? nameOf(of) : null
}

function nameOf(told: string): ServerToolName | null {
  if (told === 'web_search' || told === 'web_fetch') return told
  return told.endsWith('code_execution') ? 'code_execution' : null
}

/** The files that code has made, by the API's names for them, in the order in which they were made. */
export function filesMadeIn(content: AnswerBlock[]): string[] {
  const results = content.filter(({ type }) => RAN.has(type))
  const told = results.flatMap((block) => {
    const { content } = looseIn(looseIn(block).content)
    return Array.isArray(content) ? content.map(looseIn) : []
  })
  return [...new Set(told.flatMap((made) => (isMade(made) ? (wordIn(made.file_id) ?? []) : [])))]
}

const RAN = new Set(['code_execution_tool_result', 'bash_code_execution_tool_result'])

function isMade({ type }: { type?: unknown }) {
  return type === 'code_execution_output' || type === 'bash_code_execution_output'
}

/** One search finds so many tokens at the most, and so many the output of code has, about. */
const FOUND = 15_000
const PRINTED = 10_000
/** Then the API pauses by itself, and that answer is another call. */
const MOST_PASSES = 10
const CODE_USES = MOST_PASSES - 1

/** As a prompt has them. */
interface Asked {
  tools: { server?: ServerTool | undefined }[]
  mayUseTools: boolean
}

/**
 * What the API's own loop adds to a request: after each use it reads all of it once more, with what came of it.
 * The largest come first, since what comes first is read most often. `more`: what other uses in it may find.
 */
export function loopOf({ tools: all, mayUseTools }: Asked, more: number[] = []) {
  const tools = mayUseTools ? all.flatMap(({ server }) => server ?? []) : []
  const sizes = [...tools.flatMap(sizesOf), ...more].sort((one, other) => other - one)
  const passes = Math.min(1 + sizes.length, MOST_PASSES)
  const found = sizes.reduce(
    (sum, size, before) => sum + size * Math.min(sizes.length - before, MOST_PASSES - 1),
    0,
  )
  const searches = tools.reduce(
    (sum, tool) => sum + (tool.name === 'web_search' ? (tool.max_uses ?? 0) : 0),
    0,
  )
  return { passes, found, searches }
}

function sizesOf(tool: ServerTool): number[] {
  if (tool.name === 'web_search') return sizes(tool.max_uses ?? 0, FOUND)
  if (tool.name === 'web_fetch') return sizes(tool.max_uses ?? 0, tool.max_content_tokens ?? FOUND)
  return sizes(CODE_USES, PRINTED)
}

function sizes(uses: number, size: number) {
  return Array.from({ length: uses }, () => size)
}
