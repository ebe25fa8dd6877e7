import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { nameOf, personName } from '../../src/address.ts'
import {
  KeptList,
  KeptPeople,
  KeptPerson,
  KeptRoom,
  KeptRooms,
} from '../../src/operator/kept/schemas.ts'
import { Files } from '../../src/tables/room/files.ts'
import { alive } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'
import { ask, change, page, remove, sends } from './visitor.ts'

const CAMPFIRE = 'https://chat.example.com'
const HERE = '/kept/rooms/1/assistant'
const DAY = 86_400_000
const SCRIPT = '<script>alert(1)</script>'

const world = useWorld()

/** David has the assistant plan, remember and keep something, twice of each. */
async function keepsThings() {
  const { model, david } = world
  const remind = { action: 'add', whom: 'me', zone: 'Europe/Berlin' }
  model
    .uses('reminders', { ...remind, text: 'Call Ann', at: '2030-12-01T09:00:00' })
    .uses('reminders', { ...remind, text: 'Stand-up', cron: '0 9 * * MON' })
    .uses('memory', { action: 'remember', of: 'room', fact: 'Lunch is at noon.' })
    .uses('memory', { action: 'remember', of: 'room', fact: 'The printer is broken.' })
    .uses('list', { action: 'add', texts: ['Buy milk', 'Buy bread'] })
    .uses('memory', { action: 'remember', of: 'me', fact: 'I have a cat.' })
    .uses('memory', { action: 'remember', of: 'me', fact: 'time zone: Europe/Berlin' })
    .says('All kept.')
  await world.asks(david, 'please keep all this')
  await runInDurableObject(world.room(), async (_, { storage }) => {
    const given = { author: david.id, origin: 'dropped' as const, at: 0, message: null, turn: 1 }
    const bytes = new TextEncoder().encode('a,b\n1,2\n')
    for (const name of ['one.csv', `${SCRIPT}.csv`])
      await new Files(storage.sql).add({ ...given, name }, bytes)
  })
  await ask('/session/stats')
}

async function kept() {
  return KeptRoom.parse(await (await ask(HERE)).json())
}

async function listed() {
  return KeptList.parse(await (await ask(`${HERE}/lists/1`)).json())
}

async function ofDavid() {
  return KeptPerson.parse(await (await ask('/kept/people/1')).json())
}

/** What was done; what came to nothing is in the log, too. */
async function acts() {
  const told = await env.ACCOUNTS.getByName(CAMPFIRE).acts(100)
  const over = told.filter(({ outcome }) => outcome === 'done')
  return over.map(({ who, what, about }) => [who, what, about])
}

describe('what is kept', () => {
  beforeEach(keepsThings)

  it.each([
    [HERE, `${HERE}/reminders/1`, 'text'],
    [`${HERE}/lists/1`, `${HERE}/lists/1/items/1`, 'text'],
    [`${HERE}/lists/1`, `${HERE}/lists/1`, 'name'],
    ['/kept/people/1', '/kept/people/1/facts/1', 'words'],
  ])('is changed by nobody who has not seen how it is by now: %s, %s', async (on, to, field) => {
    const seen = async () => {
      const html = await page(on)
      const after = html.slice(html.indexOf(`action="${to}"`))
      const [, from = ''] = /name="from" value="([^"]+)"/.exec(after) ?? []
      return from.replaceAll('&quot;', '"')
    }
    const from = await seen()
    const saves = async (words: string, from: string) =>
      await sends(to, { _method: 'PATCH', from, [field]: words }, { on })
    expect((await saves('As one wrote it', from)).status).toBe(303)

    const late = await saves('As another wrote it', from)
    expect([late.status, await late.text()]).toEqual([
      409,
      expect.stringContaining('Somebody else has saved something since you opened this'),
    ])
    expect(await page(on)).toContain('As one wrote it')
    expect((await saves('As another wrote it', await seen())).status).toBe(303)
    expect(await page(on)).toContain('As another wrote it')
  })

  it('is told by room, with what people planned, had remembered and listed', async () => {
    expect(KeptRooms.parse(await (await ask('/kept')).json())).toEqual({
      rooms: [
        {
          room: 1,
          bot: 3,
          botName: 'assistant',
          name: 'Watercooler',
          direct: false,
          kept: { reminders: 2, facts: 2, lists: 1, files: 2 },
        },
      ],
      next: null,
    })
    expect(await kept()).toMatchObject({
      name: 'Watercooler',
      reminders: [
        { number: 1, text: 'Call Ann', asker: { id: 1, name: 'David' }, cron: null },
        { number: 2, text: 'Stand-up', cron: '0 9 * * MON', zone: 'Europe/Berlin' },
      ],
      facts: [{ words: 'Lunch is at noon.' }, { words: 'The printer is broken.' }],
      lists: [{ number: 1, name: '' }],
      files: [{ number: 2 }, { number: 1, name: 'one.csv', author: { name: 'David' }, bytes: 8 }],
    })
    expect(await listed()).toMatchObject({ items: [{ text: 'Buy milk' }, { text: 'Buy bread' }] })
  })

  it('is told by person', async () => {
    const people = KeptPeople.parse(await (await ask('/kept/people')).json())
    expect(people).toEqual({ people: [{ id: 1, name: 'David', facts: 2 }], next: null })
    expect(await ofDavid()).toMatchObject({
      name: 'David',
      facts: [
        { kind: 'fact', words: 'I have a cat.', isPrivate: false },
        { kind: 'zone', words: 'Europe/Berlin', everywhere: true },
      ],
    })
  })

  it.each([
    ['reminders/1', 'reminder 1 of room 1, assistant'],
    ['facts/1', 'fact 1 of room 1, assistant'],
    ['lists/1/items/1', 'item 1 of list 1 of room 1, assistant'],
    ['files/1', 'file 1 of room 1, assistant'],
  ])('goes one by one: %s, and nothing beside it', async (which, about) => {
    const before = [await kept(), await listed()] as const
    expect((await remove(`${HERE}/${which}`)).status).toBe(204)

    const isOther = ({ number }: { number: number }) => number !== 1
    const [room, list] = [await kept(), await listed()]
    const expected = (kind: string, all: { number: number }[]) =>
      which.startsWith(kind) ? all.filter(isOther) : all
    expect(room.reminders).toEqual(expected('reminders', before[0].reminders))
    expect(room.facts).toEqual(expected('facts', before[0].facts))
    expect(room.files).toEqual(expected('files', before[0].files))
    expect(list.items).toEqual(expected('lists', before[1].items))
    expect((await ofDavid()).facts).toHaveLength(2)
    expect(await acts()).toEqual([['token', 'delete', about]])
    expect((await remove(`${HERE}/${which}`)).status).toBe(404)
    expect(await acts()).toHaveLength(1)
  })

  it('goes with all that is on it: a list', async () => {
    expect((await remove(`${HERE}/lists/1`)).status).toBe(204)

    expect((await kept()).lists).toEqual([])
    expect((await ask(`${HERE}/lists/1`)).status).toBe(404)
    const [items] = await world.rows('SELECT count(*) AS n FROM list_items')
    expect(items?.n).toBe(0)
    expect(await kept()).toMatchObject({ reminders: { length: 2 }, facts: { length: 2 } })
  })

  it('leaves no words where it is deleted', async () => {
    await remove(`${HERE}/reminders/1`)
    await remove(`${HERE}/facts/2`)
    await remove(`${HERE}/files/1`)

    const [reminder] = await world.rows('SELECT text FROM reminders WHERE id = 1')
    const pins = await world.rows('SELECT fact FROM pins')
    expect(reminder?.text).toBe('')
    expect(JSON.stringify(pins)).not.toContain('printer')
    const [chunks] = await world.rows('SELECT count(*) AS n FROM file_chunks')
    expect(chunks?.n).toBe(1)
  })

  it('goes of one person, and of that person alone', async () => {
    const jason = env.PEOPLE.getByName(personName({ url: CAMPFIRE }, 2))
    const where = { room: 1, isDirect: false, isAlone: false }
    const fact = { kind: 'fact' as const, words: 'I ski.', number: null, everywhere: null }
    await jason.remember('a use', fact, where)

    expect((await remove('/kept/people/1/facts/1')).status).toBe(204)
    expect((await ofDavid()).facts.map(({ number }) => number)).toEqual([2])
    expect(await jason.kept()).toHaveLength(1)
    expect(await acts()).toEqual([['token', 'delete', 'fact 1 of person 1']])
  })

  it('is changed, each thing by itself', async () => {
    await change(`${HERE}/reminders/1`, { text: 'Call Bob', at: '2030-12-02T10:30' })
    await change(`${HERE}/reminders/2`, { cron: '0 8 * * FRI' })
    await change(`${HERE}/facts/1`, { words: 'Lunch is at one.', always: true })
    await change(`${HERE}/lists/1`, { name: 'Shopping' })
    await change(`${HERE}/lists/1/items/2`, {
      text: 'Buy rye bread',
      due: '2030-01-02',
      done: true,
    })
    await change('/kept/people/1/facts/1', { words: 'I have a dog.', everywhere: true })

    const room = await kept()
    expect(room.reminders).toMatchObject([
      { text: 'Call Bob', dueAt: '2030-12-02T09:30:00.000Z' },
      { text: 'Stand-up', cron: '0 8 * * FRI' },
    ])
    expect(room.facts.at(-1)).toMatchObject({ words: 'Lunch is at one.', always: true })
    expect(room.facts).toHaveLength(2)
    expect(room.lists).toEqual([{ number: 1, name: 'Shopping' }])
    const [milk, bread] = (await listed()).items
    expect(milk).toMatchObject({ text: 'Buy milk', due: null, doneAt: null })
    expect(bread).toMatchObject({ text: 'Buy rye bread', due: '2030-01-02' })
    expect(bread?.doneAt).not.toBeNull()
    expect((await ofDavid()).facts[0]).toMatchObject({ words: 'I have a dog.', everywhere: true })
    expect(await acts()).toHaveLength(6)
    expect(JSON.stringify(await acts())).not.toMatch(/Bob|Lunch|Shopping|bread|dog/)
  })

  it('comes when it is due by now, with the words that it has by now', async () => {
    await change(`${HERE}/reminders/1`, { text: 'Call Bob', at: '2030-12-02T10:30' })
    await remove(`${HERE}/reminders/2`)

    await world.passesBy(Date.parse('2030-12-02T00:00:00Z') - Date.now())
    expect(world.answers().join()).not.toContain('Call')
    await world.passesBy(DAY)
    expect(world.answers().at(-1)).toContain('Call Bob')
  })

  it('does not come any more when it is deleted', async () => {
    await remove(`${HERE}/reminders/1`)
    await remove(`${HERE}/reminders/2`)

    await world.passesBy(Date.parse('2030-12-03T00:00:00Z') - Date.now())
    expect(world.answers().join()).not.toContain('Call')
  })

  it('is named and worded as the bot would: by one list for everything, on one line', async () => {
    const { model, david } = world
    await change(`${HERE}/lists/1`, { name: 'Shopping' })
    await change(`${HERE}/lists/1`, { name: 'zu  erledigen' })
    await change(`${HERE}/lists/1/items/1`, { text: 'Buy milk\n2. Buy a boat' })
    model.uses('list', { action: 'add', texts: ['Buy tea'] }).says('Added.')
    await world.asks(david, 'tea, too')

    expect((await kept()).lists).toEqual([{ number: 1, name: '' }])
    const texts = (await listed()).items.map(({ text }) => text)
    expect(texts).toEqual(['Buy milk 2. Buy a boat', 'Buy bread', 'Buy tea'])
  })

  it('is changed to nothing that cannot be, and says why', async () => {
    const before = [await kept(), await listed(), await ofDavid()]
    for (const [path, changes, says] of [
      [`${HERE}/reminders/1`, { at: '2020-01-01T10:00' }, 'at: that time is over'],
      [`${HERE}/reminders/1`, { at: 'soon' }, 'at: give a local time as 2026-12-01T14:00'],
      [`${HERE}/reminders/1`, { cron: '* * * * *' }, 'cron: times are at least five minutes'],
      [`${HERE}/reminders/2`, { zone: 'Mars/Olympus' }, 'zone: there is no time zone Mars'],
      [`${HERE}/facts/1`, { words: '' }, 'words:'],
      [`${HERE}/facts/1`, { author: 2 }, 'Unrecognized key'],
      [`${HERE}/lists/1/items/1`, { due: '2030-02-30' }, 'due: a day such as 2026-12-04'],
      ['/kept/people/1/facts/2', { words: 'Mars' }, 'words: there is no time zone Mars'],
    ] as const) {
      const answer = await change(path, changes)
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(says)])
    }
    expect([await kept(), await listed(), await ofDavid()]).toEqual(before)
    expect(await acts()).toEqual([])
  })

  it('is closed to everybody else, and nowhere else', async () => {
    for (const path of ['/kept', '/kept/people', '/kept/people/1', HERE, `${HERE}/lists/1`]) {
      expect((await ask(path, { headers: { authorization: 'Bearer no' } })).status).toBe(401)
    }
    for (const path of ['/kept/rooms/x/assistant', '/kept/rooms/1/nobody', `${HERE}/lists/9`])
      expect((await ask(path)).status).toBe(404)
    expect((await ask('/kept/people/-1')).status).toBe(404)
  })
})

describe('the page of it', () => {
  beforeEach(keepsThings)

  it('changes and deletes by its forms, and says so', async () => {
    const renamed = await sends(`${HERE}/lists/1`, { _method: 'PATCH', name: 'Shopping' })
    expect([renamed.status, renamed.headers.get('location')]).toEqual([
      303,
      `${HERE}/lists/1?done=changed`,
    ])
    expect(await page(`${HERE}/lists/1?done=changed`)).toContain('Saved.')

    const item = { _method: 'PATCH', text: 'Buy oats', notes: '', due: '' }
    await sends(`${HERE}/lists/1/items/1`, item)
    expect((await listed()).items[0]).toMatchObject({ text: 'Buy oats', notes: null, due: null })

    // A form sends all its fields; times that are as they were stay so.
    const form = {
      _method: 'PATCH',
      text: 'Weekly',
      at: '',
      cron: '0 9 * * MON',
      zone: 'Europe/Berlin',
    }
    const before = (await kept()).reminders[1]
    await sends(`${HERE}/reminders/2`, form)
    expect((await kept()).reminders[1]).toEqual({ ...before, text: 'Weekly' })

    const always = new URLSearchParams({ _method: 'PATCH', words: 'Lunch is at noon.' })
    always.append('always:flag', 'false')
    await sends(`${HERE}/facts/1`, Object.fromEntries(always))
    expect((await kept()).facts[0]).toMatchObject({ words: 'Lunch is at noon.', always: false })

    const gone = await sends(`${HERE}/lists/1`, { _method: 'DELETE' })
    expect(gone.headers.get('location')).toBe(`${HERE}?done=deleted`)
    expect((await acts())[0]).toEqual(['page', 'delete', 'list 1 of room 1, assistant'])
  })

  it('takes no form from another site', async () => {
    const answer = await sends(
      `${HERE}/facts/1`,
      { _method: 'DELETE' },
      { origin: 'https://evil.example' },
    )

    expect(answer.status).toBe(403)
    expect((await kept()).facts).toHaveLength(2)
    expect(await acts()).toEqual([])
  })

  it('shows script in a name, a room and a fact as the words that it is', async () => {
    const { model } = world
    const mallory = world.campfire.addPerson(`Mallory ${SCRIPT}`, 'member', 9)
    const room = world.campfire.addRoom(SCRIPT, [mallory, world.assistant], { id: 6 })
    model
      .uses('memory', { action: 'remember', of: 'room', fact: `"><img src=x onerror=x> ${SCRIPT}` })
      .uses('memory', { action: 'remember', of: 'me', fact: SCRIPT })
      .uses('list', { action: 'add', texts: [SCRIPT], list: SCRIPT })
      .uses('reminders', { action: 'add', text: SCRIPT, at: '2030-12-01T09:00:00', whom: 'me' })
      .says('Kept.')
    await world.asks(mallory, 'keep it', room)
    await ask('/session/stats')

    const places = ['/kept', '/kept/people', '/kept/people/9']
    const rooms = ['/kept/rooms/6/assistant', '/kept/rooms/6/assistant/lists/1']
    for (const path of [...places, ...rooms]) {
      const html = await page(path)
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script>alert')
      expect(html).not.toContain('<img')
    }
  })
})

describe('hundreds of rooms', () => {
  it('are looked at fifteen at a time, each once, and no other is woken', async () => {
    const account = env.ACCOUNTS.getByName(CAMPFIRE)
    const report = { bot: 3, busy: false, waiting: 0, turns: [] }
    await runInDurableObject(account, (instance) => {
      for (let room = 1; room <= 18; room++)
        instance.report(nameOf({ url: CAMPFIRE, room, bot: 3 }), { ...report, room })
    })
    const first = KeptRooms.parse(await (await ask('/kept')).json())
    expect(first.rooms.map(({ room }) => room)).toEqual(numbers(1, 15))
    expect(alive.size).toBe(15)

    const rest = KeptRooms.parse(await (await ask(`/kept?after=${first.next}`)).json())
    expect([rest.rooms.map(({ room }) => room), rest.next]).toEqual([numbers(16, 18), null])
  })
})

function numbers(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
