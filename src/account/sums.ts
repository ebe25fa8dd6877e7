import type { CompactionReport } from '../tables/room/compactions.ts'
import type { TurnReport } from '../tables/room/turns.ts'

/** What the turns of a room, or of all rooms, come to. Cost in millionths of a dollar. */
export interface Sums {
  turns: number
  replied: number
  silent: number
  stopped: number
  failed: number
  parked: number
  hot: number
  warm: number
  cold: number
  steps: number
  inputTokens: number
  cachedTokens: number
  outputTokens: number
  cost: number
  /** Steps of unpriced models are not in `cost`; turns and compactions with any are counted here. */
  unpriced: number
  ms: number
  lastEnded: number
  /** How often a session was told in short. Its tokens and cost are among those above. */
  compactions: number
}

export const ZERO: Sums = {
  turns: 0,
  replied: 0,
  silent: 0,
  stopped: 0,
  failed: 0,
  parked: 0,
  hot: 0,
  warm: 0,
  cold: 0,
  steps: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  cost: 0,
  unpriced: 0,
  ms: 0,
  lastEnded: 0,
  compactions: 0,
}

export function addTo(sums: Sums, turn: TurnReport): Sums {
  return {
    ...sums,
    turns: sums.turns + 1,
    [turn.state]: sums[turn.state] + 1,
    [turn.tier]: sums[turn.tier] + 1,
    steps: sums.steps + turn.steps,
    inputTokens: sums.inputTokens + (turn.input_tokens ?? 0),
    cachedTokens: sums.cachedTokens + (turn.cached_tokens ?? 0),
    outputTokens: sums.outputTokens + (turn.output_tokens ?? 0),
    cost: sums.cost + (turn.cost ?? 0),
    unpriced: sums.unpriced + (hasUnpriced(turn) ? 1 : 0),
    ms: sums.ms + turn.ended - turn.started,
    lastEnded: Math.max(sums.lastEnded, turn.ended),
  }
}

/** One step without a price is enough: the turn cost more than is known. */
function hasUnpriced({ steps, cost, unpriced }: TurnReport) {
  return unpriced === undefined ? steps > 0 && cost === null : unpriced > 0
}

/** Compactions are numbered without gaps, so the count is the number of the last one told. */
export function addCompaction(sums: Sums, { id, ...used }: CompactionReport): Sums {
  if (id <= sums.compactions) return sums
  return {
    ...sums,
    compactions: id,
    inputTokens: sums.inputTokens + (used.input_tokens ?? 0),
    cachedTokens: sums.cachedTokens + (used.cached_tokens ?? 0),
    outputTokens: sums.outputTokens + (used.output_tokens ?? 0),
    cost: sums.cost + (used.cost ?? 0),
    unpriced: sums.unpriced + (used.cost === null ? 1 : 0),
  }
}

export function total(all: Sums[]): Sums {
  return all.reduce((whole, sums) => {
    const added = Object.keys(ZERO).map((key) => [
      key,
      whole[key as keyof Sums] + sums[key as keyof Sums],
    ])
    const lastEnded = Math.max(whole.lastEnded, sums.lastEnded)
    return { ...(Object.fromEntries(added) as unknown as Sums), lastEnded }
  }, ZERO)
}
