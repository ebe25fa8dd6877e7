import type {
  ContentBlock,
  Message,
  RawContentBlockDelta,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages/messages'
import { type Answer, asAnswerBlock, type Usage } from './answer.ts'
import { refusedBy } from './error.ts'

interface Block {
  block: ContentBlock
  json: string
  closed: boolean
  /** It grew in a way that we do not know, and so is not whole. */
  strange: boolean
}
type Failure = { type: 'error'; error?: { type?: string; message?: string; details?: unknown } }

/** An answer while it comes in. Events, blocks and deltas of a kind unknown to us are passed over. */
export class Hearing {
  text = ''
  complete = false
  response: Response | null = null
  #message: Message | null = null
  #blocks = new Map<number, Block>()

  begins(response: Response) {
    this.response = response
  }

  /** Gives the text that is new. Throws at an error, and at what no Messages API sends. */
  hear({ event, data }: { event: string | null; data: string }): string {
    if (!data || event === 'ping' || this.complete) return ''
    const told = JSON.parse(data) as RawMessageStreamEvent | Failure
    if (told.type === 'error' || event === 'error') throw this.#failure(told as Failure)
    const text = this.#take(told as RawMessageStreamEvent)
    this.text += text
    return text
  }

  /** So far. Of what is being written nobody tells before its end: about three characters to a token. */
  get usage(): Usage | null {
    if (!this.#message) return null
    const { usage } = this.#message
    const written = Math.ceil(this.text.length / 3)
    return { ...usage, output_tokens: Math.max(usage.output_tokens, written) }
  }

  answer(): Answer {
    if (!this.#message) throw new Error('There is no answer to give yet')
    const { id, model, usage, stop_reason } = this.#message
    const unreadableInputs: string[] = []
    const content = this.#whole().flatMap((heard) => {
      const { block } = heard
      if (!('input' in block)) return asAnswerBlock(block) ?? []
      const input = this.#inputOf(heard)
      if (!input) unreadableInputs.push(block.id)
      return asAnswerBlock({ ...block, input: input ?? {} }) ?? []
    })
    const stopReason = stop_reason ?? 'unknown'
    return { content, stopReason, usage, messageId: id, model, unreadableInputs }
  }

  /**
   * What may be stored and sent back. Of tool uses with the same id the first counts: the API takes an
   * id once, and what was asked for twice by mistake is not to be done twice.
   */
  #whole() {
    const ids = new Set<string>()
    return [...this.#blocks.values()].filter(({ block, strange }) => {
      if (strange || ('input' in block && ids.has(block.id))) return false
      if ('input' in block) ids.add(block.id)
      return true
    })
  }

  #take(event: RawMessageStreamEvent): string {
    switch (event.type) {
      case 'message_start':
        this.#message = { ...event.message }
        return ''
      case 'content_block_start': {
        const block = named({ ...event.content_block })
        this.#blocks.set(event.index, { block, json: '', closed: false, strange: false })
        return block.type === 'text' ? block.text : ''
      }
      case 'content_block_delta': {
        const heard = this.#blocks.get(event.index)
        return heard ? grow(heard, event.delta) : ''
      }
      case 'content_block_stop': {
        const heard = this.#blocks.get(event.index)
        if (heard) heard.closed = true
        return ''
      }
      case 'message_delta':
        if (this.#message) {
          this.#message.stop_reason = event.delta.stop_reason
          // The counts are totals, and absent where they do not apply.
          const counts = Object.entries(event.usage ?? {}).filter(([, count]) => count != null)
          this.#message.usage = { ...this.#message.usage, ...Object.fromEntries(counts) }
        }
        return ''
      case 'message_stop':
        if (!this.#message) throw new Error('An answer ended that never began')
        this.complete = true
        return ''
      default:
        return ''
    }
  }

  /** A tool without parameters sends no JSON at all, and neither does one that is cut at once. */
  #inputOf(heard: Block): object | null {
    if (heard.json.trim()) return objectIn(heard.json)
    const isLast = [...this.#blocks.values()].at(-1) === heard
    if (!heard.closed || (isLast && CUT_OFF.has(this.#message?.stop_reason ?? ''))) return null
    return 'input' in heard.block && isObject(heard.block.input) ? heard.block.input : {}
  }

  #failure({ error }: Failure) {
    const details = error?.details as { error_code?: string } | undefined
    return refusedBy(
      {
        status: this.response?.status ?? null,
        type: error?.type ?? null,
        code: details?.error_code ?? null,
        said: error?.message ?? '',
        headers: this.response?.headers ?? new Headers(),
      },
      this.text,
    )
  }
}

const CUT_OFF = new Set(['max_tokens', 'model_context_window_exceeded'])

function grow(heard: Block, delta: RawContentBlockDelta): string {
  const { block } = heard
  if (delta.type === 'text_delta' && block.type === 'text') {
    block.text += delta.text
    return delta.text
  } else if (delta.type === 'input_json_delta') {
    heard.json += delta.partial_json
  } else if (delta.type === 'thinking_delta' && block.type === 'thinking') {
    block.thinking += delta.thinking
  } else if (delta.type === 'signature_delta' && block.type === 'thinking') {
    block.signature = delta.signature
  } else if (delta.type === 'citations_delta' && block.type === 'text') {
    block.citations = [...(block.citations ?? []), delta.citation]
  } else if (!KNOWN.has(block.type)) {
    heard.strange = true
  }
  return ''
}

/** A name that was made up may be none that the API takes back. */
function named(block: ContentBlock): ContentBlock {
  if (block.type !== 'tool_use') return block
  return { ...block, id: plain(block.id), name: plain(block.name) }
}

function plain(name: string) {
  return name.replace(/[^\w-]/g, '_').slice(0, 128) || '_'
}

/** These are whole also without what may be added to them one day. */
const KNOWN = new Set<string>(['text', 'thinking', 'redacted_thinking', 'tool_use'])

function objectIn(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
