import { describe, expect, it } from 'vitest'
import type { RoomOverview } from '../../../src/operator/schemas.ts'
import type { World } from '../world.ts'
import { hasReason } from './done.ts'
import type { Turn } from './scene.ts'

const NOON = Date.UTC(2026, 10, 29, 12)
const doubtful = { part: 1, message: null, state: 'doubtful' } as const

describe('what is left when there was time enough', () => {
  it.each<[string, Partial<Turn>, boolean]>([
    ['rests until a time of its own', { dueAt: at(4), endedAt: null }, true],
    ['would rest for too long', { dueAt: at(6), endedAt: null }, false],
    ['is past its time', { dueAt: at(-1), endedAt: null }, false],
    ['is at work, and does nothing', { endedAt: null }, false],
    ['is over, whatever it had to wait for', { dueAt: at(4) }, false],
  ])('is behind a turn that %s', (_, changes, isExcused) => {
    const over = { endedAt: at(-1), replies: [{ ...doubtful, state: 'posted' as const }] }
    expect(hasReason(worldOf('rails'), overviewOf({ ...over, ...changes }), half)).toBe(isExcused)
  })

  it.each<[World['dialect'], Partial<Turn>, boolean]>([
    ['v1.4.9', { replies: [doubtful] }, true],
    ['v1.4.9', { replies: [doubtful], messages: [8] }, false],
    ['v1.4.9', { replies: [] }, false],
    ['rails', { replies: [doubtful] }, false],
  ])('on %s was sent, and nobody can say whether it stands: %o', (dialect, changes, isExcused) => {
    const overview = overviewOf({ state: 'failed', endedAt: at(-1), ...changes })
    expect(hasReason(worldOf(dialect), overview, { question: asked })).toBe(isExcused)
    expect(hasReason(worldOf(dialect), overview, half)).toBe(false)
  })

  it.each([
    ['parked', '100-1-5', true],
    ['parked', '100-1-4', false],
    ['running', '100-1-5', false],
  ] as const)(
    'was said while an answer grew, of whose turn, %s, a sentence with %s stands above it',
    (state, reference, isExcused) => {
      const world = worldOf('rails')
      const sentence = { id: 6, plain: `Sorry, I've stopped trying (${reference}).`, file: null }
      Object.assign(world.campfire, { postsOf: () => [sentence] })
      const endedAt = state === 'parked' ? at(-1) : null
      const overview = overviewOf({ state, endedAt })
      expect(hasReason(world, overview, { question: asked })).toBe(isExcused)
    },
  )
})

it.each([
  ['put back', 'in time', 4, true],
  ['put back', 'too late', 6, false],
  ['put back', 'already', -1, false],
  ['not put back', 'in time', 4, false],
])(
  'what is left when the clock was %s, and would have rung %s, is excused: %i, %s',
  (clock, _, minutes, isExcused) => {
    const world = worldOf('rails', clock === 'put back')
    const alarm = Date.now() + minutes * 60_000

    expect(hasReason(world, overviewOf({}), half, alarm)).toBe(isExcused)
  },
)

const half = { question: null }
const asked = {
  id: 7,
  room: 1,
  saying: { kind: 'says', person: 1 },
  sent: 1,
  acknowledged: 2,
  deleted: false,
} as never

function overviewOf(changes: Partial<Turn>) {
  const turn = {
    id: 5,
    reference: '100-1-5',
    kind: 'talk',
    state: 'running',
    startedAt: at(-2),
    endedAt: null,
    dueAt: null,
    messages: [7],
    replies: [],
    ...changes,
  }
  return { room: 1, turns: [turn] } as unknown as RoomOverview
}

/** As much of a world as this judge reads. */
function worldOf(dialect: World['dialect'], wentBack = false) {
  return {
    dialect,
    clock: { workers: NOON, wentBack },
    restored: null,
    bot: { id: 100 },
    campfire: { postsOf: () => [] },
    crowd: { removed: [] },
    deliveries: { questions: new Map() },
    trouble: { listed: new Map(), sent: new Map() },
  } as unknown as World
}

function at(minutes: number) {
  return new Date(NOON + minutes * 60_000).toISOString()
}
