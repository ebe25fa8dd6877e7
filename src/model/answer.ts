import type {
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
  /** False: nobody told how much was read, and the usage is a guess. Book the worst case. */
  isCounted: boolean
  messageId: string
  /** By which its operator finds the call in the console of the API. */
  requestId: string | null
  /** Why the prompt cache was not used further than it was. Null: it was, or nobody has told. */
  cacheMiss?: CacheMiss | null
  /** Where code has run, and until when (ms since 1970) that is kept. */
  container?: Container | null
  model: string
  /** Ids of tool uses whose input was no JSON or was cut off: their input here is `{}`. */
  unreadableInputs: string[]
}

export interface Container {
  id: string
  until: number
}

export interface CacheMiss {
  /** As the API names it, also when we do not know the name. */
  reason: string
  /** What would have been read from the cache, about. */
  tokens: number | null
}

export function textOf(content: AnswerBlock[]): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}
