import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/clock.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const briefing = {
  action: 'add',
  isPrompt: true,
  text: 'Summarise yesterday here.',
  cron: '0 9 * * MON-FRI',
}
const NOTHING = 'NOTHING TO TELL'

beforeEach(async () => {
  vi.setSystemTime(TUESDAY)
  // A conversation that is over is told in short first, and is no part of these stories.
  change({ reply: 'whole', timeZone: 'Europe/Berlin', ttlMinutes: 400 * 1_440 })
})

async function sets(input: object, by = world.david) {
  world.model.uses('reminders', input).says('Done.')
  await world.asks(by, 'please')
}

/** What the model has read of its last turn. */
function readLast() {
  return JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
}

function turns() {
  return world.rows('SELECT asker, state, reason FROM turns ORDER BY id')
}

function claps() {
  const all = world.campfire.messagesIn(world.watercooler).flatMap(({ boosts }) => boosts)
  return all.filter(({ content }) => content === '👏')
}

async function resultLast() {
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return String(row?.result)
}

describe('a task', () => {
  it('is done when it is due, in a turn of whoever set it up, once a day', async () => {
    await sets(briefing)
    world.model.says('Yesterday: tea.').says('And again: tea.')
    await world.passesBy(DAY)

    expect(world.answers()).toEqual(['Done.', 'Yesterday: tea.'])
    expect(readLast()).toContain('Summarise yesterday here.')
    expect(readLast()).toContain('Wednesday, 3 December 2036 at 09:00 (Europe/Berlin, GMT+1)')
    expect((await turns()).at(-1)).toEqual({
      asker: world.david.id,
      state: 'replied',
      reason: 'schedule 1',
    })
    await world.passesBy(DAY)
    expect(world.answers()).toEqual(['Done.', 'Yesterday: tea.', 'And again: tea.'])
  })

  it('that failed and is tried again is a task still: it may have nothing to tell', async () => {
    await sets(briefing)
    world.model.fails(401)
    await world.passesBy(DAY)
    const failed = (await turns()).length
    world.model.says(NOTHING)
    await world.room().tryAgain(failed)
    await world.rings()

    expect(readLast()).toContain('Summarise yesterday here.')
    expect((await turns()).slice(-2)).toMatchObject([
      { state: 'failed', reason: 'schedule 1' },
      { asker: world.david.id, state: 'silent', reason: 'schedule 1' },
    ])
  })

  it('with nothing to tell is a silence, and its receipt says so', async () => {
    await sets(briefing)
    world.model.says(`Let me see.\n\n${NOTHING}.`)
    await world.passesBy(DAY)

    expect(world.answers()).toEqual(['Done.'])
    expect((await turns()).at(-1)).toMatchObject({ state: 'silent', reason: 'schedule 1' })
  })

  it('shows nothing of its answer before it is whole: there may be nothing to tell', async () => {
    change({ reply: 'grow' })
    await sets(briefing)
    const shown: string[][] = []
    const pieces = [`${'Let me see. '.repeat(20)}\n\n`, 'And see.\n\n', NOTHING]
    world.model.says(pieces.join(''), {
      pieces,
      before: async () => {
        vi.setSystemTime(Date.now() + 2_000)
        for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
        shown.push(world.answers())
      },
    })
    await world.passesBy(DAY)

    expect(shown).toEqual([['Done.'], ['Done.'], ['Done.']])
    expect(world.answers()).toEqual(['Done.'])
  })

  it('that somebody asks for in these words is an answer like any other', async () => {
    world.model.says(NOTHING)
    await world.asks(world.david, 'what do you say on a quiet day?')

    expect(world.answers()).toEqual([NOTHING])
  })

  it('sets up no others, and changes none', async () => {
    await sets(briefing)
    world.model
      .uses('reminders', { ...briefing, text: 'Once more.' })
      .says('I could not.')
      .uses('reminders', { action: 'cancel', number: 1 })
      .says('I could not.')
    await world.passesBy(DAY)
    expect(await resultLast()).toContain('sets up no reminders and changes none')
    await world.passesBy(DAY)
    expect(await resultLast()).toContain('sets up no reminders and changes none')

    expect(await world.rows('SELECT state FROM reminders')).toEqual([{ state: 'open' }])
  })

  it('that needs a yes waits for whoever set it up', async () => {
    change({ approval: { boost: 'always' } })
    await sets(briefing)
    world.model.uses('boost', { message_id: 1, content: '👏' })
    await world.passesBy(DAY)
    expect(world.answers().at(-1)).toContain('David')
    expect(claps()).toHaveLength(0)

    world.model.says('Boosted.')
    await world.asks(world.david, 'yes')
    expect(world.answers().at(-1)).toBe('Boosted.')
    expect(claps()).toHaveLength(1)
  })

  it('is nobody’s word: it gives no yes, takes none back, and has nothing forgotten', async () => {
    change({ approval: { boost: 'always' } })
    await sets({ ...briefing, text: 'yes', cron: '0 11 * * *' })
    await sets({ ...briefing, text: 'no', cron: '30 11 * * *' })
    await sets({ ...briefing, text: 'forget', cron: '0 12 * * *' })
    world.model.uses('boost', { message_id: 1, content: '👏' })
    await world.asks(world.david, 'boost it')
    world.model.says('Yes what?').says('No what?').says('Forget what?')
    await world.passesBy(3 * HOUR)

    expect(world.answers().slice(-3)).toEqual(['Yes what?', 'No what?', 'Forget what?'])
    expect(claps()).toHaveLength(0)
    expect(await world.rows('SELECT state FROM approvals')).toEqual([{ state: 'waiting' }])
    const said = await world.rows("SELECT 1 FROM archive WHERE text IN ('yes', 'no', 'forget')")
    expect(said).toEqual([])
  })

  it('is not mixed with what its asker says meanwhile', async () => {
    await sets({ ...briefing, cron: '31 10 * * *' })
    const gate = Promise.withResolvers<void>()
    const clap = { message_id: 1, content: '👏' }
    const use = { type: 'tool_use' as const, id: 'toolu_1', name: 'boost', input: clap }
    world.model.answers(async () => {
      await gate.promise
      return [use]
    })
    world.model.says('Yesterday: tea.').says('Four.')
    vi.setSystemTime(TUESDAY + MINUTE)
    const working = world.rings()
    await until(() => world.model.prompts.length === 3)
    await world.says(world.david, 'two and two?')
    gate.resolve()
    await working
    await world.rings()

    expect(world.answers()).toEqual(['Done.', 'Yesterday: tea.', 'Four.'])
    expect(JSON.stringify(world.model.prompts.at(-2))).not.toContain('two and two?')
  })

  it('that was missed for days is done once, late, and says how many were missed', async () => {
    await sets(briefing)
    world.model.says('Better late.')
    vi.setSystemTime(Date.parse('2036-12-05T10:00:00Z'))
    await world.rings()

    expect(readLast()).toContain('You are late with it')
    expect(readLast()).toContain('2 before it were missed')
    expect(world.answers()).toEqual(['Done.', 'Better late.'])
  })

  it('that is cancelled when it is due already, and waits, is not done', async () => {
    await sets({ ...briefing, cron: '31 10 * * *' })
    const gate = Promise.withResolvers<void>()
    const cancel = { action: 'cancel', number: 1 }
    world.model.answers(async () => {
      await gate.promise
      return [{ type: 'tool_use', id: 'toolu_1', name: 'reminders', input: cancel }]
    })
    world.model.says('Cancelled.')
    await world.says(world.david, 'cancel it')
    const working = world.rings()
    await until(() => world.model.prompts.length === 3)
    vi.setSystemTime(TUESDAY + MINUTE)
    const isDue = () => world.rows('SELECT 1 FROM messages WHERE schedule = 1 AND turn IS NULL')
    await vi.waitFor(async () => expect(await isDue()).toHaveLength(1), { timeout: 4_000 })
    gate.resolve()
    await working
    await world.rings()

    expect(world.answers()).toEqual(['Done.', 'Cancelled.'])
    expect((await turns()).at(-1)).toMatchObject({ state: 'silent', reason: 'cancelled' })
  })

  it('rests when its asker has not been here for 90 days, and the room is told once', async () => {
    await sets({ ...briefing, cron: '0 9 1 * *' })
    await sets({ ...briefing, cron: '0 9 2 * *' })
    for (let month = 0; month < 6; month++) world.model.says('A quiet month.')
    await world.passesBy(200 * DAY)
    world.model.forget()

    const told = world.answers().filter((text) => text.includes('90 days'))
    expect(told).toEqual([expect.stringMatching(/^David hasn't been here for 90 days.*\(1, 2\)/)])
    expect(await world.rows('SELECT state FROM reminders')).toEqual([
      { state: 'paused' },
      { state: 'paused' },
    ])
    await sets({ action: 'change', number: 1, cron: '0 9 1 * *' })
    expect(await world.rows('SELECT state FROM reminders')).toEqual([
      { state: 'open' },
      { state: 'paused' },
    ])
  })
})

it('is at home where whoever asks is at home', async () => {
  world.model.uses('memory', { action: 'remember', of: 'me', fact: 'time zone: Asia/Tokyo' })
  world.model.says('Noted.')
  await world.asks(world.david, 'I live in Tokyo')
  await sets({ action: 'add', text: 'Call the bank', at: '2036-12-03T14:00:00' })

  expect(await resultLast()).toContain('3 December 2036 at 14:00 (Asia/Tokyo, GMT+9)')
  expect(await world.rows('SELECT due FROM reminders')).toEqual([
    { due: Date.parse('2036-12-03T05:00:00Z') },
  ])
})

it('is left alone by a forget, which says so', async () => {
  await sets({ action: 'add', text: 'Call the bank', at: '2036-12-02T12:00:00' })
  await world.asks(world.david, 'forget')
  expect(world.answers().at(-1)).toBe(`${SENTENCES.forgotten.room} ${SENTENCES.reminder.kept}`)
  await world.passesBy(2 * HOUR)

  expect(world.answers().at(-1)).toContain('Call the bank')
})

it('is gone with its words when it is cancelled', async () => {
  await sets({ action: 'add', text: 'Call the swordfish', at: '2036-12-02T12:00:00' })
  await sets({ action: 'cancel', number: 1 })

  expect(await world.rows('SELECT text, state FROM reminders')).toEqual([
    { text: '', state: 'cancelled' },
  ])
})
