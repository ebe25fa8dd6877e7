import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask } from '../../src/campfire/error.ts'
import { CampfireError, type Kind as CampfireKind } from '../../src/campfire.ts'
import { ModelError, type Kind as ModelKind } from '../../src/model.ts'
import { afterFailure, type Tries } from '../../src/recovery/failure-policy.ts'
import { outageAfter } from '../../src/recovery/outage.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const first: Tries = { failures: 1, since: 0, fallback: false, random: 1 }
const create: Ask = { method: 'POST', room: 1, names: 'room' }

/** In a word: `retry`, or what it does instead, with the sentence that it tells. */
function does(error: unknown, tries: Partial<Tries> = {}) {
  const consequence = afterFailure(error, { ...first, ...tries })
  return consequence.does === 'tell' ? consequence.sentence : consequence.does
}

function delays(error: unknown, random: number, failures: number[]) {
  return failures.map((count) => {
    const consequence = afterFailure(error, { ...first, failures: count, random })
    return consequence.does === 'retry' ? consequence.in : consequence.does
  })
}

const model = (kind: ModelKind, retryAfterMs?: number) =>
  new ModelError(kind, { ...(retryAfterMs !== undefined && { retryAfterMs }) })
const campfire = (kind: CampfireKind) => new CampfireError(kind, create)

describe('when the model fails', () => {
  const PASSING = [
    'overloaded',
    'rate_limited',
    'server',
    'timeout',
    'cut',
    'connection',
    'page',
  ] as const

  /** These say nothing of what is wrong: it may be something that was said before. */
  const OPAQUE: ModelKind[] = ['server', 'page', 'cut']

  it.each(PASSING)('%s is tried again, then another model, then told', (kind) => {
    const since = 3 * MINUTE
    const told = [1, 2, 3, 4, 5, 6].map((failures) => does(model(kind), { failures, since }))
    const end = OPAQUE.includes(kind) ? 'leave out' : 'unavailable'
    expect(told).toEqual(['retry', 'retry', 'retry', 'retry', 'retry', end])

    const turned = [1, 2, 3].map((failures) => does(model(kind), { failures, fallback: true }))
    expect(turned).toEqual(['retry', 'retry', 'fall back'])
  })

  it.each([
    ['overloaded', 'retry'],
    ['rate_limited', 'retry'],
    ['server', 'retry'],
    ['connection', 'retry'],
    // Each of these has been paid for.
    ['timeout', 'unavailable'],
    ['cut', 'leave out'],
  ] as const)('%s after two minutes and nine tries: %s', (kind, expected) => {
    expect(does(model(kind), { failures: 9, since: 3 * MINUTE - 1 })).toBe(expected)
  })

  it.each<[ModelKind, string]>([
    ['rejected_key', 'operator'],
    ['spent', 'operator'],
    ['too_long', 'make room'],
    ['invalid', 'leave out'],
    ['signature', 'leave out'],
    ['compaction', 'leave out'],
    ['field', 'do without'],
    ['stopped', 'failed'],
  ])('%s is not tried again, and no other model is asked', (kind, expected) => {
    expect(does(model(kind))).toBe(expected)
    expect(does(model(kind), { fallback: true })).toBe(expected)
    expect(does(model(kind), { failures: 9, fallback: true })).toBe(expected)
  })

  it.each<ModelKind>(['unknown_model', 'permission'])(
    '%s is for another model, or for the operator',
    (kind) => {
      expect(does(model(kind), { fallback: true })).toBe('fall back')
      expect(does(model(kind))).toBe('operator')
    },
  )

  it('an address without the API is asked again first: it may be a gateway that starts', () => {
    const told = [1, 2, 3].map((failures) => does(model('route'), { failures }))
    expect(told).toEqual(['retry', 'retry', 'operator'])
    expect(does(model('route'), { failures: 3, fallback: true })).toBe('fall back')
  })

  it('what a guardrail declines is declined', () => {
    expect(does(model('declined'), { failures: 9, fallback: true })).toBe('decline')
  })

  it('what was blocked is asked for once more, and by no other model', () => {
    const told = [1, 2].map((failures) => does(model('blocked'), { failures, fallback: true }))
    expect(told).toEqual(['retry', 'failed'])
  })

  it('it waits for a second, and longer each time, half of it by chance', () => {
    const failures = [1, 2, 3, 4, 5]
    expect(delays(model('server'), 1, failures)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
    expect(delays(model('server'), 0, failures)).toEqual([500, 1_000, 2_000, 4_000, 8_000])
  })

  it('it waits at least as long as the model says', () => {
    expect(delays(model('rate_limited', 7_000), 0, [1, 2])).toEqual([7_000, 7_000])
    expect(delays(model('rate_limited', 1_500), 1, [1, 2])).toEqual([1_500, 2_000])
    expect(delays(model('rate_limited', 0), 1, [1])).toEqual([1_000])
  })

  it('another model is asked sooner than waited for long', () => {
    expect(does(model('rate_limited', 20_000), { fallback: true })).toBe('retry')
    expect(does(model('rate_limited', 20_001), { fallback: true })).toBe('fall back')
    expect(delays(model('rate_limited', 20_001), 0, [1])).toEqual([20_001])
  })

  it('nobody waits for an hour, and the room not for ever', () => {
    expect(does(model('rate_limited', 600_000))).toBe('retry')
    expect(does(model('rate_limited', 600_001))).toBe('unavailable')
    expect(does(model('rate_limited', 600_001), { fallback: true })).toBe('fall back')
  })
})

describe('when Campfire fails', () => {
  const ANY: CampfireKind[] = [
    ...(['unreachable', 'banned', 'broken', 'unreadable', 'rejected_key', 'moved'] as const),
    ...(['gone_room', 'forbidden', 'gone', 'unsupported'] as const),
  ]

  it.each(ANY)('%s is waited out for a day, and then told, and that for a week', (kind) => {
    const error = campfire(kind)
    expect(does(error)).toBe('retry')
    expect(does(error, { failures: 400, since: 24 * HOUR - 1 })).toBe('retry')
    expect(does(error, { failures: 400, since: 24 * HOUR })).toBe('outOfReach')
    const told = { failures: 400, isDecided: true }
    expect(does(error, { ...told, since: 24 * HOUR })).toBe('retry')
    expect(does(error, { ...told, since: 168 * HOUR })).toBe('give up')
  })

  it('what we did not even send is told at once', () => {
    expect(does(campfire('refused'))).toBe('unpostable')
  })

  it.each<[number, number, boolean, string]>([
    [2, 10 * MINUTE, false, 'retry'],
    [3, 2 * MINUTE - 1, false, 'retry'],
    [3, 2 * MINUTE, false, 'apologize'],
    [30, 20 * HOUR, false, 'apologize'],
    [30, 20 * HOUR, true, 'retry'],
  ])('%i refusals in %i ms, and a sentence was tried: %s', (count, ms, hasApologized, expected) => {
    const refusals = { count, for: ms, hasApologized }
    for (const kind of ['forbidden', 'broken', 'moved'] as const) {
      expect(does(campfire(kind), { refusals })).toBe(expected)
      expect(does(campfire(kind), { refusals, isDecided: true })).toBe('retry')
    }
    expect(does(campfire('unreachable'), { refusals })).toBe('retry')
  })

  it('it is tried every 10 seconds for five minutes, and then less and less', () => {
    const waits = (random: number) =>
      [0, 5 * MINUTE - 1, 5 * MINUTE, 20 * MINUTE, HOUR, 23 * HOUR].map((since) => {
        const consequence = afterFailure(campfire('unreachable'), {
          ...first,
          failures: 90,
          since,
          random,
        })
        return consequence.does === 'retry' && consequence.in
      })
    const most = [10_000, 10_000, 60_000, 240_000, 300_000, 300_000]
    expect(waits(1)).toEqual(most)
    expect(waits(0)).toEqual(most.map((ms) => ms / 2))
    expect(delays(campfire('unreachable'), 1, [1, 2, 3, 4])).toEqual([2_000, 4_000, 8_000, 10_000])
  })
})

it.each([new Error('a bug of ours'), 'thrown as it is', null])(
  'anything else, as %s, is tried three times',
  (error) => {
    const consequences = [1, 2, 3].map((failures) => does(error, { failures, fallback: true }))
    expect(consequences).toEqual(['retry', 'retry', 'failed'])
    expect(delays(error, 1, [1, 2])).toEqual([1_000, 2_000])
  },
)

it.each<[Ask['method'], number]>([
  ['POST', 1],
  ['PATCH', 1],
  ['GET', 0],
  ['DELETE', 0],
])('a %s that is refused says of our words that they were, so often: %s', (method, refusals) => {
  const error = new CampfireError('unreadable', { ...create, method })
  expect(outageAfter(null, error, 1_000)?.refusals).toBe(refusals)
})

it('a retry is always later, and never later than ten minutes', () => {
  const kinds = fc.constantFrom<CampfireKind>('unreachable', 'banned', 'broken', 'unreadable')
  const errors = fc.oneof(
    kinds.map(campfire),
    fc.tuple(fc.constantFrom('server', 'cut'), fc.nat()).map(([kind, ms]) => model(kind, ms)),
  )
  const tries = fc.record({
    failures: fc.integer({ min: 1, max: 5_000 }),
    since: fc.nat(),
    fallback: fc.boolean(),
    random: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  fc.assert(
    fc.property(errors, tries, (error, tries) => {
      const consequence = afterFailure(error, tries)
      return consequence.does !== 'retry' || (consequence.in >= 500 && consequence.in <= 600_000)
    }),
  )
})
