import { evictDurableObject } from 'cloudflare:test'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '../../src/clock.ts'
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

/** Whoever asks, the model uses the list so before it answers. Gives back what it was told. */
async function using(input: object, asker = world.david, room = world.watercooler) {
  world.model.uses('list', input).says('Done.')
  await world.asks(asker, 'please', room)
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1', room)
  return JSON.parse(String(row?.result))
}

function reminded() {
  return world
    .answers()
    .filter((text) => text.includes('⏰'))
    .map((text) => text.replace('⏰ ', '').replace(/\s*\n+\s*/g, ' | '))
}

function fill(list: number, count: number, doneAt: number | null) {
  return world.rows(
    `INSERT INTO list_items (list, number, place, text, author, at, done_at)
     WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count})
     SELECT ${list}, 100 + n, 100 + n, 'Old ' || n, 1, 0, ${doneAt} FROM n`,
  )
}

beforeEach(() => {
  vi.setSystemTime(TUESDAY)
  change({ reply: 'whole', timeZone: 'Europe/Berlin', ttlMinutes: 400 * 1_440 })
})

describe('a list that is full', () => {
  it('lets go of what was done longest ago for what is moved there, and says what', async () => {
    await using({ action: 'add', texts: ['Order wood'] })
    await using({ action: 'add', texts: ['Milk'], list: 'Shopping' })
    await fill(2, 199, 5)
    const { result } = await using({ action: 'move', numbers: [1], to: 'Shopping' })

    expect(result.told).toMatch(/To make room, what was done longest ago was taken off: say so/)
    expect(result.dropped).toEqual(['Old 1'])
  })

  it('takes nothing that is moved there where all is open, and it stays where it was', async () => {
    await using({ action: 'add', texts: ['Order wood'] })
    await using({ action: 'add', texts: ['Milk'], list: 'Shopping' })
    await fill(2, 199, null)

    expect(await using({ action: 'move', numbers: [1], to: 'Shopping' })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/200 open items on the list “Shopping” already/),
    })
    expect(await world.rows('SELECT text FROM list_items WHERE list = 1')).toEqual([
      { text: 'Order wood' },
    ])
  })
})

describe('an item that people are reminded of', () => {
  it('is told in the words that it has by then', async () => {
    await using(WOOD)
    const { result } = await using({ action: 'rename', numbers: [1], to: 'Order coal' })

    expect(result.told).toMatch(/Its reminder says so as well \(1\)/)
    await world.passesBy(3 * DAY)
    expect(reminded()).toEqual(['David Order coal | Reminder 1.'])
  })

  it('is told in the words that somebody gave its reminder, whatever it is called', async () => {
    await using(WOOD)
    world.model.uses('reminders', { action: 'change', number: 1, text: 'Call Bo about it' })
    world.model.says('Done.')
    await world.asks(world.david, 'please')
    await using({ action: 'rename', numbers: [1], to: 'Order coal' })

    expect(await world.rows('SELECT text FROM reminders')).toEqual([{ text: 'Call Bo about it' }])
  })

  it('goes back to whoever asked for it when it is nobody’s, whoever takes it away', async () => {
    await using({ action: 'add', texts: ['Tea'] }, world.jason)
    await using({ action: 'add', texts: ['Tea'] }, world.kevin)
    await using({ ...WOOD, assignee: 'Kevin' })
    const given = await using({ action: 'assign', numbers: [3], assignee: 'me' }, world.jason)
    const taken = await using({ action: 'assign', numbers: [3], assignee: 'nobody' }, world.jason)

    expect(given.result.told).toMatch(/Jason is reminded of it \(1\)/)
    expect(taken.result.told).toMatch(/David is reminded of it \(1\)/)
    expect(await world.rows('SELECT whom FROM reminders')).toEqual([{ whom: world.david.id }])
  })

  it('is still its assignee’s when somebody else of that name has come', async () => {
    await using({ action: 'add', texts: ['Tea'] }, world.kevin)
    await using({ action: 'add', texts: ['Order wood'], assignee: 'Kevin' })
    await world.rows("INSERT INTO people (id, name) VALUES (77, 'Kevin')")
    await evictDurableObject(world.room())
    const { result } = await using({ ...WOOD, action: 'due', texts: undefined, numbers: [2] })

    expect(result.reminders).toMatchObject([{ for: 'Kevin' }])
    expect(await world.rows('SELECT whom FROM reminders')).toEqual([{ whom: world.kevin.id }])
  })

  it('that is to be done again has no reminder any more, and the model is told', async () => {
    await using(WOOD)
    await using({ action: 'done', numbers: [1] })
    const { result } = await using({ action: 'done', numbers: [1], undo: true })

    expect(result.told).toMatch(/Its reminder was cancelled and does not come back/)
  })
})

describe('a list', () => {
  it('of which one item is asked for tells of that, and puts nothing into the room', async () => {
    await using({ action: 'add', texts: ['Order wood', 'Tea'] })
    await using({ action: 'done', numbers: [2] })
    const { result } = await using({ action: 'show', numbers: [2] })

    expect(result).toMatchObject([{ list: 'To do', items: [{ number: 2, text: 'Tea' }] }])
    expect(world.answers().filter((text) => text.startsWith('To do'))).toEqual([])
    expect(await using({ action: 'show', numbers: [99] })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/no number 99 on the list “To do”/),
    })
  })

  it('of a direct is not told of in a room, nor is that of a room in a direct', async () => {
    await using({ action: 'add', texts: ['Buy a ring'], list: 'Secret' }, world.david, world.direct)
    await using({ action: 'add', texts: ['Order wood'] })

    const shown = await using({ action: 'show', list: 'Secret', as: 'answer' })
    expect(shown.error).toMatch(/There is no list “Secret” here\. There are: “To do”/)
    expect((await using({ action: 'show', which: 'all' })).result).toMatchObject([
      { list: 'To do', items: [{ text: 'Order wood' }] },
    ])
  })

  it('keeps whose an item is when they have said forget, as it keeps the item', async () => {
    await using({ action: 'add', texts: ['Tea'], assignee: 'me' }, world.kevin)
    await world.asks(world.kevin, 'forget')

    expect((await using({ action: 'show', as: 'answer', which: 'open' })).result).toMatchObject([
      { items: [{ text: 'Tea', assignee: 'Kevin', added_by: 'Kevin' }] },
    ])
  })

  it('names whoever has left the room still, and rings nobody there', async () => {
    world.model.says('Hi.')
    await world.posts(world.david, { text: 'hi', mentions: [world.assistant, world.kevin] })
    await world.rings()
    await using({ ...WOOD, assignee: 'Kevin' })
    world.campfire.leave(world.watercooler, world.kevin)
    const before = world.campfire.notifications.filter(({ who }) => who === world.kevin.id)
    await using({ action: 'show' })
    await world.passesBy(3 * DAY)

    expect(world.answers()).toContainEqual(expect.stringMatching(/^To do.*Order wood.*@Kevin/s))
    expect(reminded()).toEqual(['@Kevin | Order wood | Reminder 1, from David.'])
    const after = world.campfire.notifications.filter(({ who }) => who === world.kevin.id)
    expect(after).toEqual(before)
    const taken = await using({ action: 'assign', numbers: [1], assignee: 'me' })
    expect(taken.result.items).toMatchObject([{ assignee: 'David' }])
  })
})
