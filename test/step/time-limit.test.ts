import fc from 'fast-check'
import { expect, it } from 'vitest'
import { restWithin, TimeLimit } from '../../src/step.ts'
import { MOST_DEATHS, restAfter } from '../../src/tables/room/attempts.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { runs } from '../support/extent.ts'
import { step } from '../support/steps.ts'

const SECOND = 1_000
const LIMITS = { minutes: 10 }

/** How the clock goes between two lives, in seconds, and for how long the next one lives. */
const lives = fc.array(
  fc.record({
    jumps: fc.constantFrom(0, 0, 601, -3_600, -14 * 60, 86_400),
    lives: fc.integer({ min: 0, max: 50 }),
  }),
  { minLength: MOST_DEATHS, maxLength: MOST_DEATHS },
)

it('whatever the clock does, there is time for the model until the fifth death', () => {
  fc.assert(
    fc.property(lives, (all) => {
      let now = 1_800_000_000_000
      const started = now
      const steps: Step[] = []
      for (const [index, { jumps, lives }] of all.entries()) {
        const limit = new TimeLimit({ limits: LIMITS, started, steps, now: () => now })
        expect(limit.isOver(), `life ${index + 1}`).toBe(false)
        const kind = limit.isShort() ? 'last' : 'talk'
        now += lives * SECOND
        steps.push(step('', { number: index + 1, kind, state: 'lost', stop: null }))
        const rest = restAfter(index + 1)
        now += restWithin(rest, { limits: LIMITS, started, now: () => now }) + jumps * SECOND
      }
    }),
    runs(1_000),
  )
})

it('after a last call that was answered there is none', () => {
  const [started, now] = [0, 11 * 60 * SECOND]
  const over = [step('So far.', { kind: 'last' })]
  const bounds = { limits: LIMITS, started, now: () => now }
  expect(new TimeLimit({ ...bounds, steps: over }).isOver()).toBe(true)
  expect(new TimeLimit({ ...bounds, steps: [] }).isOver()).toBe(false)
})
