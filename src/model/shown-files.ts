import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages/messages'
import type { ReadBytes, SessionMessage } from './prompt.ts'

/** A file that the model is shown: a name for its bytes, which are put in when a request is sent. */
export interface ShownFile {
  number: number
  kind: 'png' | 'jpeg' | 'webp' | 'gif' | 'pdf'
  name: string
  /** So long as these are the same, so is what is sent. */
  sha256: string
  /** The most that it can come to. */
  tokens: number
  /** The API has it already, under this name: then its bytes are not sent. */
  handed?: string | null
}

/** Of three bytes four characters are made, so that pieces can stand behind one another. */
const PIECE = 999_999

/** Nobody else can write such a block: what people, models and tools say is text. */
export function blockFor({ number, kind, name, ...file }: ShownFile): ContentBlockParam {
  const { sha256, tokens, handed } = file
  const parts = [number, kind, tokens, sha256, ...(handed ? [handed] : [])]
  const source = { type: 'url' as const, url: `room-file:${parts.join(':')}` }
  return kind === 'pdf' ? { type: 'document', source, title: name } : { type: 'image', source }
}

/** A file that lies beside the code that the model runs. */
export function handedTo(id: string): ContentBlockParam {
  return { type: 'container_upload', file_id: id }
}

/** Something in it is known to the API by its name alone. */
export function hasHandedFiles({ content }: SessionMessage) {
  if (typeof content === 'string') return false
  return content.some((block) => block.type === 'container_upload' || referenceIn(block)?.handed)
}

/** The messages as they are sent: each file with its bytes, and one that is gone with a word of that. */
export function withBytes(
  messages: SessionMessage[],
  read: ReadBytes | undefined,
): SessionMessage[] {
  return messages.map((message) => {
    if (message.role !== 'user' || typeof message.content === 'string') return message
    if (!message.content.some(isShown)) return message
    return { ...message, content: message.content.map((block) => filled(block, read)) }
  })
}

/**
 * What the files in these messages may come to, beside the characters that name them. Only a block of ours counts: the
 * input of a tool is JSON as well, and may look like one.
 */
export function tokensShownIn(messages: SessionMessage[]) {
  return messages
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .reduce((sum, block) => sum + (referenceIn(block)?.tokens ?? 0), 0)
}

function isShown(block: ContentBlockParam) {
  return referenceIn(block) !== null
}

function referenceIn(block: ContentBlockParam) {
  if (block.type !== 'image' && block.type !== 'document') return null
  if (block.source.type !== 'url') return null
  const [, number, kind, tokens, handed] = REFERENCE.exec(block.source.url) ?? []
  if (!number || !kind) return null
  return { number: Number(number), kind, tokens: Number(tokens), handed: handed ?? null }
}

const REFERENCE = /^room-file:(\d+):([a-z]+):(\d+):[0-9a-f]*(?::([\w-]+))?$/

function filled(block: ContentBlockParam, read: ReadBytes | undefined): ContentBlockParam {
  const reference = referenceIn(block)
  if (!reference) return block
  if (reference.handed && block.type === 'document')
    return { ...block, source: { type: 'file', file_id: reference.handed } }
  const data = base64Of(reference.number, read)
  const cached = 'cache_control' in block ? { cache_control: block.cache_control ?? null } : {}
  if (data === null) return { type: 'text', text: GONE, ...cached }
  if (block.type === 'document') {
    const source = { type: 'base64' as const, media_type: 'application/pdf' as const, data }
    return { ...block, source }
  }
  const media_type = `image/${reference.kind}` as 'image/png'
  return { type: 'image', source: { type: 'base64', media_type, data }, ...cached }
}

const GONE = '(This file was deleted.)'

function base64Of(number: number, read: ReadBytes | undefined) {
  const parts: string[] = []
  for (let from = 0; ; from += PIECE) {
    const piece = read?.(number, from, from + PIECE)
    if (!piece) return null
    parts.push(piece.toBase64())
    if (piece.length < PIECE) return parts.join('')
  }
}
