import type {
  BetaCompactionBlock,
  BetaCompactionContentBlockDelta,
} from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type { Usage } from '@anthropic-ai/sdk/resources/messages/messages'
import type { Body, Event } from '../sse.ts'
import { blocksOf } from './refusal.ts'
import { chainOf, hash } from './thinking.ts'

const BETA = 'compact-2026-09-04'
const MARK = 'compacted'

/** What the beta adds: a summary on demand, signed, that is taken back only as it was given. */
export function compacted(body: Body, content: string, usage: Usage, binds: boolean) {
  const hashes = binds ? chainOf(body).join(',') : ''
  const block: BetaCompactionBlock = {
    type: 'compaction',
    content,
    encrypted_content: null,
    signature: [MARK, hash(content), hashes].join('|'),
    tool_changes: [],
  }
  return {
    id: `msg_${hash(content)}`,
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

/** The same as a stream: the block comes empty, and its content at once. */
export function* compactionEvents({
  content,
  ...message
}: ReturnType<typeof compacted>): Generator<Event> {
  const [block] = content
  const { usage, stop_reason, ...begun } = message
  yield {
    type: 'message_start',
    message: { ...begun, content: [], stop_reason: null, usage: { ...usage, iterations: null } },
  }
  yield { type: 'content_block_start', index: 0, content_block: { ...block, content: null } }
  yield { type: 'ping' }
  const delta: BetaCompactionContentBlockDelta = {
    type: 'compaction_delta',
    content: block?.content ?? null,
    encrypted_content: null,
  }
  yield { type: 'content_block_delta', index: 0, delta: { ...delta } }
  yield { type: 'content_block_stop', index: 0 }
  yield { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage }
  yield { type: 'message_stop' }
}

export function compactionRefusalOf(body: Body, beta: string | null): string | null {
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
  const [mark, signed] = String(block.signature).split('|')
  if (mark !== MARK) return 'messages: Invalid `signature` in `compaction` block'
  return signed === hash(String(block.content))
    ? null
    : 'messages: `compaction` block differs from what was signed'
}
