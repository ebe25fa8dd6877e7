import type {
  BetaCompactionBlock,
  BetaStopReason,
} from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type { Usage } from './answer.ts'
import { FILES_BETA } from './files.ts'
import { looseIn, textIn, wordIn } from './loose.ts'
import type { Prompt } from './prompt.ts'
import { hasHandedFiles } from './shown-files.ts'
import type { Hearing } from './stream.ts'
import { countIn, countsAll, inputIn, usageOf } from './usage.ts'

export interface Compacted {
  /**
   * `empty`: the API could not tell it in short. `none`: whoever answered knows of no compaction, and
   * said something else, or was not even asked. `unsigned`: there are its words, and no more than that.
   */
  outcome: 'signed' | 'unsigned' | 'empty' | 'none'
  /** Null: it could not be told. */
  summary: string | null
  /** Signed, and taken back only as it is. */
  block: BetaCompactionBlock | null
  usage: Usage
  /** False: nobody told how much was read, and the usage is a guess. */
  isCounted: boolean
  requestId: string | null
}

export const NOT_ASKED: Compacted = {
  outcome: 'none',
  summary: null,
  block: null,
  usage: { input_tokens: 0, output_tokens: 0 } as Usage,
  isCounted: true,
  requestId: null,
}

const BETA = 'compact-2026-09-04'

/**
 * Nothing for most sessions; one that was compacted begins with the block, and some show what was handed over. Asked
 * for by name; the SDK's beta client, which would say so for us, is half of our bundle.
 */
export function betaFor(
  { messages }: Pick<Prompt, 'messages'>,
  { without, compacts = false }: { without: ReadonlySet<string>; compacts?: boolean },
) {
  if (without.has('betas')) return {}
  const [first] = Array.isArray(messages[0]?.content) ? messages[0].content : []
  const isCompacted = (first?.type as string | undefined) === 'compaction'
  const isOfCompaction = !without.has('compaction') && (compacts || isCompacted)
  const betas = [
    ...(isOfCompaction ? [BETA] : []),
    ...(messages.some(hasHandedFiles) ? [FILES_BETA] : []),
  ]
  if (!betas.length) return {}
  const headers = { 'anthropic-beta': betas.join(',') }
  return isOfCompaction ? { headers, query: { beta: 'true' } } : { headers }
}

export function compactedIn(
  { blocks, stop, counts, isCountedToEnd, requestId }: Hearing,
  asked: () => string,
): Compacted {
  const block = blocks.find(({ type }) => type === 'compaction')
  const words = textIn(block?.content)
  const isSigned = wordIn(block?.signature) !== null && words.isWellFormed()
  // Half of it would stand for all that was said.
  const isHalf = !isSigned && CUT_SHORT.has(stop ?? '')
  const summary = isHalf ? '' : words.trim().toWellFormed()
  const all = withIterations(counts)
  const isCounted = isCountedToEnd || Array.isArray(counts.iterations)
  return {
    outcome: !block ? 'none' : !summary ? 'empty' : isSigned ? 'signed' : 'unsigned',
    summary: summary || null,
    block: summary && isSigned ? (block as unknown as BetaCompactionBlock) : null,
    usage: usageOf(all, asked, JSON.stringify(blocks)),
    isCounted: inputIn(all) !== null && isCounted && countsAll(all),
    requestId,
  }
}

/** What stops so says less than it was to say. */
const CUT_SHORT: ReadonlySet<string> = new Set<BetaStopReason>([
  'max_tokens',
  'model_context_window_exceeded',
  'refusal',
])

/** And these go on with something else than words. */
export const NOT_WHOLE: ReadonlySet<string> = new Set([...CUT_SHORT, 'tool_use', 'pause_turn'])

/** What a compaction itself used is not in the counts at the top. */
function withIterations({ iterations, ...counts }: ReturnType<typeof looseIn>) {
  const extra = (Array.isArray(iterations) ? iterations : [])
    .map(looseIn)
    .filter(({ type }) => type === 'compaction')
  if (extra.length === 0) return counts
  const add = (name: string) =>
    [counts, ...extra].reduce((sum, one) => sum + (countIn(one[name]) ?? 0), 0)
  return { ...counts, ...Object.fromEntries(COUNTS.map((name) => [name, add(name)])) }
}

const COUNTS = [
  'input_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'output_tokens',
]
