import type {
  BetaCompactionBlock,
  BetaMessage,
} from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type { Usage } from './answer.ts'
import type { Prompt } from './prompt.ts'

export interface Compacted {
  /** Signed, and taken back only as it is. Null: it could not be told in short. */
  block: BetaCompactionBlock | null
  usage: Usage
}

/** Asked for by name; the SDK's beta client, which would say so for us, is half of our bundle. */
export const COMPACTION_BETA = {
  headers: { 'anthropic-beta': 'compact-2026-09-04' },
  query: { beta: 'true' },
}

/** Nothing for most sessions; one that was compacted begins with the block. */
export function betaFor({ messages: [first] }: Prompt) {
  const [block] = Array.isArray(first?.content) ? first.content : []
  return (block?.type as string | undefined) === 'compaction' ? COMPACTION_BETA : {}
}

export function compactedIn({ content, usage }: BetaMessage): Compacted {
  const block = content.find(({ type }) => type === 'compaction') as BetaCompactionBlock | undefined
  return { block: block ?? null, usage: wholeOf(usage) }
}

/** What a compaction itself used is not in the counts at the top. */
function wholeOf({ iterations, ...usage }: BetaMessage['usage']): Usage {
  const extra = (iterations ?? []).filter(({ type }) => type === 'compaction')
  const add = (name: Count) =>
    extra.reduce((sum, one) => sum + Number(one[name] ?? 0), Number(usage[name] ?? 0))
  return {
    ...(usage as unknown as Usage),
    input_tokens: add('input_tokens'),
    cache_read_input_tokens: add('cache_read_input_tokens'),
    cache_creation_input_tokens: add('cache_creation_input_tokens'),
    output_tokens: add('output_tokens'),
  }
}

type Count =
  | 'input_tokens'
  | 'cache_read_input_tokens'
  | 'cache_creation_input_tokens'
  | 'output_tokens'
