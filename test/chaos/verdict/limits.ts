import type { World } from '../world.ts'
import type { Scene, Turn } from './scene.ts'

const MINUTE = 60_000
/** Of a bot whose file says nothing. */
const LIMIT = 10 * MINUTE

/** Its minutes are over: that is its end, whatever the model would still have said. */
export function isOutOfTime({ world }: Pick<Scene, 'world'>, turn: Turn) {
  return turn.error === 'out of time' && tookFor(world, turn) >= LIMIT
}

function tookFor({ clock, trouble }: World, { startedAt, endedAt, replies }: Turn) {
  if (endedAt === null) return 0
  const touched = replies.map(({ message }) => trouble.touched.get(message ?? 0) ?? 0)
  return clock.between(Date.parse(startedAt), Date.parse(endedAt), Math.max(0, ...touched))
}

/** A try that would come after the end of the turn is none: it waits for half a minute at most. */
const LONGEST_REST = MINUTE / 2

export function isShortOfTime({ world }: Pick<Scene, 'world'>, turn: Turn) {
  const { state, error } = turn
  if (state !== 'failed' || error?.includes('Campfire')) return false
  return tookFor(world, turn) >= LIMIT - LONGEST_REST
}

/** So often and for so long the words of an answer are refused before a sentence is tried in their place. */
const REFUSALS = 3
const REFUSED_FOR = 2 * MINUTE

export function isRefusedForLong({ world, room }: Pick<Scene, 'world' | 'room'>, turn: Turn) {
  const { clock, trouble } = world
  const isIn = (at: number) => clock.between(Date.parse(turn.startedAt), at) >= 0
  const refusals = (trouble.refused.get(room) ?? []).filter(isIn)
  const [first] = refusals
  const last = refusals.at(-1)
  if (first === undefined || last === undefined) return false
  return refusals.length >= REFUSALS && clock.between(first, last) >= REFUSED_FOR
}
