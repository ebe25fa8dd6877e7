import type { Tool } from '@anthropic-ai/sdk/resources/messages/messages'
import { blocksOf } from '../support/model/refusal.ts'
import type { Body } from '../support/sse.ts'

/** A message of a person, as the prompt tells it. */
export interface Said {
  id: number | null
  author: string
  text: string
  file: string | null
}

export interface Result {
  tool: string
  ok: boolean
  text: string
}

export interface Given {
  number: number
  name: string
  kind: string
  isReadable: boolean
}

/** What there is to know from a request, and nothing else. */
export interface Conversation {
  bot: string | null
  tools: Tool[]
  /** Tools of the API's own, by their names. */
  serverTools: string[]
  /** A search of its own that it was at when it paused. */
  paused: { id: string; query: string } | null
  mayUseTools: boolean
  isSummary: boolean
  /** Nobody has said it just now: it is due. */
  isDue: boolean
  /** What the bot's clock shows, in ms as if it were UTC, and where that is. */
  now: { at: number; zone: string }
  /** What is to be answered now. */
  asked: Said[]
  /** Files that have come just now. */
  given: Given[]
  /** What was asked before, oldest first. */
  before: Said[]
  /** What others said, in this request and earlier. */
  context: Said[]
  /** What the tools answered since. */
  results: Result[]
  /** Which day it is, where that is told: as 2026-11-20. */
  day: string | null
  /** How many messages the request has, of any role. */
  count: number
}

export function conversationIn(body: Body): Conversation {
  const system = blocksOf(body.system).map(textIn).join('\n')
  const heard = body.messages.filter(({ role }) => role === 'user').map(textOf)
  const groups = heard.flatMap((text) => inside('asked', text))
  const told = groups.length ? groups.map(messagesIn) : heard.map(plainIn).filter((said) => said[0])
  const current = body.messages.at(-1)
  const last = blocksOf(current?.content).map(textIn).at(-1) ?? ''
  return {
    bot: botIn(heard, system),
    tools: (body.tools ?? []).filter((tool): tool is Tool => 'input_schema' in tool),
    serverTools: (body.tools ?? []).flatMap((tool) =>
      !('input_schema' in tool) && 'name' in tool ? [tool.name] : [],
    ),
    paused: pausedIn(body),
    mayUseTools: body.tool_choice?.type !== 'none',
    isSummary: /^summarize/i.test(system.trim()) || /^Tell this conversation in short/.test(last),
    isDue: current !== undefined && /<hint>Nobody has said this just now/.test(textOf(current)),
    now: nowIn(heard),
    asked: told.at(-1) ?? [],
    given: current ? givenIn(textOf(current)) : [],
    before: told.slice(0, -1).flat(),
    context: heard.flatMap((text) => inside('context', text)).flatMap(messagesIn),
    results: current && inside('asked', textOf(current)).length === 0 ? resultsAtEnd(body) : [],
    day:
      heard
        .flatMap((text) => inside('now', text))
        .flatMap(daysIn)
        .at(-1) ?? null,
    count: body.messages.length,
  }
}

function pausedIn({ messages }: Body): Conversation['paused'] {
  const last = messages.at(-1)
  const use = last?.role === 'assistant' ? blocksOf(last.content).at(-1) : undefined
  if (use?.type !== 'server_tool_use') return null
  const { query = '' } = (use.input ?? {}) as { query?: string }
  return { id: String(use.id), query }
}

function givenIn(text: string): Given[] {
  const tags = inside('given', text).flatMap((given) => [
    ...given.matchAll(/<file number="(\d+)" name="([^"]*)" kind="([^"]*)"([^>]*)\/>/g),
  ])
  return tags.map(([, number, name = '', kind = '', rest = '']) => ({
    number: Number(number),
    name: decoded(name),
    kind,
    isReadable: !rest.includes('readable="no"'),
  }))
}

function daysIn(text: string): string[] {
  return text.match(/\d{4}-\d\d-\d\d/g) ?? []
}

function nowIn(heard: string[]) {
  const [told = ''] = heard.flatMap((text) => inside('now', text)).slice(-1)
  const [, date, time, zone = 'UTC'] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)[^(,]*(?:\(([^)]+)\))?/.exec(told) ?? []
  const at = Date.parse(`${date}T${time}Z`)
  return { at: Number.isNaN(at) ? Date.now() : at, zone }
}

/** Where the turn is tells what it is called there; whoever has no such place tells it in the system prompt. */
function botIn(heard: string[], system: string): string | null {
  const told = [system, ...heard.flatMap((text) => inside('now', text))]
  const named = told.flatMap((text) => /\bthe bot "([^"]+)"/.exec(text)?.[1] ?? [])
  return decoded(named.at(-1) ?? /\bYou are ([A-Z][\w-]*)/.exec(system)?.[1] ?? '') || null
}

function textOf({ content }: Body['messages'][number]): string {
  return blocksOf(content).map(textIn).join('\n')
}

function inside(tag: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(
    ([, it = '']) => it,
  )
}

/** From somebody who asks without our tags, as with curl. */
function plainIn(text: string): Said[] {
  const said = messagesIn(text)
  if (said.length || !text.trim()) return said
  return [{ id: null, author: 'someone', text: text.trim(), file: null }]
}

function messagesIn(text: string): Said[] {
  const tags = text.matchAll(/<message\b((?:\s+\w+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/message>)/g)
  return [...tags].map(([, attributes = '', words = '']) => {
    const given = new Map(
      [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    )
    return {
      id: Number(given.get('id')) || null,
      author: decoded(given.get('author') ?? 'someone'),
      text: decoded(words.replace(/<quote\b[\s\S]*?<\/quote>/g, '')).trim(),
      file: given.has('file') ? decoded(given.get('file') ?? '') : null,
    }
  })
}

/** The results in the last message of the user, with the names of the tools that gave them. */
function resultsAtEnd({ messages }: Body): Result[] {
  const blocks = messages.flatMap(({ content }) => blocksOf(content))
  const names = new Map(blocks.map((block) => [block.id, String(block.name)]))
  return blocksOf(messages.at(-1)?.content)
    .filter(({ type }) => type === 'tool_result')
    .map(({ tool_use_id, content, is_error }) => ({
      tool: names.get(tool_use_id) ?? 'a tool',
      ok: !is_error,
      text: blocksOf(content).map(textIn).join('\n'),
    }))
}

function textIn(block: { type: string } & Record<string, unknown>): string {
  return block.type === 'text' ? String(block.text) : ''
}

function decoded(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}
