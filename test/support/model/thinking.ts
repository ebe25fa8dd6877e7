import type { Block, Body } from '../sse.ts'
import { blocksOf, type Content } from './refusal.ts'

/**
 * Whether thinking is bound to what it was thought behind, as that of the 5.5 models is: to the model,
 * the system prompt, the tools, and each earlier block that is no thinking. What was signed is told by
 * the signature alone, so that nobody has to remember it.
 */
export const BINDS_THINKING = true

const MARK = 'bound'

/** Signs what is thought in an answer, each thought behind all that comes before it. */
export function signed(body: Body, content: Block[]): Block[] {
  const { chain, last } = walk(body)
  let prefix = chain.at(-1) ?? ''
  let before = last
  return content.map((block) => {
    if (block.type === 'thinking') {
      const signature = [MARK, body.model, prefix, before, hash(block.thinking)].join('|')
      before = hash(signature)
      return { ...block, signature }
    }
    prefix = next(prefix, 'assistant', asContent(block))
    return block
  })
}

/** In the words of the API; null when each thought stands where it was thought. */
export function misplacedThinkingIn(body: Body): string | null {
  return walk(body).refusal
}

/** The hash before each block that is no thought, and that after all of them. */
export function chainOf(body: Body): string[] {
  return walk(body).chain
}

function walk(body: Body) {
  const chain = [headOf(body)]
  let last = ''
  let refusal: string | null = null
  for (const [index, { role, content }] of body.messages.entries()) {
    for (const [at, block] of blocksOf(content).entries()) {
      const prefix = chain.at(-1) ?? ''
      if (block.type === 'compaction') {
        chain.push(afterCompaction(body, block, prefix))
      } else if (block.type === 'thinking') {
        const [mark, model, bound, before, words] = String(block.signature).split('|')
        const isForged = mark !== MARK || words !== hash(String(block.thinking))
        // That of another model it cannot read, and leaves out.
        if (!isForged && model !== body.model) continue
        const isElsewhere = bound !== prefix || (last !== '' && before !== last)
        const why = isForged
          ? ''
          : isElsewhere
            ? `${BOUND}${bound === prefix ? MISSING : ''}`
            : null
        if (why !== null) refusal ??= `messages.${index}.content.${at}: ${INVALID}${why}`
        last = hash(String(block.signature))
      } else if (block.type !== 'redacted_thinking') {
        chain.push(next(prefix, role, block))
      }
    }
  }
  return { chain, last, refusal }
}

const INVALID = 'Invalid `signature` in `thinking` block.'
const BOUND =
  ' The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to "drop_block".'
const MISSING =
  ' The `thinking` block that preceded this one when it was created is missing from this request.'

/**
 * What is kept of what was compacted stays valid if it follows at once and unchanged: then all goes on
 * as it was before. Else all that follows stands behind the summary.
 */
function afterCompaction(body: Body, block: Content, head: string): string {
  const [, , hashes = ''] = String(block.signature).split('|')
  const signed = hashes.split(',')
  const kept = body.messages.flatMap(({ role, content }) =>
    blocksOf(content).map((one) => ({ role, block: one })),
  )
  const first = kept.find(({ block: one }) => !UNBOUND.has(one.type))
  const place = signed.findIndex(
    (hash, at) =>
      first && first.role !== 'assistant' && next(hash, first.role, first.block) === signed[at + 1],
  )
  const isSame = signed[0] === head
  return (isSame && signed[place]) || next(head, 'assistant', block)
}

const UNBOUND = new Set(['compaction', 'thinking', 'redacted_thinking'])

/** Deferred tools do not count. */
function headOf({ model, system, tools }: Body): string {
  const words = blocksOf(system).map(({ text }) => text)
  const known = (tools ?? []).filter((tool) => !('defer_loading' in tool && tool.defer_loading))
  return hash(JSON.stringify([model, words, known.map(plain)]))
}

function next(prefix: string, role: string, block: Content): string {
  return hash(prefix + JSON.stringify([role, plain(block)]))
}

function asContent(block: Block): Content {
  if (block.type === 'whole') return block.block as Content
  if (block.type !== 'tool_use') return { ...block }
  const { type, id, name, input } = block
  return { type, id, name, input }
}

/** What the model reads of it, however it is written down. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const { type, content } = value as Content
  const told = type === 'tool_result' ? { ...value, content: blocksOf(content) } : value
  return Object.entries(told)
    .filter(
      ([name, one]) => !UNREAD.has(name) && one !== null && one !== undefined && one !== false,
    )
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, one]) => [name, plain(one)])
}

const UNREAD = new Set(['cache_control', 'caller', 'file_id'])

/** Short, and the same everywhere: it keeps no secrets. */
export function hash(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2_654_435_761)
    low = Math.imul(low ^ code, 1_597_334_677)
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return ((low >>> 0) * 2 ** 20 + (high >>> 12)).toString(36)
}
