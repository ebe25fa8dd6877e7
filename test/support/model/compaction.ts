import type { BetaCompactionBlock } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type { Usage } from '@anthropic-ai/sdk/resources/messages/messages'
import type { Body } from '../sse.ts'
import { blocksOf } from './refusal.ts'

const BETA = 'compact-2026-09-04'

/** What the beta adds: a summary on demand, signed, that is taken back only as it was given. */
export class Compactions {
  #signed = new Map<string, string>()

  /** As the API answers it, alone and in one piece. */
  answer(body: Body, content: string, usage: Usage) {
    const signature = `compacted-${this.#signed.size + 1}`
    this.#signed.set(signature, content)
    const block: BetaCompactionBlock = {
      type: 'compaction',
      content,
      encrypted_content: null,
      signature,
      tool_changes: [],
    }
    return {
      id: `msg_${signature}`,
      type: 'message',
      role: 'assistant',
      model: body.model,
      content: [block],
      stop_reason: 'compaction',
      stop_sequence: null,
      usage: {
        ...usage,
        input_tokens: 0,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 0,
        iterations: [{ ...usage, type: 'compaction' }],
      },
    }
  }

  refusalOf(body: Body, beta: string | undefined): string | null {
    const blocks = body.messages.flatMap(({ role, content }) =>
      blocksOf(content).map((block): Record<string, unknown> => ({ ...block, role })),
    )
    const compactions = blocks.filter(({ type }) => type === 'compaction')
    const isMeant = 'compaction' in body || compactions.length > 0
    if (isMeant && !beta?.includes(BETA)) return 'compaction: Extra inputs are not permitted'
    if (compactions.length > 1) return 'messages: more than one `compaction` block'
    const [block] = compactions
    if (!block) return null
    if (blocks[0] !== block || block.role === 'system')
      return 'messages: misplaced `compaction` block'
    const signed = this.#signed.get(String(block.signature))
    if (signed === undefined) return 'messages: Invalid `signature` in `compaction` block'
    return signed === block.content
      ? null
      : 'messages: `compaction` block differs from what was signed'
  }
}
