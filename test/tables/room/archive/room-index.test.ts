import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  afterPage,
  afterReading,
  firstState,
  type IndexState,
  nextDue,
} from '../../../../src/tables/room/archive/index-state.ts'
import { type Pages, RoomIndex } from '../../../../src/tables/room/archive/room-index.ts'
import { Archive } from '../../../../src/tables/room/archive.ts'
import { Facts } from '../../../../src/tables/room/facts.ts'
import { Numbers } from '../../../../src/tables/room/messages/numbers.ts'
import { inRoom, type Rows } from '../../../support/rows.ts'

const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = 20_000 * DAY
const LIMITS = { historyDays: 365, indexPerDay: 3_000 }

/** From one number to another, all of them; the newest is said now, and each an hour after the one before. */
function page(low: number, high: number, more = true): Pages {
  const ids = Array.from({ length: high - low + 1 }, (_, index) => low + index)
  const heard = ids.map((id) => ({ id, author: 1, name: 'David', at: NOW, text: `said ${id}` }))
  return {
    low: { id: low, at: NOW - (1_000 - low) * HOUR },
    high,
    more,
    count: heard.length,
    heard,
  }
}

function open({ sql }: Pick<Rows, 'sql'>) {
  return new RoomIndex(sql, { facts: new Facts(sql), numbers: new Numbers(sql) })
}

function numbersIn({ sql }: Pick<Rows, 'sql'>) {
  return sql.exec<{ id: number }>('SELECT rowid AS id FROM said ORDER BY rowid').toArray()
}

/** Listed backwards, in so many pages of forty. */
function listed(...pages: Pages[]): IndexState {
  return pages.reduce((state, one) => afterPage(state, one, NOW, LIMITS), firstState())
}

describe('what is listed next', () => {
  const begun = listed(page(961, 1_000), page(921, 960))

  it.each<[string, IndexState | null, Partial<IndexState>]>([
    ['the newest page at first', firstState(), { next: { before: null, at: null } }],
    ['the page before the oldest', begun, { top: 1_000, listed: 80, next: at(921) }],
    ['nothing after the first message', listed(page(1, 1, false)), { next: null, isWhole: true }],
    ['nothing of what is too old', listed(page(100, 139)), { top: 139 }],
    [
      'the same, where a turn has read all that is new',
      afterReading(begun, page(990, 1_010)),
      {
        top: 1_010,
        next: at(921),
        gap: null,
      },
    ],
    [
      'what no turn has read, and then what is older',
      afterReading(begun, page(1_200, 1_240)),
      {
        top: 1_240,
        next: at(1_200),
        gap: { until: 1_000, after: at(921) },
      },
    ],
    [
      'what is older, when the gap is closed',
      afterPage(afterReading(begun, page(1_020, 1_050)) ?? begun, page(990, 1_019), NOW, LIMITS),
      { top: 1_050, next: at(921), gap: null },
    ],
  ])('is %s', (_, state, wanted) => {
    expect(state).toMatchObject(wanted)
  })

  it('is nothing more where so many days are read', () => {
    const short = { ...LIMITS, historyDays: 10 }
    expect(afterPage(firstState(), page(700, 739), NOW, short)).toMatchObject({
      next: null,
      isWhole: false,
    })
  })

  it('is nothing more after 20,000 messages', () => {
    const many = { ...begun, listed: 19_960 }
    expect(afterPage(many, page(881, 920), NOW, LIMITS).next).toBeNull()
    expect(afterPage({ ...many, listed: 19_959 }, page(881, 920), NOW, LIMITS).next).not.toBeNull()
  })

  it.each([
    ['a second after a page', begun, SECOND],
    ['the next day, where so many were listed today', { ...begun, today: 3_000 }, DAY + 7],
    ['at once on a new day', { ...begun, day: begun.day - 1, today: 3_000, due: NOW }, 0],
    ['a minute after one failure', afterFailure(begun, NOW), 60 * SECOND],
    ['ten minutes after two', afterFailure(afterFailure(begun, NOW), NOW), 600 * SECOND],
  ])('is due %s', (_, state, after) => {
    expect(nextDue(state, NOW, LIMITS, 7)).toBe(NOW + after)
  })

  function at(before: number) {
    return { before, at: NOW - (1_000 - before) * HOUR }
  }
})

describe('the index of a room', () => {
  it('is a row for each message, and one for how far it reaches', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      rows.cost()
      index.add(page(961, 1_000), NOW, LIMITS)
      expect(rows.cost().written).toBe(41)
      // As after a crash: it is listed again, and nothing is kept twice.
      index.add(page(961, 1_000), NOW, LIMITS)
      expect(rows.cost().written).toBeLessThanOrEqual(1)
      expect(numbersIn(rows)).toHaveLength(40)
    })
  })

  it('of 20,000 messages is 20,500 rows, and whoever says forget waits no second for it', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      const words =
        'the third draft reads better than the second one, and the budget is twelve '.repeat(2)
      for (let high = 20_000; high > 0; high -= 40) {
        const one = page(high - 39, high)
        index.add(
          { ...one, heard: one.heard.map((said) => ({ ...said, text: words + said.id })) },
          NOW,
          LIMITS,
        )
      }
      expect(rows.cost().written).toBeLessThanOrEqual(20_500)
      const archive = new Archive(rows.sql)
      expect(archive.search({ words: 'budget 4711', limit: 10 })).toHaveLength(1)
      expect(rows.cost().read).toBeLessThan(500)
      archive.forget(1)
      expect(numbersIn(rows)).toEqual([])
    })
  }, 60_000)

  it('is a row for each message overheard, and no other while a page still shows what is known', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      index.add(page(961, 1_000), NOW, LIMITS)
      rows.cost()
      index.hear(page(965, 1_002))
      expect(rows.cost().written).toBe(40 - 38 + 0)
      index.hear(page(1_000, 1_003))
      expect(rows.cost().written).toBe(1)
      // Whoever wakes anew knows less, and finds the rest on the page.
      const again = open(rows)
      again.hear(page(1_000, 1_004))
      expect(again.get()).toMatchObject({ top: 1_004, gap: null })
      expect(rows.cost().written).toBe(1)
      again.hear(page(1_001, 1_005))
      expect(rows.cost().written).toBe(1 + 1)
    })
  })

  it('is begun by a life that came to no page, and by none where nobody needs it', async () => {
    await inRoom((rows) => {
      expect(open(rows).get()).toBeNull()
      rows.sql.exec(
        `INSERT INTO turns (id, session, kind, state, asker, asker_name, tier, taken_through, started)
         VALUES (1, 1, 'talk', 'replied', 1, 'David', 'cold', 1, 0)`,
      )
      rows.sql.exec(
        `INSERT INTO tool_uses (turn, step, number, id, name, state)
         VALUES (1, 1, 1, 'toolu_1', 'search_conversation', 'ok')`,
      )
      expect(open(rows).get()).toMatchObject({ next: { before: null } })
      expect(open(rows).isStored).toBe(false)
    })
  })

  it('goes on above a message that is gone, and below one that no page shows', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      index.add(page(961, 1_000), NOW, LIMITS)
      index.goOnAbove(NOW)
      expect(index.cursor()).toBe(962)
      expect(index.passOver(NOW)).toBe(true)
      expect(index.cursor()).toBe(961)
      expect(index.passOver(NOW)).toBe(false)
    })
  })

  it('lists nothing more where all is listed, not the newest page again', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      expect(index.cursor()).toBeNull()
      index.add(page(1, 40, false), NOW, LIMITS)
      expect(index.cursor()).toBeUndefined()
    })
  })

  it('is switched off with all that was overheard, and no other words', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      index.add(page(961, 1_000), NOW, LIMITS)
      rows.sql.exec('UPDATE said SET overheard = 0 WHERE rowid = 970')
      index.switchOff()
      expect(numbersIn(rows)).toEqual([{ id: 970 }])
      expect(open(rows).get()).toBeNull()
    })
  })

  it('begins anew in a Campfire that was restored', async () => {
    await inRoom((rows) => {
      const index = open(rows)
      index.begin()
      index.add(page(961, 1_000), NOW, LIMITS)
      new Numbers(rows.sql).begin({ epoch: 1, from: 500, turn: 0, since: 0 })
      expect(index.cursor()).toBeNull()
      expect(numbersIn(rows)).toEqual([])
    })
  })
})
