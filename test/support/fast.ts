import { expect } from 'vitest'

/** What `yardstick` takes on a quiet machine, in ms. */
const QUIET_MS = 50
/** Of two processes that share a machine the other may come in between again and again. */
const TRIES = 10

/**
 * In ms of a quiet machine: where it takes longer, it is held against a yardstick, measured right before and right
 * after it, and the least of so many counts.
 */
export async function takesAtMost(ms: number, work: () => unknown) {
  if ((await timeOf(work)) <= ms) return
  const took: number[] = []
  for (let tries = 0; tries < TRIES && !took.some((one) => one <= ms); tries++) {
    const before = await timeOf(yardstick)
    const busy = await timeOf(work)
    const after = await timeOf(yardstick)
    took.push((busy * QUIET_MS) / Math.max(before, after, QUIET_MS))
  }
  expect(Math.min(...took)).toBeLessThanOrEqual(ms)
}

/** Always the same, and of the kind that readers do: it looks at each character, and makes many small strings. */
function yardstick() {
  let parts: string[] = []
  for (let times = 0; times < 4; times++) {
    parts = TEXT.split('<').map((part, at) =>
      at % 2 ? part.toUpperCase() : part.replace(/b+/, 'c'),
    )
  }
  return parts.join('<').length
}

const TEXT = 'a<bb>'.repeat(100_000)

async function timeOf(work: () => unknown) {
  const start = await now()
  work()
  return (await now()) - start
}

/** In a Worker the clock stands still until something is waited for. */
async function now() {
  await new Promise((resolve) => setTimeout(resolve, 1))
  return performance.now()
}
