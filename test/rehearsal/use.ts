import type { Block } from '../support/sse.ts'
import type { Conversation } from './conversation.ts'

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  enum?: unknown[]
  minimum?: number
  maxLength?: number
  default?: unknown
}

/** Uses the first tool of such a name for real, or says why not. */
export function useOf(
  conversation: Conversation & { words: string },
  name: RegExp,
  rest?: string,
): string | Block {
  const tool = conversation.tools.find((tool) => name.test(tool.name))
  if (!conversation.mayUseTools) return 'I may not use any more tools in this turn.'
  if (!tool) return 'I have no tool for that here.'
  const input = inputFor(tool.input_schema as Schema, conversation, rest?.trim())
  const id = `toolu_${crypto.randomUUID().replaceAll('-', '')}`
  return { type: 'tool_use', id, name: tool.name, input }
}

/** What is required, and whatever takes words if there are any to look for. */
function inputFor({ properties = {}, required = [] }: Schema, asking: Conversation, rest?: string) {
  const wanted = Object.entries(properties).filter(
    ([name]) => (required.includes(name) && name) || (rest && WORDS.test(name)),
  )
  return Object.fromEntries(
    wanted.map(([name, schema]) => [name, valueFor(name, schema, asking, rest)]),
  )
}

const WORDS = /^(words|query|text|pattern|search|terms?|q)$/

function valueFor(name: string, schema: Schema, { asked }: Conversation, rest = ''): unknown {
  if (schema.enum) return schema.enum[0]
  if (WORDS.test(name)) return rest.replace(/[?!."“”]+/g, ' ').trim()
  if (/(^|_)(id|message)$/.test(name))
    return asked.findLast(({ id }) => id)?.id ?? schema.minimum ?? 1
  if (/emoji|content|reaction/.test(name)) return emojiIn(rest) ?? '👏'
  if (schema.default !== undefined) return schema.default
  switch (schema.type) {
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return false
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return rest || 'rehearsal'
  }
}

function emojiIn(text: string): string | undefined {
  return /\p{Extended_Pictographic}/u.exec(text)?.[0]
}
