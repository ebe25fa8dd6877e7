import { unfenced } from '../untrusted.ts'

/** Characters of an answer: what is longer is cut, and says so. */
export const LONGEST_ANSWER = 20_000

interface Answer {
  content?: unknown
  structuredContent?: unknown
}

/**
 * What a server answers, as one text: words as they are, anything else by its name. It stands in JSON, which it cannot
 * close, and no tag of ours in it is one.
 */
export function wordsOf({ content, structuredContent }: Answer): string {
  const blocks = (Array.isArray(content) ? content : []).slice(0, 200).map(wordsIn)
  const words = blocks.filter(Boolean).join('\n\n')
  const data = structuredContent === undefined ? '' : JSON.stringify(structuredContent)
  return unfenced(words || data)
}

function wordsIn(block: unknown): string {
  const { type, text, resource, uri, name } = recordIn(block)
  switch (type) {
    case 'text':
      return String(text ?? '')
    case 'image':
      return '[an image, which is not shown]'
    case 'audio':
      return '[a recording, which is not heard]'
    case 'resource_link':
      return `[${String(name ?? 'a link')}: ${String(uri ?? '')}]`
    case 'resource': {
      const { text: words, uri: at } = recordIn(resource)
      return typeof words === 'string' ? words : `[a file, which is not shown: ${String(at ?? '')}]`
    }
    default:
      return ''
  }
}

function recordIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
