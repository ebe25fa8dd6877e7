import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { ReceiptView, RoomView, Roster } from '../../src/operator/schemas.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const HOME = 'https://firekeeper.example.com'
const CAMPFIRE = 'https://chat.example.com'
const OPERATOR = { authorization: 'Bearer letmein' }
const world = useWorld()

async function json<Schema extends z.ZodType>(schema: Schema, path: string) {
  const answer = await exports.default.fetch(`${HOME}${path}`, { headers: OPERATOR })
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json())
}

async function page(path: string) {
  const headers = { ...OPERATOR, accept: 'text/html' }
  const answer = await exports.default.fetch(`${HOME}${path}`, { headers, redirect: 'manual' })
  return { status: answer.status, html: await answer.text() }
}

async function presses(path: string, fields: Record<string, string>) {
  return await exports.default.fetch(`${HOME}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...OPERATOR, accept: 'text/html', referer: `${HOME}/rooms/1/assistant` },
    body: new URLSearchParams(fields),
  })
}

/** As rooms tell of themselves. */
async function toldOf(rooms: { room: number; title: string | null; bot?: number }[]) {
  const account = env.ACCOUNTS.getByName(CAMPFIRE)
  for (const { room, title, bot = 3 } of rooms) {
    const name = `${CAMPFIRE}/rooms/${room}/bots/${bot}`
    await account.report(name, {
      room,
      bot,
      busy: false,
      waiting: 0,
      turns: [],
      title,
      direct: !title,
    })
  }
}

describe('the list of rooms', () => {
  it('is found through by name, number and bot, whatever the letters', async () => {
    await toldOf([
      { room: 11, title: 'Büro' },
      { room: 12, title: 'Watercooler' },
      { room: 13, title: null },
      { room: 14, title: 'Water polo', bot: 7 },
    ])
    const found = async (words: string) =>
      (await json(Roster, `/rooms?q=${encodeURIComponent(words)}`)).rooms
        .map(({ room }) => room)
        .sort()

    expect(await found('')).toEqual([11, 12, 13, 14])
    expect(await found('water')).toEqual([12, 14])
    expect(await found('BÜRO')).toEqual([11])
    expect(await found('13')).toEqual([13])
    expect(await found('analyst')).toEqual([14])
    expect(await found('%')).toEqual([])
    expect((await page('/rooms?q=nothing')).html).toContain('No room matches that.')
  })

  it('is shown in pages, each in its time, also of 500', async () => {
    const rooms = Array.from({ length: 500 }, (_, n) => ({
      room: n + 1,
      title: `Room no. ${n + 1}`,
    }))
    await runInDurableObject(env.ACCOUNTS.getByName(CAMPFIRE), (_, { storage }) => {
      for (const { room, title } of rooms) {
        storage.sql.exec(
          `INSERT INTO rooms (name, room, bot, busy, waiting, told, last_turn, sums, title, direct)
           VALUES (?, ?, 3, 0, 0, ?, 0, '{"turns": 40, "cost": 120000}', ?, 0)`,
          `${CAMPFIRE}/rooms/${room}/bots/3`,
          room,
          room,
          title,
        )
      }
    })
    const first = await json(Roster, '/rooms')
    const last = await json(Roster, '/rooms?page=10')
    const times = []
    for (const path of ['/rooms', '/rooms?page=10', '/rooms?q=no. 4']) {
      const start = performance.now()
      expect((await page(path)).status).toBe(200)
      times.push(performance.now() - start)
    }

    expect(first).toMatchObject({ found: 500, all: 500, pages: 10, page: 1 })
    expect(first.rooms[0]).toMatchObject({ room: 500, name: 'Room no. 500', costDollars: 0.12 })
    expect([first.rooms.length, last.rooms.at(-1)?.room]).toEqual([50, 1])
    expect((await json(Roster, '/rooms?page=99')).page).toBe(10)
    // The clock of a test stands still within a request, so this is what the three take from outside.
    for (const ms of times) expect(ms).toBeLessThan(300)
  })

  it.each(['0', '-1', 'x', '1.5', '99999999999999999999'])(
    'begins at its first page for %s',
    async (page) => {
      expect((await json(Roster, `/rooms?page=${page}`)).page).toBe(1)
    },
  )
})

describe('a room', () => {
  it('shows the conversation as the bot sees it, with its tools, and what it forgot', async () => {
    world.model.uses('search_conversation', { words: 'tea' }, { saying: 'Let me see.' })
    world.model.says('Tea is at four.').says('Two.')
    await world.asks(world.david, 'when is tea?')
    const { conversation } = await json(RoomView, '/rooms/1/assistant')

    expect(conversation.turns).toMatchObject([
      {
        turn: 1,
        askerName: 'David',
        asked: [{ id: 1, author: 'David', text: 'when is tea?' }],
        steps: [
          { text: 'Let me see.', tools: [{ name: 'search_conversation', state: 'ok' }] },
          { text: 'Tea is at four.', tools: [] },
        ],
        isRemembered: true,
        canTryAgain: false,
        triedAgain: null,
      },
    ])
    const { html } = await page('/rooms/1/assistant')
    expect(html).toContain('<h1>Watercooler</h1>')
    for (const words of ['when is tea?', 'Let me see.', 'Tea is at four.', 'search_conversation'])
      expect(html).toContain(words)

    expect((await presses('/rooms/1/assistant/session', { _method: 'DELETE' })).status).toBe(303)
    await world.asks(world.david, 'two')
    const after = (await json(RoomView, '/rooms/1/assistant')).conversation.turns
    expect(after).toMatchObject([
      { turn: 2, isRemembered: true },
      { turn: 1, prompt: null, asked: [], isRemembered: false },
    ])
  })

  it('reads no more rows the longer its history is: list, conversation of now and of long ago, receipt', async () => {
    world.model.says('One.')
    await world.asks(world.david, 'one')
    const read: number[] = []
    for (const turns of [1_000, 10_000]) {
      await hasHad(turns)
      bill.start()
      for (const before of ['', `?before=${turns - 500}`, '?before=100']) {
        const { turns: shown } = await json(RoomView, `/rooms/1/assistant${before}`)
        expect(shown).toHaveLength(20)
        expect(shown[0]?.messages).toEqual([Number(shown[0]?.id) + 100])
      }
      await json(ReceiptView, '/rooms/1/assistant/turns/500')
      read.push(bill.read())
    }
    expect(Number(read[1])).toBeLessThanOrEqual(Number(read[0]))
    expect(Number(read[0])).toBeLessThan(1_200)
  })

  it('is stopped, tried again, reset and set by its forms, and says so', async () => {
    world.model.fails(401)
    await world.asks(world.david, 'when is tea?')
    expect((await page('/rooms/1/assistant')).html).toContain('Try again')

    const again = await presses('/rooms/1/assistant/turns/1/again', { _method: 'PUT' })
    expect([again.status, again.headers.get('location')]).toEqual([
      303,
      '/rooms/1/assistant?done=again',
    ])
    expect((await page('/rooms/1/assistant')).html).toContain('It is about to be tried again.')
    world.model.says('Tea is at four.')
    await world.rings()
    const { html } = await page('/rooms/1/assistant?done=again')
    expect(html).toContain('href="/rooms/1/assistant/turns/2"')
    expect(html).not.toContain('Try again')

    const set = await presses('/rooms/1/assistant/settings', {
      _method: 'PATCH',
      speaks: 'always',
      reply: '',
      index: 'off',
      model: '',
      'ttlMinutes:number': '60',
      'maxSteps:number': '5',
      'maxMinutes:number': '',
    })
    expect(set.headers.get('location')).toBe('/rooms/1/assistant?done=settings')
    expect((await json(RoomView, '/rooms/1/assistant')).settings).toMatchObject({
      ttlMinutes: 60,
      limits: { steps: 5 },
      set: { speaks: 'always', index: 'off', ttlMinutes: 60, maxSteps: 5, model: null },
    })
    expect((await page('/rooms/1/assistant')).html).toContain('<option value="always" selected="">')

    const nothing = await presses('/rooms/1/assistant/turn', { _method: 'DELETE' })
    expect([nothing.status, await nothing.text()]).toEqual([
      404,
      expect.stringContaining('nothing to stop'),
    ])
    const acts = await env.ACCOUNTS.getByName(CAMPFIRE).acts(10)
    expect(acts.map(({ what, about }) => `${what}: ${about}`)).toEqual([
      'stop: room 1, assistant',
      'settings: room 1, assistant',
      'again: room 1, assistant, turn 1',
    ])
  })

  it('says by which version of the bot it goes, as the receipt of its next turn will', async () => {
    const goesBy = async () => (await json(RoomView, '/rooms/1/assistant')).goesBy
    const saved = async (turn: number) =>
      (await json(ReceiptView, `/rooms/1/assistant/turns/${turn}`)).version.saved
    world.model.says('One.').says('Two.').says('Three.')
    await world.asks(world.david, 'one')
    expect([await goesBy(), await saved(1)]).toEqual(['file', 'file'])

    const account = env.ACCOUNTS.getByName(CAMPFIRE)
    await account.changeBot('assistant', { instructions: 'Be kind.' }, { who: 'page', from: null })
    await runInDurableObject(account, async (object) => await object.alarm())
    expect(await goesBy()).toBe(1)
    expect((await page('/rooms/1/assistant')).html).toContain(
      '<a href="/bots/assistant/versions/1">version 1</a>',
    )
    await world.asks(world.david, 'two')
    expect(await saved(2)).toBe(1)
    expect((await page('/rooms/1/assistant/turns/2')).html).toContain(
      'href="/bots/assistant/versions/1"',
    )

    await account.goBack('assistant', 'file', 'page')
    await runInDurableObject(account, async (object) => await object.alarm())
    expect(await goesBy()).toBe('file')
    await world.asks(world.david, 'three')
    expect([await saved(2), await saved(3)]).toEqual([1, 'file'])
  })

  it('answers within the limits that were set for it', async () => {
    await presses('/rooms/1/assistant/settings', { _method: 'PATCH', 'maxSteps:number': '1' })
    world.model.uses('search_conversation', { words: 'tea' }).says('At once.')
    await world.asks(world.david, 'when is tea?')

    expect(JSON.stringify(world.model.prompts[1])).toContain(
      'You have reached the limit of this turn',
    )
  })

  it('shows a receipt', async () => {
    world.model.uses('search_conversation', { words: 'tea' }).says('Tea is at four.')
    await world.asks(world.david, 'when is tea?')
    const { status, html } = await page('/rooms/1/assistant/turns/1')

    expect(status).toBe(200)
    for (const words of [
      'Turn 1',
      'search_conversation',
      'claude-sonnet-5-5',
      '3-1-1',
      '/rooms/1/@2',
    ])
      expect(html).toContain(words)
    expect(html).not.toContain('when is tea?')
    expect((await page('/rooms/1/assistant/turns/2')).status).toBe(404)
  })

  it.each([
    '/rooms/1/nobody',
    '/rooms/x/assistant',
    '/rooms/1/..%2fassistant',
    '/rooms/1/assistant%00',
    '/rooms/%3Cscript%3E/assistant',
  ])('is not at %s', async (path) => {
    const { status, html } = await page(path)
    expect(status).toBe(404)
    expect(html).not.toContain('<script>')
  })
})

describe('what people write', () => {
  const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&'

  it('is shown, and runs nothing: names of rooms and people, words, tools, searches', async () => {
    await toldOf([{ room: 21, title: SCRIPT }])
    const mallory = world.campfire.addPerson(SCRIPT)
    const room = world.campfire.addRoom(SCRIPT, [mallory, world.assistant])
    world.model.uses('search_conversation', { words: SCRIPT }, { saying: SCRIPT }).says(SCRIPT)
    await world.asks(mallory, SCRIPT, room)

    for (const path of [
      '/rooms',
      `/rooms?q=${encodeURIComponent(SCRIPT)}`,
      `/rooms/${room.id}/assistant`,
      `/rooms/${room.id}/assistant/turns/1`,
      '/',
      '/bots',
      '/bots/assistant',
      '/costs?by=room',
      '/costs?by=person',
      '/kept',
      '/kept/people',
      `/kept/rooms/${room.id}/assistant`,
      `/kept/people/${mallory.id}`,
      '/status',
      '/acts',
      '/doctor',
    ]) {
      const { status, html } = await page(path)
      expect(status).toBe(200)
      expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<script>|<img|<[^>]*\sonerror=/)
    }
    const { html } = await page(`/rooms/${room.id}/assistant`)
    expect(html.split('&lt;script&gt;alert(1)').length).toBeGreaterThan(4)
  })

  it('leads nowhere but to a page', async () => {
    const { linkTo } = await import('../../src/operator/page/room-words.ts')

    expect(linkTo('https://chat.example.com/', 5, 7)).toBe('https://chat.example.com/rooms/5/@7')
    for (const address of [
      'javascript:alert(1)//',
      'JAVASCRIPT:alert(1)',
      'data:text/html,x',
      'work',
      '',
    ])
      expect(linkTo(address, 5)).toBe(null)
  })
})

/** So many turns, each with its message, its answer and its reply. */
async function hasHad(turns: number) {
  await runInDurableObject(world.room(), (_, { storage: { sql } }) => {
    const { last } = sql.exec<{ last: number }>('SELECT max(id) AS last FROM turns').one()
    const now = Date.now()
    const numbers = `WITH RECURSIVE n (i) AS (SELECT ${last + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${turns})`
    sql.exec(`INSERT INTO messages (arrival, id, author, name, at, due, turn)
      ${numbers} SELECT i, i + 100, 1, 'David', 0, 0, i FROM n`)
    sql.exec(`INSERT INTO turns (id, session, kind, state, asker, asker_name, tier, taken_through, prompt, started, ended)
      ${numbers} SELECT i, 1, 'talk', 'replied', 1, 'David', 'hot', i, 'hi', ${now}, ${now} FROM n`)
    sql.exec(`INSERT INTO steps (turn, number, kind, state, model, content, asked, ended)
      ${numbers} SELECT i, 1, 'talk', 'answered', 'claude-sonnet-5-5', '[{"type":"text","text":"Yes."}]', i, i FROM n`)
    sql.exec(`INSERT INTO replies (turn, part, body, state, message)
      ${numbers} SELECT i, 1, 'Yes.', 'posted', i + 20000 FROM n`)
  })
}
