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

  it('rests once for all of it, also where two of it are due in the same minute', async () => {
    for (const text of ['Summarise.', 'Count.']) {
      await sets({ ...BRIEFING, text })
    }
    for (let week = 0; week < 15; week++) {
      world.model.says('A quiet week.').says('None.')
      await world.passesBy(7 * DAY)
    }
    world.model.forget()

    expect(paused()).toEqual([expect.stringContaining('(1, 2)')])
    expect(await world.rows('SELECT state FROM reminders')).toEqual([
      { state: 'paused' },
      { state: 'paused' },
    ])
  })

  describe('and is due less than once in 90 days', () => {
    const YEARLY = { ...BRIEFING, text: 'Greet.', cron: '0 9 1 6 *' }
    const until = (day: string) => world.passesBy(Date.parse(`${day}T06:59:00Z`) - Date.now())

    async function comes(before: () => Promise<unknown>) {
      await sets(YEARLY)
      await until('2037-05-20')
      await before()
      await until('2037-06-01')
      world.model.says('A good summer.')
      await world.passesBy(120_000)
      world.model.forget()
    }

    it('is done for whoever talks to others there, where no turn has looked since', async () => {
      await comes(() => world.posts(world.david, { text: 'Hello, all.' }))
      expect(paused()).toEqual([])
      expect(world.answers().at(-1)).toBe('A good summer.')
    })

    it('rests where they have said nothing for long, though others have', async () => {
      await comes(() => world.posts(world.jason, { text: 'Where is David?' }))
      expect(paused()).toHaveLength(1)
      expect(world.answers().at(-1)).toMatch(PAUSED)
    })

    it('is done where nobody can tell whether they are here', async () => {
      await comes(async () => {
        world.fault = async ({ method, url }, when) =>
          when === 'before' && method === 'GET' && /chat\.example.*messages/.test(url)
            ? new Response('', { status: 500 })
            : undefined
      })
      expect(paused()).toEqual([])
      expect(world.answers().at(-1)).toBe('A good summer.')
    })

    it('is done where the bot dies over the look, which is not tried again', async () => {
      await sets(YEARLY)
      await until('2037-06-01')
      world.model.says('A good summer.')
      let deaths = 0
      world.fault = async ({ method, url }, when) => {
        const isLook = method === 'GET' && /chat\.example.*messages/.test(url)
        if (isLook && when === 'before' && deaths++ === 0) await world.dies()
        return undefined
      }
      vi.setSystemTime(Date.now() + 60_000)
      await world.handles()
      await world.handles()
      await world.passesBy(120_000)

      expect(deaths).toBeGreaterThan(0)
      expect(paused()).toEqual([])
      expect(world.answers().at(-1)).toBe('A good summer.')
    })
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
