import type { Usage } from '@anthropic-ai/sdk/resources/messages/messages'
import { type Body, tokensIn } from '../sse.ts'
import { blocksOf } from './refusal.ts'

/** The API looks for an earlier end at this many blocks before the breakpoint, and no further. */
const LOOK_BACK = 20

/**
 * What a breakpoint would find again: one of an earlier request, at a block that stands in this one
 * at the same place, after the very same tools, system and choice of tools.
 * Unlike the real one it never forgets and takes the shortest prompt.
 */
export class PromptCache {
  #ends = new Set<string>()

  usageOf(body: Body, answer: string): Usage {
    const parts = partsOf(body)
    const total = tokensIn(parts.join(''))
    const marks = marksIn(body, parts)
    const read = Math.max(0, ...marks.map((mark) => this.#find(parts.slice(0, mark))))
    const written = body.cache_control ? total - read : 0
    for (const mark of marks) this.#ends.add(parts.slice(0, mark).join('\n'))
    return {
      input_tokens: total - read - written,
      cache_creation_input_tokens: written,
      cache_read_input_tokens: read,
      cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
      output_tokens: tokensIn(answer) + 1,
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      inference_geo: null,
      speed: null,
    }
  }

  #find(parts: string[]): number {
    for (let end = parts.length; end > Math.max(0, parts.length - LOOK_BACK); end--) {
      const part = parts.slice(0, end)
      if (this.#ends.has(part.join('\n'))) return tokensIn(part.join(''))
    }
    return 0
  }
}

function partsOf(body: Body): string[] {
  const { model, tools, system, tool_choice, thinking, output_config, messages } = body
  // What is deferred is no part of the prompt until it is found.
  const known = tools?.filter((tool) => !('defer_loading' in tool && tool.defer_loading))
  const head = JSON.stringify([model, known, system])
  const choices = JSON.stringify([tool_choice, thinking, output_config])
  const blocks = messages.flatMap(({ role, content }) =>
    blocksOf(content).map(({ cache_control: _, ...block }) => role + JSON.stringify(block)),
  )
  return [head, choices, ...blocks]
}

/** How many parts stand before each breakpoint: after the system prompt, in between, and at the end. */
function marksIn({ system, messages, cache_control }: Body, parts: string[]) {
  const blocks = messages.flatMap(({ content }) => blocksOf(content))
  const marks = [...blocks.keys()].filter((index) => blocks[index]?.cache_control)
  const isHeadMarked = blocksOf(system).some((block) => block.cache_control)
  return [
    ...(isHeadMarked ? [1] : []),
    ...marks.map((index) => index + 3),
    ...(cache_control ? [parts.length] : []),
  ]
}
