import type { BetaContentBlock } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type { AnswerBlock } from './answer.ts'
import { citationIn } from './fit/citations.ts'
import { callerIn, resultIn, tooLargeIn, useIn } from './fit/server-tools.ts'
import { isObject, type Loose, looseIn, textIn, wordIn } from './loose.ts'

/**
 * An answer as it may be stored and sent back: with nothing that the API would refuse, and in an order
 * that it takes. Thinking is valid only behind what it came after, so once something before it is left
 * out, moved or changed, what was thought after that is left out as well.
 */
export function fitToSend(blocks: Loose[], stop: string | null): AnswerBlock[] {
  const all = blocks.map((block) => ({ block, known: asAnswerBlock(block) }))
  const large = tooLargeIn(all.flatMap(({ known }) => known ?? []))
  const fits = all.map((one) => (one.known && large.has(one.known) ? { ...one, known: null } : one))
  const results = new Set(fits.map(({ block, known }) => known && block.tool_use_id))
  const said: AnswerBlock[] = []
  const uses: AnswerBlock[] = []
  let isAsSaid = true
  for (const { block, known } of fits) {
    const isThinking = THINKING.has(String(block.type))
    const isPending = block.type === 'server_tool_use' && !results.has(block.id)
    const isOpen = isPending && !GOES_ON.has(stop ?? '')
    const fit = isOpen || (isThinking && !isAsSaid) ? null : known
    if (!fit || !isSameAs(block, fit)) isAsSaid = false
    if (!fit || (isThinking && !isSameAs(block, fit))) continue
    if (fit.type === 'tool_use') isAsSaid = false
    if (fit.type === 'tool_use') uses.push(fit)
    else said.push(fit)
  }
  return [...withoutLastThoughts(said, uses.length > 0), ...uses]
}

const THINKING = new Set(['thinking', 'redacted_thinking'])
/** A tool of the API's own has its result in the next answer after these. */
const GOES_ON = new Set(['pause_turn', 'tool_use'])

/** The API takes no message that ends in a thought; one that is nothing else is for the reader to see. */
function withoutLastThoughts(said: AnswerBlock[], isFollowed: boolean) {
  const last = said.findLastIndex(({ type }) => !THINKING.has(type))
  return isFollowed || last === -1 ? said : said.slice(0, last + 1)
}

/** Null where the API would refuse the block, or we know too little of it. */
function asAnswerBlock(block: Loose): AnswerBlock | null {
  const known = block.type as BetaContentBlock['type']
  switch (known) {
    case 'text': {
      const text = textIn(block.text).toWellFormed()
      // It takes no text block that is blank.
      if (!text.trim()) return null
      const told = Array.isArray(block.citations) ? block.citations.filter(isObject) : []
      const citations = told.map(citationIn).filter((citation) => citation !== null)
      return { type: known, text, ...(citations.length > 0 && { citations: citations as never }) }
    }
    case 'thinking': {
      const signature = textIn(block.signature)
      // Cut off in mid-thought, it was never signed, and would be refused for ever after.
      return signature
        ? { type: known, thinking: textIn(block.thinking).toWellFormed(), signature }
        : null
    }
    case 'redacted_thinking':
      return wordIn(block.data) ? { type: known, data: textIn(block.data) } : null
    case 'tool_use':
      return {
        type: known,
        id: textIn(block.id),
        name: textIn(block.name),
        input: wellFormed(looseIn(block.input)),
        ...(callerIn(block.caller) as object),
        ...(wordIn(block.toolset_name) && { toolset_name: wordIn(block.toolset_name) }),
      }
    case 'server_tool_use':
      return asStored(useIn(block))
    case 'web_search_tool_result':
    case 'web_fetch_tool_result':
    case 'code_execution_tool_result':
    case 'bash_code_execution_tool_result':
    case 'text_editor_code_execution_tool_result':
    case 'tool_search_tool_result':
      return asStored(resultIn(block))
    case 'container_upload':
      return wordIn(block.file_id) ? { type: known, file_id: textIn(block.file_id) } : null
    // Of betas that an answer is never asked with: sent back without, each later request is refused. So is
    // a kind that the API does not have, as some gateways send.
    case 'advisor_tool_result':
    case 'mcp_tool_use':
    case 'mcp_tool_result':
    case 'mcp_tool_listing':
    case 'compaction':
    case 'fallback':
      return null
    default:
      known satisfies never
      return null
  }
}

function asStored(block: Loose | null): AnswerBlock | null {
  return block && (wellFormed(block) as AnswerBlock)
}

/** Half of an emoji, as an answer that is cut off may end in, is no text that the API takes. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name.toWellFormed(), wellFormed(one)]),
  )
}

/** In what the model said; what is merely told of it may differ. */
function isSameAs(block: Loose, fit: AnswerBlock) {
  const [one, other] = [block, fit as unknown as Loose]
  return WORDS.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
}

const WORDS = ['text', 'thinking', 'signature', 'data', 'input', 'content']
