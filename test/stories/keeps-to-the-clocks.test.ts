import { expect, it, vi } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** Sets it up at that time, where the bot's clock is there; gives back what the model was told of it. */
async function sets(at: string, input: object, timeZone: string) {
  vi.setSystemTime(Date.parse(at))
  change({ reply: 'whole', timeZone, ttlMinutes: 400 * 1_440 })
  world.model.uses('reminders', { action: 'add', text: 'Stretch', whom: 'room', ...input })
  world.model.says('Done.')
  await world.asks(world.david, 'please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return JSON.parse(String(row?.result)).result
}

/** When each stood in the room, by a clock in UTC. */
function stood() {
  const posts = world.campfire.postsOf(world.assistant, world.watercooler)
  return posts
    .filter(({ plain }) => plain.includes('Stretch'))
    .map(({ at }) => new Date(at).toISOString().slice(5, 16))
}

// What a clock leaps over comes at the leap; what it shows twice comes once, the first time.
it.each([
  ['Europe/Berlin', '2037-03-28T00:00Z', '30 2 * * *', '03-28T01:30 03-29T01:00 03-30T00:30'],
  ['Europe/Berlin', '2037-10-24T00:00Z', '30 2 * * *', '10-24T00:30 10-25T00:30 10-26T01:30'],
  ['America/New_York', '2037-03-07T00:00Z', '30 2 * * *', '03-07T07:30 03-08T07:00 03-09T06:30'],
  ['America/New_York', '2037-10-31T00:00Z', '30 1 * * *', '10-31T05:30 11-01T05:30 11-02T06:30'],
  ['Australia/Lord_Howe', '2037-10-03T00:00Z', '15 2 * * *', '10-03T15:30 10-04T15:15 10-05T15:15'],
  ['Australia/Lord_Howe', '2037-04-03T00:00Z', '45 1 * * *', '04-03T14:45 04-04T14:45 04-05T15:15'],
])('a daily reminder in %s from %s on (%s) comes once a day', async (zone, at, cron, times) => {
  await sets(at, { cron }, zone)
  await world.passesBy(3 * DAY)

  expect(stood().join(' ')).toBe(times)
})

it.each([
  [
    '2037-03-29T02:30:00',
    '2037-03-28T00:00Z',
    'Sunday, 29 March 2037 at 03:00 (Europe/Berlin, GMT+2)',
  ],
  [
    '2037-10-25T02:30:00',
    '2037-10-24T00:00Z',
    'Sunday, 25 October 2037 at 02:30 (Europe/Berlin, GMT+2)',
  ],
])(
  'a reminder at %s, which no clock shows or which it shows twice, is said back',
  async (at, now, said) => {
    const { next } = await sets(now, { at }, 'Europe/Berlin')
    await world.passesBy(3 * DAY)

    expect(next).toBe(said)
    expect(stood()).toHaveLength(1)
  },
)

it.each([
  ['Europe/Berlin', '08:00 08:00 07:00'],
  ['America/New_York', '14:00 14:00 13:00'],
  ['Asia/Tokyo', '00:00 00:00 00:00'],
])('on the last working day of the month in %s', async (zone, hours) => {
  const { next, after_that } = await sets('2037-01-05T12:00Z', { cron: '0 9 LW * *' }, zone)
  await world.passesBy(90 * DAY)

  expect(next).toMatch(/^Friday, 30 January 2037 at 09:00/)
  expect(after_that).toMatch(/^Friday, 27 February 2037 at 09:00/)
  const [january, february, march] = hours.split(' ')
  expect(stood()).toEqual([`01-30T${january}`, `02-27T${february}`, `03-31T${march}`])
})
