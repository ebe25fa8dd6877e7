import type {
  ContentBlock,
  ContentBlockParam,
  DocumentBlockParam,
  ImageBlockParam,
  SearchResultBlockParam,
  ToolResultBlockParam,
  Usage,
} from '@anthropic-ai/sdk/resources/messages/messages'

export type { Usage }

/** What a model says, in the form in which it is stored and sent back. */
export type AnswerBlock = Exclude<
  ContentBlockParam,
  ImageBlockParam | DocumentBlockParam | SearchResultBlockParam | ToolResultBlockParam
>

export interface Answer {
  content: AnswerBlock[]
  /** As the API names it, also when we do not know the name; `unknown` if it gave none. */
  stopReason: string
  usage: Usage
  messageId: string
  model: string
  /** Ids of tool uses whose input was no JSON or was cut off: their input here is `{}`. */
  unreadableInputs: string[]
}

export function textOf(content: AnswerBlock[]): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}

/** Nothing where the API would refuse the block: it takes no text block that is blank. */
export function asAnswerBlock(block: ContentBlock): AnswerBlock | null {
  if (block.type === 'text') {
    const { citations, ...text } = block
    if (!text.text.trim()) return null
    return citations?.length ? { ...text, citations: citations.map(withoutFileId) } : text
  }
  // Cut off in mid-thought, it was never signed, and would be refused for ever after.
  if (block.type === 'thinking' && !block.signature) return null
  return withoutNulls(block)
}

/** The API gives a citation its file, and does not list that field among those it takes. */
function withoutFileId<T extends object>(citation: T): T {
  const { file_id: _, ...rest } = citation as T & { file_id?: string | null }
  return rest as T
}

function withoutNulls<T extends object>(block: T): T {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== null)) as T
}
