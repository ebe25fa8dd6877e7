import { describe, expect, it, vi } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const WOOD = {
  action: 'add',
  texts: ['Order wood'],
  due: '2036-12-04',
  remind: '2036-12-04T09:00:00',
}

/** Asks, and the model uses the list so before it answers. Gives back what it was told. */
async function using(input: object, asker = world.david) {
  change({ reply: 'whole', timeZone: 'Europe/Berlin' })
  world.model.uses('list', input).says('Done.')
  await world.asks(asker, 'please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return JSON.parse(String(row?.result))
}

/** Kevin is known, and can be rung. */
async function onTuesday() {
  vi.setSystemTime(TUESDAY)
  world.model.says('Hi.')
  const what = { text: 'we are here', mentions: [world.assistant, world.kevin] }
  await world.posts(world.david, what)
  await world.rings()
}

function reminded() {
  return world
    .answers()
    .filter((text) => text.includes('⏰'))
    .map((text) => text.replace('⏰ ', '').replace(/\s*\n+\s*/g, ' | '))
}

describe('an item with a day', () => {
  it('reminds whoever it is for, where that was asked for, and says when', async () => {
    await onTuesday()
    const { result } = await using({ ...WOOD, assignee: 'Kevin' })

    expect(result.told).not.toContain('reminds nobody')
    expect(result.reminders).toMatchObject(
      [
        {
          number: 1,
          text: 'Order wood',
          for: 'Kevin',
          next: /^Thursday, 4 December 2036 at 09:00/,
        },
      ].map((one) => ({ ...one, next: expect.stringMatching(one.next) })),
    )
    await world.passesBy(3 * DAY)
    expect(reminded()).toEqual(['@Kevin | Order wood | Reminder 1, from David.'])
  })

  it.each([
    ['is done', { action: 'done', numbers: [1] }],
    ['is removed', { action: 'remove', numbers: [1] }],
    ['goes with its list', { action: 'remove', list: 'to do' }],
    ['has no day any more', { action: 'due', numbers: [1], due: 'none' }],
    ['has another day', { action: 'due', numbers: [1], due: '2036-12-05' }],
  ])('reminds nobody once it %s, also by somebody else', async (_, input) => {
    await onTuesday()
    await using(WOOD)
    const { result } = await using(input, world.jason)

    expect(result.told).toMatch(/Nobody is reminded of it any more \(1\)/)
    await world.passesBy(4 * DAY)
    expect(reminded()).toEqual([])
  })

  it('reminds at the new time where its day is changed with one, and whoever it was given to', async () => {
    await onTuesday()
    await using(WOOD)
    const to = { due: '2036-12-05', remind: '2036-12-05T08:00:00' }
    await using({ action: 'due', numbers: [1], ...to })
    await using({ action: 'assign', numbers: [1], assignee: 'Kevin' })

    await world.passesBy(2 * DAY)
    expect(reminded()).toEqual([])
    await world.passesBy(DAY + HOUR)
    expect(reminded()).toEqual(['@Kevin | Order wood | Reminder 2, from David.'])
  })

  it('is not even added where its reminder is refused', async () => {
    await onTuesday()
    const told = await using({ ...WOOD, remind: '2036-12-01T09:00:00' })

    expect(told).toMatchObject({ ok: false, error: expect.stringMatching(/is over/) })
    expect(await world.rows('SELECT count(*) AS items FROM list_items')).toEqual([{ items: 0 }])
    expect(await world.rows('SELECT count(*) AS lists FROM lists')).toEqual([{ lists: 0 }])
  })

  it('is nobody’s reminder by its day alone', async () => {
    await onTuesday()
    const { remind: _, ...day } = WOOD
    expect((await using(day)).result.told).toMatch(/The day alone reminds nobody/)
    expect(await world.rows('SELECT count(*) AS all_ FROM reminders')).toEqual([{ all_: 0 }])
  })
})
