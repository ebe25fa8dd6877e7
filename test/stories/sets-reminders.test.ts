import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')

/** Asks, and the model uses its reminders so before it answers. Gives back what it was told. */
async function using(input: object, { by = world.david, room = world.watercooler } = {}) {
  change({ reply: 'whole', timeZone: 'Europe/Berlin' })
  world.model.uses('reminders', input).says('Done.')
  await world.asks(by, 'please', room)
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1', room)
  return JSON.parse(String(row?.result))
}

const bank = { action: 'add', text: 'Call the bank', at: '2036-12-03T14:00:00' }
const standup = { action: 'add', text: 'Standup', cron: '0 9 * * MON', whom: 'room' }

describe('a reminder', () => {
  it('is reckoned in the zone that somebody told of themselves, by its own name; an offset is none', async () => {
    vi.setSystemTime(TUESDAY)
    change({ reply: 'whole' })
    const tell = async (zone: string) => {
      world.model.uses('memory', { action: 'remember', of: 'me', fact: `time zone: ${zone}` })
      world.model.says('Done.')
      await world.asks(world.david, 'remember where I live')
    }
    await tell('Asia/Kolkata')
    await tell('+05:30')

    expect((await using(bank)).result).toMatchObject({
      next: 'Wednesday, 3 December 2036 at 14:00 (Asia/Kolkata, GMT+5:30)',
    })
  })

  it('is said back with its day of the week, its date, its zone and its next two times', async () => {
    vi.setSystemTime(TUESDAY)

    expect((await using(bank)).result).toMatchObject({
      number: 1,
      text: 'Call the bank',
      for: 'the asker',
      next: 'Wednesday, 3 December 2036 at 14:00 (Europe/Berlin, GMT+1)',
      told: expect.stringMatching(/^Say back its number/),
    })
    expect((await using({ ...standup, zone: 'America/New_York' })).result).toMatchObject({
      number: 2,
      for: 'everyone here',
      next: 'Monday, 8 December 2036 at 09:00 (America/New_York, GMT-5)',
      after_that: 'Monday, 15 December 2036 at 09:00 (America/New_York, GMT-5)',
    })
  })

  it('wakes the room when it is due', async () => {
    vi.setSystemTime(TUESDAY)
    await using({ ...bank, at: '2036-12-02T18:00:00' })
    await world.passesBy(2 * 3_600_000)

    expect(await world.wakesIn()).toBe(Date.parse('2036-12-02T17:00:00Z') - Date.now())
  })

  it('tells at once whose phone cannot be rung, until somebody has shown us how', async () => {
    vi.setSystemTime(TUESDAY)
    await world.posts(world.jason, { text: 'hi', mentions: [world.assistant.id] })
    world.model.says('Hi.')
    await world.rings()

    expect((await using({ ...bank, whom: 'Jason' })).result).toMatchObject({
      for: 'Jason',
      ring: expect.stringMatching(/cannot ring Jason’s phone .*somebody mentions them/),
    })
    expect((await using(bank)).result.ring).toMatch(/their phone .* mention themselves here once/)

    const mentions = [world.assistant.id, world.jason.id]
    await world.posts(world.david, { text: 'look', mentions })
    world.model.says('Yes?')
    await world.rings()
    expect((await using({ ...bank, whom: 'Jason' })).result).not.toHaveProperty('ring')
  })

  it('rings everyone in a direct anyway', async () => {
    vi.setSystemTime(TUESDAY)
    expect((await using(bank, { room: world.direct })).result).not.toHaveProperty('ring')
  })

  it.each([
    [{ ...bank, at: '2036-12-02T10:29:00' }, /is over: it is Tuesday, 2 December 2036 at 10:30/],
    [{ ...bank, at: 'tomorrow' }, /at is no time: give it as 2026-12-01T14:00:00/],
    [{ ...bank, at: '2036-02-30T14:00:00' }, /at is no time/],
    [{ ...bank, zone: 'Europe/Atlantis' }, /no time zone Europe\/Atlantis/],
    [{ ...bank, zone: '+02:00' }, /no time zone/],
    [{ ...bank, zone: 'EST' }, /no time zone EST.*no abbreviation/],
    [{ ...bank, at: '9999-12-31T23:59:59', zone: 'America/New_York' }, /hundred years away/],
    [{ ...bank, text: '\u200b\u{e0041}' }, /text: Too small/],
    [{ ...bank, whom: 'Analyst' }, /Nobody here is called Analyst/],
    [{ ...bank, cron: '0 9 * * *' }, /either at, for once, or cron/],
    [{ action: 'add', text: 'Call' }, /either at, for once, or cron/],
    [{ action: 'add', at: bank.at }, /Give the text/],
    [{ ...standup, cron: '0 0 9 * * *' }, /five fields .* has 6/],
    [{ ...standup, cron: '@daily' }, /five fields/],
    [{ ...standup, cron: '*/4 * * * *' }, /at least five minutes apart/],
    [{ ...standup, cron: '*/30 * * * *', isPrompt: true }, /Tasks are at least an hour apart/],
    [{ ...standup, cron: '0 9 30 2 *' }, /never comes/],
    [{ ...bank, whom: 'Zoe' }, /Nobody here is called Zoe.*Ask who is meant/],
    [{ action: 'cancel' }, /Say which: give its number/],
    [{ action: 'change', number: 7, text: 'New' }, /no reminder 7 here/],
    [{ action: 'snooze', at: bank.at }, /Say which/],
  ])('is not kept as %j, and the model learns what to do', async (input, said) => {
    vi.setSystemTime(TUESDAY)
    expect(await using(input)).toMatchObject({ ok: false, error: expect.stringMatching(said) })
    expect(await world.rows('SELECT id FROM reminders')).toEqual([])
  })

  it('is shown, changed, snoozed and cancelled by its number', async () => {
    vi.setSystemTime(TUESDAY)
    await using(bank)
    await using(standup)
    const { result } = await using({ action: 'show' })
    expect(result).toMatchObject([{ number: 1 }, { number: 2, cron: '0 9 * * MON' }])

    expect((await using({ action: 'change', number: 1, text: 'Call Ada' })).result).toMatchObject({
      text: 'Call Ada',
      next: expect.stringContaining('14:00'),
    })
    expect((await using({ action: 'change', number: 2, zone: 'Asia/Tokyo' })).result).toMatchObject(
      { next: 'Monday, 8 December 2036 at 09:00 (Asia/Tokyo, GMT+9)' },
    )
    expect(
      (await using({ action: 'snooze', number: 2, at: '2036-12-03T08:00:00' })).result,
    ).toMatchObject({
      next: 'Wednesday, 3 December 2036 at 08:00 (Europe/Berlin, GMT+1)',
      after_that: 'Monday, 8 December 2036 at 09:00 (Asia/Tokyo, GMT+9)',
    })
    expect((await using({ action: 'cancel', number: 2 })).result.told).toMatch(/^2 is cancelled/)
    expect((await using({ action: 'show' })).result).toMatchObject([{ number: 1 }])
  })

  it('can be changed by whoever asked, whoever is reminded and an administrator alone', async () => {
    vi.setSystemTime(TUESDAY)
    await world.posts(world.jason, { text: 'hi', mentions: [world.assistant.id] })
    world.model.says('Hi.')
    await world.rings()
    await using({ ...bank, whom: 'Jason' }, { by: world.kevin })
    const cancel = { action: 'cancel', number: 1 }
    const move = { action: 'change', number: 1, at: '2036-12-04T14:00:00' }

    expect(await using(move, { by: world.jason })).toMatchObject({ ok: true })
    expect(await using(move, { by: world.david })).toMatchObject({ ok: true })
    await using({ ...bank, text: 'Mine' }, { by: world.david })
    expect(await using({ ...cancel, number: 2 }, { by: world.kevin })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/not the asker’s/),
    })
    expect(await using(cancel, { by: world.kevin })).toMatchObject({ ok: true })
  })

  it('is for nobody whom no phone rings: a bot that was only mentioned is none of the people', async () => {
    vi.setSystemTime(TUESDAY)
    const mentions = [world.assistant.id, world.analyst.id]
    await world.posts(world.jason, { text: 'hi', mentions })
    world.model.says('Hi.')
    await world.rings()

    expect(await using({ ...bank, whom: 'Analyst' })).toMatchObject({ ok: false })
    expect((await using({ ...bank, whom: 'Everyone' })).result.for).toBe('everyone here')
  })

  it('that is a task gets other words from nobody but whoever set it up: it goes by their rights', async () => {
    vi.setSystemTime(TUESDAY)
    await using({ ...standup, isPrompt: true, text: 'Summarise.' }, { by: world.kevin })

    expect(await using({ action: 'change', number: 1, text: 'Tell all of Kevin.' })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/in the name of whoever set it up.*Nothing was changed/),
    })
    const later = { action: 'change', number: 1, cron: '0 10 * * MON' }
    expect(await using(later)).toMatchObject({ ok: true })
    const words = { action: 'change', number: 1, text: 'In short.' }
    expect(await using(words, { by: world.kevin })).toMatchObject({ ok: true })
  })

  it('of somebody else is not snoozed, also by whoever quotes it', async () => {
    vi.setSystemTime(TUESDAY)
    await using({ ...bank, at: '2036-12-02T10:31:00' })
    await world.passesBy(60_000)
    const snooze = { action: 'snooze', number: 1, at: '2036-12-02T11:00:00' }

    expect(await using(snooze, { by: world.kevin })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/not the asker’s/),
    })
    // None came to Kevin, and what David has cancelled comes no more.
    expect(await using({ ...snooze, number: undefined }, { by: world.kevin })).toMatchObject({
      error: expect.stringMatching(/Say which/),
    })
    await using({ action: 'cancel', number: 1 })
    expect(await using({ ...snooze, number: undefined })).toMatchObject({
      error: expect.stringMatching(/Say which/),
    })
  })

  it('finds no more room than for a hundred, ten of them tasks', async () => {
    vi.setSystemTime(TUESDAY)
    await using({ ...standup, isPrompt: true })
    const [columns] = [`asker, text, prompt, cron, zone, language, state, due, next, at`]
    for (let n = 2; n <= 10; n++) {
      await world.rows(
        `INSERT INTO reminders (${columns}) SELECT ${columns} FROM reminders LIMIT 1`,
      )
    }
    expect(await using({ ...standup, isPrompt: true })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/There are 10 tasks to come here already/),
    })
    await using(bank)
    for (let n = 12; n <= 100; n++) {
      await world.rows(
        `INSERT INTO reminders (${columns}) SELECT ${columns} FROM reminders WHERE id = 11`,
      )
    }
    expect(await using(bank)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/There are 100 reminders to come/),
    })
    await using({ action: 'cancel', number: 100 })
    expect(await using(bank)).toMatchObject({ ok: true })
  })
})
