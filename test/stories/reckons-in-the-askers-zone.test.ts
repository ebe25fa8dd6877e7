import { beforeEach, describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin and 18:30 in Tokyo. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const BANK = { action: 'add', text: 'Call the bank', at: '2036-12-02T19:00:00' }

beforeEach(async () => {
  vi.setSystemTime(TUESDAY)
  change({ reply: 'whole', timeZone: 'Europe/Berlin' })
  world.model.uses('memory', { action: 'remember', of: 'me', fact: 'time zone: Asia/Tokyo' })
  world.model.says('Noted.')
  await world.asks(world.david, 'I live in Tokyo')
  world.model.says('Hi.')
  await world.asks(world.jason, 'hello')
})

async function using(input: object, by = world.david) {
  world.model.uses('reminders', input).says('Done.')
  await world.asks(by, 'please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return JSON.parse(String(row?.result))
}

function nextTimes() {
  return world.rows('SELECT next, zone FROM reminders')
}

it('the model is told what their clock shows, to reckon from', async () => {
  world.model.says('Hi.')
  await world.asks(world.david, 'remind me in two hours')

  const read = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
  expect(read).toContain('time zone: Asia/Tokyo (it was 2036-12-02 18:30 GMT+9 there when they')
})

describe('a time that somebody names', () => {
  it('to snooze by is of where they are, and not of whoever set the reminder', async () => {
    await using({ ...BANK, whom: 'Jason' })
    await world.passesBy(30 * MINUTE)
    const snooze = { action: 'snooze', number: 1, at: '2036-12-02T11:10:00' }
    const { result } = await using(snooze, world.jason)

    expect(result.next).toBe('Tuesday, 2 December 2036 at 11:10 (Europe/Berlin, GMT+1)')
    expect(await nextTimes()).toMatchObject([{ next: Date.parse('2036-12-02T10:10:00Z') }])
  })

  it('to snooze by is of the zone that they have told, also where the reminder has another', async () => {
    await using({ ...BANK, at: '2036-12-02T11:00:00', whom: 'David' }, world.jason)
    await world.passesBy(30 * MINUTE)
    const { result } = await using({ action: 'snooze', number: 1, at: '2036-12-02T19:10:00' })

    expect(result.next).toBe('Tuesday, 2 December 2036 at 19:10 (Asia/Tokyo, GMT+9)')
  })

  it('to change a reminder to is of where they are', async () => {
    await using({ ...BANK, whom: 'Jason' })
    const later = { action: 'change', number: 1, at: '2036-12-02T12:00:00' }
    const { result } = await using(later, world.jason)

    expect(result.next).toBe('Tuesday, 2 December 2036 at 12:00 (Europe/Berlin, GMT+1)')
  })

  it('again and again stays where it is, when another hour or other words are named', async () => {
    const standup = { action: 'add', text: 'Standup', cron: '0 9 * * *', zone: 'America/New_York' }
    await using({ ...standup, whom: 'room' })
    await using({ action: 'change', number: 1, text: 'Stand up' })
    const { result } = await using({ action: 'change', number: 1, cron: '0 10 * * *' })

    expect(result.next).toBe('Tuesday, 2 December 2036 at 10:00 (America/New_York, GMT-5)')
    expect(await nextTimes()).toEqual([{ next: TUESDAY + 5.5 * HOUR, zone: 'America/New_York' }])
  })
})
