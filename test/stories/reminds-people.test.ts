import { describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')

/** At noon of that day, 90 minutes on. */
const bank = { action: 'add', text: 'Call the bank', at: '2036-12-02T12:00:00' }
const hourly = { action: 'add', text: 'Drink water', cron: '0 * * * *', whom: 'room' }

async function using(input: object, { by = world.david, room = world.watercooler } = {}) {
  change({ reply: 'whole', timeZone: 'Europe/Berlin' })
  world.model.uses('reminders', input).says('Done.')
  await world.asks(by, 'please', room)
}

async function onTuesday(input: object, ...more: [Parameters<typeof using>[1]?]) {
  vi.setSystemTime(TUESDAY)
  await using(input, ...more)
}

/** What reminders have said, without their sign. */
function reminded(room = world.watercooler) {
  return world
    .answers(room)
    .filter((text) => text.includes('⏰'))
    .map((text) => text.replace('⏰ ', '').replace(/\s*\n+\s*/g, ' | '))
}

describe('a reminder', () => {
  it('comes at its time, once, with its number', async () => {
    await onTuesday(bank)
    await world.passesBy(90 * MINUTE - 1)
    expect(reminded()).toEqual([])

    await world.passesBy(1)
    expect(reminded()).toEqual(['David Call the bank | Reminder 1.'])
    await world.passesBy(3 * DAY)
    expect(reminded()).toHaveLength(1)
    expect(await world.rows('SELECT state, next FROM reminders')).toEqual([
      { state: 'done', next: null },
    ])
  })

  it('rings whoever is reminded, and nobody else whom its words may name', async () => {
    const mentions = [world.assistant.id, world.jason.id, world.kevin.id]
    await world.posts(world.david, { text: 'look', mentions })
    world.model.says('Yes?')
    await world.rings()
    await onTuesday({ ...bank, text: 'Ask @Kevin', whom: 'Jason' })
    await world.passesBy(90 * MINUTE)

    const post = world.campfire.postsOf(world.assistant, world.watercooler).at(-1)
    const rung = world.campfire.notifications.filter(({ messageId }) => messageId === post?.id)
    expect(reminded()).toEqual(['@Jason | Ask Kevin | Reminder 1, from David.'])
    expect(rung.map(({ who }) => who)).toEqual([world.jason.id])
  })

  it('comes in the room in which it was asked for, in the language of whoever asked', async () => {
    vi.setSystemTime(TUESDAY)
    change({ reply: 'whole', timeZone: 'Europe/Berlin' })
    world.model.uses('reminders', { ...bank, text: 'Bank anrufen' }).says('Gerne.')
    await world.posts(
      world.david,
      { text: 'Kannst du mich bitte um zwölf an die Bank erinnern?' },
      world.direct,
    )
    await world.rings(world.direct)
    await world.passes(90 * MINUTE, world.direct)

    expect(reminded()).toEqual([])
    expect(reminded(world.direct)).toEqual(['Bank anrufen | Erinnerung 1.'])
  })

  it('comes again and again, each time from the calendar', async () => {
    await onTuesday(hourly)
    await world.passesBy(3 * HOUR)

    expect(reminded()).toEqual(Array(3).fill('Drink water | Reminder 1, from David.'))
    const rows = await world.rows('SELECT due FROM reminder_posts ORDER BY id')
    expect(rows.map(({ due }) => Number(due) % HOUR)).toEqual([0, 0, 0])
  })

  it('comes while the bot is busy with an answer', async () => {
    await onTuesday({ ...bank, at: '2036-12-02T10:32:00' })
    const gate = Promise.withResolvers<void>()
    world.model.says('A long story.', { before: () => gate.promise })
    await world.says(world.kevin, 'tell me a story')
    const turn = world.rings()
    await until(() => world.model.prompts.length === 3)
    vi.setSystemTime(TUESDAY + 2 * MINUTE)
    await vi.waitFor(() => expect(reminded()).toHaveLength(1), { timeout: 3_000 })
    gate.resolve()
    await turn

    expect(world.answers()).toEqual([
      'Done.',
      expect.stringContaining('Call the bank'),
      'A long story.',
    ])
  })

  it('is said to be late, and what was missed is not made up for', async () => {
    await onTuesday(hourly)
    await world.passes(4.1 * HOUR)

    expect(reminded()).toEqual([
      'Drink water | Reminder 1, from David. Sorry, this is 36 minutes late. I missed the 3 before it.',
    ])
  })

  it('waits out a Campfire that is down for an hour, and says by how much it is late', async () => {
    await onTuesday(bank)
    world.fault = async (request, when) => {
      const isDown = Date.now() < TUESDAY + 2.5 * HOUR && request.url.includes('chat.example')
      return isDown && when === 'before' ? new Response('', { status: 521 }) : undefined
    }
    await world.passesBy(4 * HOUR)

    expect(reminded()).toEqual([
      expect.stringMatching(
        /^David Call the bank \| Reminder 1\. Sorry, this is 6\d minutes late\.$/,
      ),
    ])
  })

  it('is found again where its post had no answer, and stands once', async () => {
    await onTuesday(bank)
    let lost = 0
    world.fault = async (request, when) => {
      const isPost = request.method === 'POST' && request.url.endsWith('/messages')
      return isPost && when === 'after' && lost++ === 0
        ? new Response('', { status: 504 })
        : undefined
    }
    await world.passesBy(4 * HOUR)

    expect(lost).toBeGreaterThan(0)
    expect(reminded()).toEqual(['David Call the bank | Reminder 1.'])
    expect(await world.rows('SELECT state, next FROM reminder_posts')).toEqual([
      { state: 'posted', next: null },
    ])
  })

  it('that took effect late is removed, and one stands', async () => {
    await onTuesday(bank)
    let late: { url: string; body: string; headers: Headers } | null = null
    world.fault = async (request, when) => {
      const isPost = request.method === 'POST' && request.url.endsWith('/messages')
      if (!isPost || when !== 'before' || late) return undefined
      late = { url: request.url, body: await request.text(), headers: request.headers }
      return new Response('', { status: 504 })
    }
    await world.passesBy(91 * MINUTE)
    expect(reminded()).toHaveLength(1)
    const { url, ...rest } = late ?? { url: '', body: '', headers: new Headers() }
    await world.campfire.handle(new Request(url, { method: 'POST', ...rest }))
    expect(reminded()).toHaveLength(2)
    await world.passesBy(2 * HOUR)

    expect(reminded()).toHaveLength(1)
  })

  it.each(['before', 'after'] as const)(
    'comes once where its room dies %s its post',
    async (side) => {
      await onTuesday(bank)
      let deaths = 0
      world.fault = async (request, when) => {
        const isPost = request.method === 'POST' && request.url.endsWith('/messages')
        if (isPost && when === side && deaths++ === 0) await world.dies()
        return undefined
      }
      vi.setSystemTime(TUESDAY + 90 * MINUTE)
      await world.handles()
      await world.handles()
      await world.passesBy(2 * HOUR)

      expect(deaths).toBeGreaterThan(0)
      expect(reminded()).toEqual(['David Call the bank | Reminder 1.'])
    },
  )

  it('is given up after five deaths, and holds nobody up', async () => {
    await onTuesday(bank)
    let deaths = 0
    world.fault = async (request, when) => {
      const isPost = request.method === 'POST' && request.url.endsWith('/messages')
      if (isPost && when === 'before' && deaths++ < 20) await world.dies()
      return undefined
    }
    vi.setSystemTime(TUESDAY + 90 * MINUTE)
    for (let life = 0; life < 12; life++) {
      await world.handles()
      vi.setSystemTime(Date.now() + 10 * MINUTE)
    }
    expect(deaths).toBe(6)
    expect(await world.rows('SELECT state, next FROM reminder_posts')).toEqual([
      { state: 'given up', next: null },
    ])
    world.fault = null
    world.model.says('Still here.')
    await world.asks(world.kevin, 'are you there?')
    expect(world.answers().at(-1)).toBe('Still here.')
  })

  it('does not come where it was cancelled while it could not be posted', async () => {
    await onTuesday(bank)
    world.fault = async (request) =>
      request.method === 'POST' && Date.now() < TUESDAY + 100 * MINUTE
        ? new Response('', { status: 521 })
        : undefined
    await world.passesBy(95 * MINUTE)
    vi.setSystemTime(TUESDAY + 101 * MINUTE)
    await world.rows("UPDATE reminders SET state = 'cancelled'")
    await world.passesBy(2 * HOUR)

    expect(reminded()).toEqual([])
  })

  it('is not skipped for long by a clock that ran ahead, nor told twice for one put back a little', async () => {
    await onTuesday(hourly)
    await world.passes(40 * MINUTE)
    expect(reminded()).toHaveLength(1)
    // Put back behind the time that was told.
    vi.setSystemTime(TUESDAY + 20 * MINUTE)
    await world.passesBy(30 * MINUTE)
    expect(reminded()).toHaveLength(1)
    await world.passesBy(HOUR)
    expect(reminded()).toHaveLength(2)

    // A year ahead, and back.
    await world.passes(365 * DAY)
    vi.setSystemTime(TUESDAY + 3 * HOUR)
    world.model.says('Hello.')
    await world.asks(world.kevin, 'hello')
    const count = reminded().length
    await world.passesBy(2 * HOUR)
    expect(reminded().length).toBe(count + 2)
  })

  it('is snoozed by whoever quotes it, and comes once more', async () => {
    await onTuesday(bank)
    await world.passesBy(90 * MINUTE)
    const [post] = world.campfire.postsOf(world.assistant, world.watercooler).slice(-1)
    world.model.uses('reminders', { action: 'snooze', number: 1, at: '2036-12-02T12:10:00' })
    world.model.says('Done.')
    const mentions = [world.assistant.id]
    await world.posts(world.david, { text: 'in 10 minutes', mentions, replyTo: Number(post?.id) })
    await world.rings()
    // The number that it is known by stands in what the model reads as quoted.
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toMatch(/<quote.*Reminder 1\./)
    await world.passesBy(10 * MINUTE)

    expect(reminded()).toEqual(Array(2).fill('David Call the bank | Reminder 1.'))
  })

  it('that nobody named is the one that came last', async () => {
    await onTuesday(bank)
    await world.passesBy(90 * MINUTE)
    await using({ action: 'snooze', at: '2036-12-02T12:10:00' })

    expect(await world.rows('SELECT state, snoozed FROM reminders')).toEqual([
      { state: 'open', snoozed: Date.parse('2036-12-02T11:10:00Z') },
    ])
  })
})
