import { inject } from 'vitest'
import type { Dialect } from '../campground/dialect.ts'

declare module 'vitest' {
  interface ProvidedContext {
    extent: 'some' | 'each' | 'all'
  }
}

/**
 * How much is tried, set in `vitest.config.ts`. `some` in `npm test`, which has a minute for it;
 * `npm run proof` tries `each` crash point, or `all` the pairs of a short turn too.
 */
export const extent = inject('extent')

/**
 * How often a property is tried: a tenth in `npm test`, so often in `npm run proof`. That looks for what nobody has seen yet;
 * `npm test` tries the same ones each time, so whoever sees it fail has broken something.
 */
export function runs(full: number) {
  return extent === 'some' ? { numRuns: Math.ceil(full / 10), seed: SEED } : { numRuns: full }
}

const SEED = 37

/** In `npm test` every second of them, which are alike; in `npm run proof` all. */
export function half<T>(all: T[]) {
  return extent === 'some' ? all.filter((_, at) => at % 2 === 0) : all
}

/** Campfires that list and edit. What goes wrong on the way is the same for all: in `npm test` it meets one of them. */
export const LISTING: Dialect[] = extent === 'some' ? ['rails'] : ['rails', 'port']
