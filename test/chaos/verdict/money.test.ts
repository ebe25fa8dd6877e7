import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../../src/sentences.ts'
import { Book } from '../book.ts'
import { standingOf } from '../standing.ts'
import type { World } from '../world.ts'
import { judgeMoney, LimitNews, lookAtLimits } from './money.ts'
import type { Turn } from './scene.ts'

const LIMIT = { for: 'installation', per: 'day', usd: 1 } as const
const PASSED = ['a limit passed', 'reserved for nothing']
const UNTIL = 'Monday, November 30 at 12:00 AM UTC'
const YOURS = SENTENCES.limit.yours(UNTIL)
const ROOMS = SENTENCES.limit.room(UNTIL)

describe('what a world with limits has come to', () => {
  it.each<[string, Partial<Money>, string[]]>([
    ['nothing out of order', {}, []],
    ['all of it spent', { spentUsd: 1 }, []],
    ['more spent and reserved than there is', { spentUsd: 0.9, reservedUsd: 0.2 }, PASSED],
    ['a call that came to more than was reserved', { excessUsd: 0.1 }, ['a limit passed']],
    ['something out with nobody at work', { reservedUsd: 0.1 }, ['reserved for nothing']],
    ['less booked than was paid', { booked: 6 }, ['sums unlike receipts']],
    ['more told than was paid', { told: 8 }, ['sums unlike receipts']],
  ])('%s', async (_, money, claims) => {
    const book = new Book()
    const world = worldOf(money)
    await lookAtLimits(world)
    await judgeMoney(world, book)

    expect([...new Set(book.findings.map(({ claim }) => claim))]).toEqual(claims)
  })

  it.each<
    [string, [number, number, string | null, ('answered' | 'failed' | 'grown')?][], string[]]
  >([
    [
      'told once, and then met with silence',
      [
        [1, 4, YOURS],
        [2, 4, null],
      ],
      [],
    ],
    [
      'told each for themselves',
      [
        [1, 4, YOURS],
        [1, 5, YOURS],
      ],
      [],
    ],
    [
      'told of their room in each room',
      [
        [1, 4, ROOMS],
        [2, 4, ROOMS],
      ],
      [],
    ],
    [
      'told twice of the same',
      [
        [1, 4, YOURS],
        [2, 4, YOURS],
      ],
      ['told of a limit twice'],
    ],
    [
      'told twice of the same, by turns that had not been answered yet',
      [
        [1, 4, YOURS],
        [2, 4, YOURS, 'failed'],
      ],
      ['told of a limit twice'],
    ],
    [
      'told again by a turn that had begun to answer',
      [
        [1, 4, YOURS],
        [2, 4, YOURS, 'answered'],
        [3, 4, null],
      ],
      [],
    ],
    [
      'told again in the place of half an answer',
      [
        [1, 4, YOURS],
        [2, 4, YOURS, 'grown'],
      ],
      [],
    ],
    [
      'told again each time that they say yes to something',
      [
        [1, 4, YOURS],
        [2, 4, `${YOURS} ${SENTENCES.limit.yesWaits}`],
        [3, 4, `${YOURS} ${SENTENCES.limit.yesWaits}`],
        [4, 4, null],
      ],
      [],
    ],
    [
      'told by such a turn alone, and then met with silence',
      [
        [1, 4, YOURS, 'answered'],
        [2, 4, null],
      ],
      [],
    ],
    [
      'met with silence, and never told',
      [
        [1, 4, YOURS],
        [1, 5, null],
      ],
      ['lost'],
    ],
  ])('people are %s', async (_, turns, claims) => {
    const book = new Book()
    const world = worldOf({})
    for (const [id, [room, person, plain, step]] of turns.entries()) {
      const posts = plain === null ? [] : [standingOf({ id, plain, file: null })]
      const turn: Partial<Turn> = {
        ...(plain === null ? { state: 'silent', reason: 'limit' } : { state: 'failed' }),
        requests: step ? [{ step: 1, state: step, request: 'req_1' }] : [],
        reference: '3-1-1',
      }
      world.limitNews.note(room, person, { turn: turn as Turn, posts, hasGrown: step === 'grown' })
    }
    await judgeMoney(world, book)

    expect(book.findings.map(({ claim }) => claim)).toEqual(claims)
  })
})

interface Money {
  spentUsd: number
  reservedUsd: number
  excessUsd: number
  booked: number
  told: number
}

/** As much of a world as this judge reads. */
function worldOf({ booked = 7, told = 7, ...money }: Partial<Money>) {
  const times = { from: '2026-11-29T00:00:00.000Z', until: '2026-11-30T00:00:00.000Z' }
  const budget = { ...LIMIT, ...times, spentUsd: 0, reservedUsd: 0, excessUsd: 0, ...money }
  return {
    limits: [LIMIT],
    looks: 0,
    passed: new Set(),
    limitNews: new LimitNews(),
    restored: null,
    worker: {
      budgets: async () => ({ broken: null, from: 'variable', timeZone: 'UTC', budgets: [budget] }),
      money: async () => ({ booked, told, receipts: 7 }),
    },
  } as unknown as World
}
