import {
  Claude,
  type Prompt,
  type SessionMessage,
  type ToolDefinition,
  textOf,
} from '../../src/model.ts'
import { rehearsal } from './rehearsal.ts'

export const claude = new Claude({
  apiKey: 'sk-rehearsal',
  fetch: (input, init) => rehearsal(new Request(input, init), { delayMs: 0 }),
})
const number = { type: 'integer', minimum: 1 }
const tools: ToolDefinition[] = [
  tool('read_messages', { count: { ...number, default: 20 } }, []),
  tool('search_conversation', { words: { type: 'string' }, limit: number }, []),
  tool('attach_file', { name: { type: 'string' } }, ['name']),
  tool('list', { action: { type: 'string' } }, ['action']),
  tool('memory', { action: { type: 'string' } }, ['action']),
  tool('reminders', { action: { type: 'string' } }, ['action']),
  tool('tracker__find', { words: { type: 'string' } }, ['words']),
  tool('ask_for_file', {}, []),
  tool('read_file', { file: number }, ['file']),
  tool('read_table', { file: number }, ['file']),
  tool('use_skill', { name: { type: 'string' } }, ['name']),
  tool('boost', { message_id: number, content: { type: 'string' } }, ['message_id', 'content']),
]
export const prompt: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are helpful.\n\nYou are the bot "bender" in a Campfire chat.',
  tools,
  messages: [],
  maxTokens: 1000,
  mayUseTools: true,
}

export async function says(
  text: string,
  before: SessionMessage[] = [],
  changes: Partial<Prompt> = {},
) {
  const messages = [...before, user(asked(12, text))]
  const answer = await claude.ask({ ...prompt, messages, ...changes })
  return { ...answer, text: textOf(answer.content), messages }
}

export function asked(id: number, text: string, author = 'David') {
  return `<asked>\n${message(id, author, text)}\n</asked>\n<now>2026-11-20 21:32 UTC</now>`
}
export function message(id: number, author: string, text: string) {
  return `<message id="${id}" author="${author}" author_id="1" time="2026-11-20 21:32 UTC">${text}</message>`
}
export function user(content: string): SessionMessage {
  return { role: 'user', content }
}
export function bot(content: string): SessionMessage {
  return { role: 'assistant', content }
}
function tool(name: string, properties: object, required: string[]): ToolDefinition {
  return { name, description: name, inputSchema: { type: 'object', properties, required } }
}
