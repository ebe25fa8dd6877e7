import type {
  BetaContentBlock,
  BetaRawContentBlockDelta,
} from '@anthropic-ai/sdk/resources/beta/messages/messages'
import { isObject, isShallow, type Loose, looseIn, parsed, textIn, wordIn } from '../loose.ts'

type BlockType = BetaContentBlock['type']
type DeltaType = BetaRawContentBlockDelta['type']

export interface Grown {
  text: string
  thinking: string
  /** A tool that the API runs has been asked for. */
  runs?: { name: string; input: object }
}
export const NOTHING: Grown = { text: '', thinking: '' }

/** A block while it comes in. Whatever is missing of it has a default by its type. */
export class Growing {
  closed = false
  /** It grew in a way that we do not know, and so is not whole. */
  strange = false
  #start: Loose | null
  #type: string
  #text = ''
  #thinking = ''
  #json = ''
  #citations: unknown[] = []
  #signature: string | null = null
  #summary: Loose = {}
  #hasGrown = false

  /** Without a start it is what its first delta says: the event that began it was lost, or comes late. */
  constructor(start: Loose | null, type: string) {
    this.#start = start
    this.#type = type
  }

  get type() {
    return this.#type
  }

  /** A tool was asked for, and nothing of what for has come as yet. */
  get awaitsInput() {
    return HAS_INPUT.test(this.#type) && this.#start !== null && !this.closed && !this.#json
  }

  /** The start that was missing, or the same one again. */
  begins(start: Loose, type: string): boolean {
    if (this.#start === null) {
      const fits = type === this.#type || (HAS_INPUT.test(type) && HAS_INPUT.test(this.#type))
      if (fits) [this.#start, this.#type] = [start, type]
      return fits
    }
    const isUntouched = !this.#hasGrown && !this.closed
    const isSame = JSON.stringify(start) === JSON.stringify(this.#start)
    return isSame && (isUntouched || wordIn(start.id) !== null)
  }

  takes(delta: string): boolean {
    const home = homeOf(delta as DeltaType)
    if (home === null || !isKnown(this.#type)) return true
    return home === 'input' ? HAS_INPUT.test(this.#type) : home === this.#type
  }

  grow(type: string, delta: Loose): Grown {
    this.#hasGrown = true
    if (!isKnown(this.#type)) {
      this.strange = true
      return NOTHING
    }
    const known = type as DeltaType
    switch (known) {
      case 'text_delta':
        this.#text += textIn(delta.text)
        return { ...NOTHING, text: textIn(delta.text) }
      case 'thinking_delta':
        this.#thinking += textIn(delta.thinking)
        return { ...NOTHING, thinking: textIn(delta.thinking) }
      case 'signature_delta':
        this.#signature = wordIn(delta.signature) ?? this.#signature
        return NOTHING
      case 'input_json_delta':
        this.#json += isObject(delta.partial_json)
          ? JSON.stringify(delta.partial_json)
          : textIn(delta.partial_json)
        return NOTHING
      case 'citations_delta':
        if (isObject(delta.citation)) this.#citations.push(delta.citation)
        return NOTHING
      case 'compaction_delta': {
        const { type: _, ...told } = delta
        for (const [name, value] of Object.entries(told)) {
          if (value !== null && value !== '') this.#summary[name] = value
        }
        return NOTHING
      }
      default:
        known satisfies never
        return NOTHING
    }
  }

  /** Null when nobody ever said what it is: a tool of no name cannot be used. */
  whole(): Loose | null {
    if (this.strange || (this.#start === null && HAS_INPUT.test(this.#type))) return null
    const start = looseIn(this.#start)
    const type = this.#type as BlockType
    if (type === 'text') {
      const told = Array.isArray(start.citations) ? start.citations.filter(isObject) : []
      const citations = [...told, ...this.#citations]
      return { ...start, type, text: textIn(start.text) + this.#text, citations }
    } else if (type === 'thinking') {
      const signature = this.#signature ?? textIn(start.signature)
      return { ...start, type, thinking: textIn(start.thinking) + this.#thinking, signature }
    } else if (type === 'compaction') {
      return { ...start, type, ...this.#summary }
    }
    return { ...start, type }
  }

  /** Null when it is no JSON, or was cut off. A tool without parameters sends none at all. */
  input(isCut: boolean): Loose | null {
    if (this.#json.trim()) return objectIn(this.#json)
    const { input } = looseIn(this.#start)
    if (typeof input === 'string' && input.trim()) return objectIn(input)
    if (isObject(input) && Object.keys(input).length > 0) return isShallow(input) ? input : null
    return isCut ? null : {}
  }
}

/** Each type that the API may send. One that is new in the SDK does not build. */
const TYPES: Record<BlockType, true> = {
  text: true,
  thinking: true,
  redacted_thinking: true,
  tool_use: true,
  server_tool_use: true,
  web_search_tool_result: true,
  web_fetch_tool_result: true,
  advisor_tool_result: true,
  code_execution_tool_result: true,
  bash_code_execution_tool_result: true,
  text_editor_code_execution_tool_result: true,
  tool_search_tool_result: true,
  mcp_tool_use: true,
  mcp_tool_result: true,
  mcp_tool_listing: true,
  container_upload: true,
  compaction: true,
  fallback: true,
}
const HAS_INPUT = /tool_use$/

export function hasInput(type: string) {
  return HAS_INPUT.test(type)
}

function isKnown(type: string) {
  return Object.hasOwn(TYPES, type)
}

/** What a block is that says so itself, or that its fields betray. */
export function typeOf(start: Loose): string | null {
  if (wordIn(start.type)) return wordIn(start.type)
  if ('text' in start) return 'text'
  if ('thinking' in start) return 'thinking'
  return 'name' in start && 'input' in start ? 'tool_use' : null
}

export function deltaTypeOf(delta: Loose): string | null {
  if (wordIn(delta.type)) return wordIn(delta.type)
  if ('text' in delta) return 'text_delta'
  if ('partial_json' in delta) return 'input_json_delta'
  if ('thinking' in delta) return 'thinking_delta'
  if ('signature' in delta) return 'signature_delta'
  return 'citation' in delta ? 'citations_delta' : null
}

/** The type of block that such a delta belongs to; null for one that we do not know. */
export function homeOf(delta: DeltaType): 'text' | 'thinking' | 'input' | 'compaction' | null {
  switch (delta) {
    case 'text_delta':
    case 'citations_delta':
      return 'text'
    case 'thinking_delta':
    case 'signature_delta':
      return 'thinking'
    case 'input_json_delta':
      return 'input'
    case 'compaction_delta':
      return 'compaction'
    default:
      delta satisfies never
      return null
  }
}

function objectIn(json: string): Loose | null {
  const value = parsed(json)
  return isObject(value) && isShallow(value) ? value : null
}
