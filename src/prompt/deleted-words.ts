import { withoutWords } from './read-back.ts'

/** What the model has read, without what these messages said. */
export function withoutMessages(messages: number[]) {
  const ids = new Set(messages)
  return {
    text: (text: string) => withoutWords(text, messages),
    result: (json: string) => (isNamed(json, messages) ? withoutFound(json, ids) : json),
  }
}

/** The messages that a prompt or the result of a tool shows, by their numbers. */
export function messagesShownIn(text: string): number[] {
  return Array.from(text.matchAll(SHOWN), ([, inTag, inResult]) => Number(inTag ?? inResult))
}

// As tags have it, and as tools give messages.
const SHOWN = /<message id="(\d+)"|[{,]"id":(\d+)\b/g

function isNamed(json: string, messages: number[]) {
  return messages.some((id) => json.includes(String(id)))
}

/** Tools give what was said as records with the number of the message; a quote has that of another. */
function withoutFound(json: string, ids: ReadonlySet<number>) {
  try {
    return JSON.stringify(
      JSON.parse(json, (_, value) => (isOneOf(value, ids) ? emptied(value) : value)),
    )
  } catch {
    return json
  }
}

type Found = Record<string, unknown>

function isOneOf(value: unknown, ids: ReadonlySet<number>): value is Found {
  if (typeof value !== 'object' || value === null) return false
  const id = 'id' in value ? value.id : 'messageId' in value ? value.messageId : null
  return typeof id === 'number' && ids.has(id) && 'author' in value
}

function emptied({ id, messageId }: Found) {
  return {
    ...(id !== undefined && { id }),
    ...(messageId !== undefined && { messageId }),
    deleted: true,
  }
}
