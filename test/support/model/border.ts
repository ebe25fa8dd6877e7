import type { Block, Body } from '../sse.ts'
import { compactionRefusalOf } from './compaction.ts'
import { refusalOf } from './refusal.ts'
import { BINDS_THINKING, misplacedThinkingIn, signed } from './thinking.ts'

export interface Strictness {
  /** Thinking is taken back only behind what it was thought behind. */
  bindsThinking?: boolean
  /** It knows of the compaction on demand. */
  compacts?: boolean
  /** Its last answer was paused, so it takes one that ends with it. */
  afterPause?: boolean
}

/** Why the Messages API would refuse this, in its words: the same for all that stand in for it. */
export function refusedAtBorder(
  body: Body,
  headers: Headers,
  { bindsThinking = BINDS_THINKING, ...how }: Strictness = {},
): string | null {
  return (
    refusalOf(body, how) ??
    compactionRefusalOf(body, headers.get('anthropic-beta')) ??
    (bindsThinking ? misplacedThinkingIn(body) : null)
  )
}

/** An answer as the 5.5 models give it, who think whether asked to or not, and show none of it. */
export function thinkingFirst(body: Body, content: Block[], binds = BINDS_THINKING): Block[] {
  if (!binds) return content
  const thinks = content.some(({ type }) => type === 'thinking')
  const thought: Block = { type: 'thinking', thinking: '', signature: '' }
  return signed(body, thinks ? content : [thought, ...content])
}
