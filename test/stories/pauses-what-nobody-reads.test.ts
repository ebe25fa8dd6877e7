import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const BRIEFING = { action: 'add', isPrompt: true, text: 'Summarise.', cron: '0 9 * * MON' }
const PAUSED = /hasn't been here for 90 days/

beforeEach(() => {
  vi.setSystemTime(TUESDAY)
  change({ reply: 'whole', timeZone: 'Europe/Berlin', ttlMinutes: 800 * 1_440 })
})

async function sets(input: object, by = world.david) {
  world.model.uses('reminders', input).says('Done.')
  await world.asks(by, 'please')
}

/** Weeks go by, and in each of them somebody says something to the others. */
async function weeks(count: number, who: { id: number } | null) {
  for (let week = 0; week < count; week++) {
    if (who) await world.posts(who, { text: `Week ${week}: all is well.` })
    world.model.says('A quiet week.')
    await world.passesBy(7 * DAY)
  }
  world.model.forget()
}

function paused() {
  return world.answers().filter((text) => PAUSED.test(text))
}

describe('what somebody has set up to be done again and again', () => {
  it('goes on while they talk here, though to others only', async () => {
    await sets(BRIEFING)
    await weeks(15, world.david)

    expect(paused()).toEqual([])
    expect(await world.rows('SELECT state FROM reminders')).toEqual([{ state: 'open' }])
  })

  it('rests when others talk, and they do not; it goes on when they have it changed', async () => {
    await sets(BRIEFING)
    await weeks(15, world.jason)

    expect(paused()).toEqual([expect.stringMatching(/^David hasn't been here/)])
    await sets({ action: 'change', number: 1, cron: '0 9 * * MON' })
    world.model.says('Back again.')
    await world.passesBy(7 * DAY)
    expect(world.answers().at(-1)).toBe('Back again.')
  })

  it('rests 90 days after they have said the last, and not before', async () => {
    await sets(BRIEFING)
    await weeks(5, world.david)
    await weeks(12, null)
    expect(paused()).toEqual([])

    await weeks(3, null)
    expect(paused()).toHaveLength(1)
  })

  it('and comes as it is, with no turn of the bot, is not counted as theirs to read', async () => {
    await sets({ action: 'add', text: 'Standup', cron: '0 9 * * MON', whom: 'room' })
    await world.passesBy(140 * DAY)

    expect(paused()).toEqual([])
    expect(world.answers().filter((text) => text.includes('Standup'))).toHaveLength(20)
  })
})

it('looks who is here with no write for each message of theirs', async () => {
  await sets(BRIEFING)
  const seen = async () => {
    await world.posts(world.david, { text: 'All is well.' })
    world.model.says('Hi.')
    await world.asks(world.jason, 'hello')
    return await world.rows("SELECT value FROM facts WHERE name = 'askers seen'")
  }
  const [first] = await seen()
  await world.passesBy(DAY)

  expect(first).toEqual({ value: JSON.stringify({ [world.david.id]: TUESDAY }) })
  expect(await seen()).toEqual([first])
})
