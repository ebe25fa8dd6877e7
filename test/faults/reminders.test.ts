import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

// What went wrong with reminders elsewhere. While the bot is busy: see stories/reminds-people.test.ts, which
// has a death before and after the post as well.

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const bank = { action: 'add', text: 'Call the bank', at: '2036-12-02T12:00:00' }
const cancel = { action: 'cancel', number: 1 }

async function using(input: object) {
  change({ reply: 'whole', timeZone: 'Europe/Berlin', ttlMinutes: 400 * 1_440 })
  world.model.uses('reminders', input).says('Done.')
  await world.asks(world.david, 'please')
}

function reminded() {
  return world.answers().filter((text) => text.includes('⏰'))
}

/** When each was due, as a clock in UTC shows it. */
async function dues() {
  const rows = await world.rows('SELECT due FROM reminder_posts ORDER BY id')
  return rows.map(({ due }) => new Date(Number(due)).toISOString().slice(5, 16))
}

describe('a reminder', () => {
  it('does not come twice, however often its room starts anew at its time and after', async () => {
    vi.setSystemTime(TUESDAY)
    await using(bank)
    for (const minutes of [90, 90, 91, 95, 200]) {
      await evictDurableObject(world.room())
      vi.setSystemTime(TUESDAY + minutes * MINUTE)
      await world.rings()
    }

    expect(reminded()).toHaveLength(1)
  })

  it('comes once where the clock is turned back before its time, and again behind it', async () => {
    vi.setSystemTime(TUESDAY)
    await using(bank)
    await world.passesBy(80 * MINUTE)
    vi.setSystemTime(TUESDAY + 20 * MINUTE)
    await world.rings()
    expect(reminded()).toEqual([])
    await world.passesBy(80 * MINUTE)
    expect(reminded()).toHaveLength(1)

    vi.setSystemTime(TUESDAY + 60 * MINUTE)
    await world.passesBy(2 * HOUR)
    expect(reminded()).toHaveLength(1)
  })

  it('comes at nine where people are, on either side of a change of their clocks', async () => {
    vi.setSystemTime(Date.parse('2036-10-25T12:00:00Z'))
    await using({ action: 'add', text: 'Standup', cron: '0 9 * * *', whom: 'room' })
    await world.passesBy(2 * DAY)

    expect(await dues()).toEqual(['10-26T08:00', '10-27T08:00'])
    vi.setSystemTime(Date.parse('2037-03-28T12:00:00Z'))
    await world.rings()
    await world.passesBy(DAY)
    expect((await dues()).at(-1)).toBe('03-29T07:00')
  })

  it('of every half hour stays at the half hour, however late each of them is told', async () => {
    vi.setSystemTime(TUESDAY)
    await using({ action: 'add', text: 'Drink', cron: '*/30 * * * *', whom: 'room' })
    for (const late of [37, 71, 99]) {
      vi.setSystemTime(TUESDAY + late * MINUTE)
      await world.rings()
    }

    expect(await dues()).toEqual(['12-02T10:00', '12-02T10:30', '12-02T11:00'])
    expect(await world.rows('SELECT next FROM reminders')).toEqual([
      { next: TUESDAY + 120 * MINUTE },
    ])
  })

  it('whose time went by while nothing ran comes at the start, once, and says how late', async () => {
    vi.setSystemTime(TUESDAY)
    await using(bank)
    await evictDurableObject(world.room())
    vi.setSystemTime(TUESDAY + 3 * DAY)
    await world.rings()
    await world.rings()

    expect(reminded()).toEqual([expect.stringMatching(/Sorry, this is 3 days late/)])
  })

  it('that is cancelled while it is on its way stands once, and never comes again', async () => {
    vi.setSystemTime(TUESDAY)
    await using({ action: 'add', text: 'Drink', cron: '*/30 * * * *', whom: 'room' })
    const gate = Promise.withResolvers<void>()
    let held = 0
    world.fault = async (request, when) => {
      const isPost = request.method === 'POST' && request.url.endsWith('/messages')
      if (isPost && when === 'before' && held++ === 0) await gate.promise
      return undefined
    }
    world.model.uses('reminders', cancel).says('Cancelled.')
    vi.setSystemTime(TUESDAY + 30 * MINUTE)
    const ringing = world.rings()
    await until(() => held === 1)
    await world.says(world.david, 'cancel it')
    await vi.waitFor(async () =>
      expect(await world.rows('SELECT state FROM reminders')).toEqual([{ state: 'cancelled' }]),
    )
    gate.resolve()
    await ringing
    await world.passesBy(3 * HOUR)

    expect(reminded()).toHaveLength(1)
    expect(world.answers()).toContain('Cancelled.')
    expect(await world.rows('SELECT state, next FROM reminders')).toEqual([
      { state: 'cancelled', next: null },
    ])
  })
})
