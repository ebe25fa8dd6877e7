import type { Scene, Turn } from './scene.ts'

const MINUTE = 60_000
/** Of a bot whose file says nothing. */
const LIMIT = 10 * MINUTE

/** Its minutes are over: that is its end, whatever the model would still have said. */
export function isOutOfTime({ world: { clock } }: Pick<Scene, 'world'>, turn: Turn) {
  const { error, startedAt, endedAt } = turn
  if (error !== 'out of time' || endedAt === null) return false
  return clock.between(Date.parse(startedAt), Date.parse(endedAt)) >= LIMIT
}

/** A try that would come after the end of the turn is none: it waits for half a minute at most. */
const LONGEST_REST = MINUTE / 2

export function isShortOfTime({ world: { clock } }: Pick<Scene, 'world'>, turn: Turn) {
  const { state, error, startedAt, endedAt } = turn
  if (state !== 'failed' || error?.includes('Campfire') || endedAt === null) return false
  return clock.between(Date.parse(startedAt), Date.parse(endedAt)) >= LIMIT - LONGEST_REST
}
