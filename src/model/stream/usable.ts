import type { BetaStopReason } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import { wordIn } from '../loose.ts'
import type { Growing } from './growing.ts'

/**
 * Tool uses get an id where they have none. Of those with the same id the first counts: what was
 * asked for twice by mistake is not to be done twice. But another use is another, whatever its id.
 */
export function usableIn(all: Growing[], stop: string | null) {
  const seen = new Map<string, string>()
  return all.flatMap((growing, number) => {
    const block = growing.whole()
    if (!block) return []
    if (!('input' in block) && growing.type !== 'tool_use') return { block, input: undefined }
    const input = growing.input(isCut(growing, all, stop))
    if (growing.type !== 'tool_use') return { block, input }
    const name = plain(wordIn(block.name) ?? '')
    const use = JSON.stringify([name, input])
    let id = plain(wordIn(block.id) ?? `toolu_${number + 1}`)
    if (seen.get(id) === use) return []
    while (seen.has(id)) id = `${id.slice(0, 120)}_${number + 1}`
    seen.set(id, use)
    return { block: { ...block, id, name }, input }
  })
}

/** One that is cut at once sends no more than one that needs no input. */
function isCut(growing: Growing, all: Growing[], stop: string | null) {
  const isLast = all.at(-1) === growing
  return (isLast && isCutOff(stop)) || (!growing.closed && stop !== 'tool_use')
}

/** A name that was made up may be none that the API takes back. */
function plain(name: string) {
  return name.replace(/[^\w-]/g, '_').slice(0, 128) || '_'
}

/** Whether the answer goes on beyond where it stopped. A reason that is new in the API does not build. */
const STOPS: Record<BetaStopReason, 'ends' | 'is cut off'> = {
  end_turn: 'ends',
  stop_sequence: 'ends',
  tool_use: 'ends',
  pause_turn: 'ends',
  refusal: 'ends',
  compaction: 'ends',
  max_tokens: 'is cut off',
  model_context_window_exceeded: 'is cut off',
}

function isCutOff(stop: string | null) {
  return STOPS[stop as BetaStopReason] === 'is cut off'
}
