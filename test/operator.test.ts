import { evictDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import app from '../src/index.ts'
import {
  Health,
  QueueStats,
  Refusal,
  RoomView,
  SessionLine,
  SessionStats,
  SettingsSet,
} from '../src/operator/schemas.ts'
import { useWorld } from './support/world.ts'

const HOME = 'https://firekeeper.example.com'
const OPERATOR = { authorization: 'Bearer letmein' }

const world = useWorld()

describe('the door', () => {
  const routes: [string, string][] = [
    ['GET', '/queue/stats'],
    ['GET', '/session/stats'],
    ['GET', '/budgets'],
    ['PATCH', '/budgets'],
    ['GET', '/rooms'],
    ['GET', '/rooms/1/assistant'],
    ['GET', '/rooms/1/assistant/live'],
    ['PUT', '/rooms/1/assistant/turns/1/again'],
    ['GET', '/costs'],
    ['GET', '/rooms/1/assistant/turns/1'],
    ['GET', '/rooms/1/assistant/turns/1/replay'],
    ['GET', '/rooms/1/assistant/session'],
    ['DELETE', '/rooms/1/assistant/session'],
    ['DELETE', '/rooms/1/assistant/turn'],
    ['PATCH', '/rooms/1/assistant/settings'],
    ['GET', '/rooms/999/nobody'],
  ]

  it.each(routes)('is closed without the right token: %s %s', async (method, path) => {
    const wrong = ['', 'Bearer ', 'Bearer wrong', 'Bearer letmei', 'Bearer letmein2', 'letmein']
    for (const authorization of [...wrong, 'Basic bGV0bWVpbg==', 'bearer letmein x']) {
      const request = new Request(`${HOME}${path}`, { method, headers: { authorization } })
      const answer = await exports.default.fetch(request)

      expect(answer.status).toBe(401)
      Refusal.parse(await answer.json())
    }
  })

  it.each(routes)('is closed to all where there is no token: %s %s', async (method, path) => {
    for (const ADMIN_TOKEN of ['', undefined]) {
      for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer letmein']) {
        const request = new Request(`${HOME}${path}`, { method, headers: { authorization } })
        const answer = await app.fetch(request, { ...env, ADMIN_TOKEN })

        expect(answer.status).toBe(401)
      }
    }
  })

  it.each([
    '/rooms/1/nobody',
    '/rooms/1/Assistant',
    '/rooms/0/assistant',
    '/rooms/-1/assistant',
    '/rooms/1.5/assistant',
    '/rooms/one/assistant',
    '/rooms/99999999999999999/assistant',
  ])('leads to no room at %s', async (path) => {
    for (const [method, end] of RESOURCES) {
      const answer = await ask(method, `${path}${end}`, method === 'PATCH' ? {} : undefined)

      expect(answer.status).toBe(404)
      Refusal.parse(await answer.json())
    }
  })

  it('leads nowhere by other methods', async () => {
    for (const method of ['POST', 'PUT']) {
      const answer = await ask(method, '/rooms/1/assistant/session')

      expect([answer.status, await answer.text()]).toEqual([404, ''])
    }
  })
})

describe('health', () => {
  it('is open, and counts the bots', async () => {
    const answer = await exports.default.fetch(`${HOME}/health`)

    expect(Health.parse(await answer.json())).toMatchObject({ bots: 2, brokenBots: 0 })
  })

  it('counts what is broken, and names nothing', async () => {
    const BOT_KEYS = 'assistant=3-7876b7cdc3d5,analyst=nonsense,ghost=9-abc'
    const answer = await app.fetch(new Request(`${HOME}/health`), { ...env, BOT_KEYS })
    const text = await answer.text()

    expect(Health.parse(JSON.parse(text))).toMatchObject({ bots: 1, brokenBots: 2 })
    expect(text).not.toMatch(/analyst|ghost|nonsense|9-abc/)
  })

  it('is alive without any bots', async () => {
    const answer = await app.fetch(new Request(`${HOME}/health`), { ...env, BOT_KEYS: undefined })

    expect(Health.parse(await answer.json())).toMatchObject({ bots: 0, brokenBots: 0 })
  })
})

describe('the queue', () => {
  it('is empty at first, and again when all is answered', async () => {
    const nothing = { waiting: 0, running: 0, oldestMs: 0, rooms: [] }
    expect(await read(QueueStats, '/queue/stats')).toEqual(nothing)

    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    await vi.waitFor(async () => {
      expect(await read(SessionStats, '/session/stats')).toMatchObject({ turns: 1 })
    })
    expect(await read(QueueStats, '/queue/stats')).toEqual(nothing)
  })

  it('has a turn that runs, who waits behind it, and for how long', async () => {
    const { model, david, jason, kevin } = world
    const gate = Promise.withResolvers<void>()
    model.says('One two three four').waits(gate.promise).says('Jason.').says('Kevin.')
    await world.says(david, 'hi')
    const ringing = world.rings()
    await vi.waitFor(() => expect(model.prompts).toHaveLength(1))
    vi.setSystemTime(Date.now() + 5_000)
    await world.says(jason, 'me too')
    await world.says(kevin, 'and me')

    // The room is known as soon as its first report has arrived, which nothing waits for.
    const stats = await vi.waitFor(async () => {
      const stats = await read(QueueStats, '/queue/stats')
      expect(stats.rooms).toMatchObject([{ room: 1, bot: 3, waiting: 2, running: 1 }])
      return stats
    })
    expect(stats).toMatchObject({ waiting: 2, running: 1, oldestMs: stats.rooms[0]?.oldestMs })
    expect(stats.oldestMs).toBeGreaterThanOrEqual(5_000)

    gate.resolve()
    await ringing
    expect(await read(QueueStats, '/queue/stats')).toMatchObject({ waiting: 0, running: 0 })
  })
})

describe('the sessions', () => {
  it('are told in turns, tiers, tokens and dollars', async () => {
    const { model, david } = world
    model.says('One.').says('Two.').says('Three.').fails(401)
    await world.asks(david, 'one')
    await world.asks(david, 'two')
    await world.asks(david, 'help')
    await evictDurableObject(world.room())
    await world.asks(david, 'three')
    await world.asks(david, 'four', world.office)

    const stats = await vi.waitFor(async () => {
      const stats = await read(SessionStats, '/session/stats')
      expect(stats).toMatchObject({ rooms: 2, turns: 5, cold: 2, hot: 2, warm: 1 })
      return stats
    })
    expect(stats).toMatchObject({ replied: 4, failed: 1, turnsWithoutPrice: 0 })
    expect(stats.activeWithin).toEqual({ hour: 2, day: 2, week: 2 })
    expect(stats.steps).toBeGreaterThanOrEqual(3)
    expect(stats.inputTokens).toBeGreaterThan(stats.cachedTokens)
    expect(stats.outputTokens).toBeGreaterThan(0)
    expect(stats.costDollars).toBeGreaterThan(0)
    expect(stats.costDollars).toBeLessThan(1)
  })
})

describe('a room', () => {
  it('shows its state and its turns, and what was said in its conversation alone', async () => {
    world.model.says('The swordfish is hot.')
    await world.asks(world.david, 'what about the swordfish?')
    await world.says(world.jason, 'more swordfish')

    const answer = await ask('GET', '/rooms/1/assistant')
    const text = await answer.text()
    const { conversation, ...overview } = RoomView.parse(JSON.parse(text))
    expect(text).not.toMatch(/7876b7cdc3d5/)
    expect(JSON.stringify(overview)).not.toMatch(/swordfish|David|Jason/)
    expect(conversation.turns).toMatchObject([{ turn: 1, askerName: 'David' }])
    expect(overview).toMatchObject({
      url: 'https://chat.example.com',
      room: 1,
      bot: 3,
      name: 'Watercooler',
      direct: false,
      queue: { waiting: 1, running: 0 },
      session: { fromTurn: 1 },
      settings: { ttlMinutes: 1_440, set: {} },
      turns: [
        {
          id: 1,
          state: 'replied',
          tier: 'cold',
          askerId: 1,
          reference: '3-1-1',
          messages: [1],
          replies: [{ message: 2, state: 'posted' }],
        },
      ],
    })

    world.model.says('And more.')
    await world.rings()
    const ids = async (before: number) =>
      (await read(RoomView, `/rooms/1/assistant?before=${before}`)).turns.map(({ id }) => id)
    expect([await ids(3), await ids(2), await ids(1)]).toEqual([[2, 1], [1], []])
  })

  it('that nobody has spoken in is empty', async () => {
    expect(await read(RoomView, '/rooms/77/analyst')).toMatchObject({
      room: 77,
      bot: 7,
      session: null,
      turns: [],
    })
  })

  it('exports its session, a line for each turn', async () => {
    const { model, david } = world
    model.uses('boost', { message_id: 1, content: '👏' }).says('One.').fails(401)
    await world.asks(david, 'question one')
    await world.asks(david, 'question two')

    const answer = await ask('GET', '/rooms/1/assistant/session')
    expect(answer.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
    const lines = new TextDecoder()
      .decode(await answer.arrayBuffer())
      .trimEnd()
      .split('\n')
    const turns = lines.map((line) => SessionLine.parse(JSON.parse(line)))
    expect(turns).toMatchObject([
      { turn: 1, steps: [{ results: [{ state: 'ok' }] }, { content: [{ text: 'One.' }] }] },
      { turn: 2, sentence: expect.stringContaining('the person who runs me') },
    ])
    expect(lines[0]).toContain('question one')
  })

  it('exports nothing where there is nothing', async () => {
    const answer = await ask('GET', '/rooms/1/assistant/session')

    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 0])
  })

  it('starts cold after a reset, and asks for no summary', async () => {
    const { model, david } = world
    model.says('One.').says('Two.')
    await world.asks(david, 'question one')
    const answer = await ask('DELETE', '/rooms/1/assistant/session')
    await world.asks(david, 'question two')

    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(await world.rows('SELECT tier FROM turns')).toEqual([{ tier: 'cold' }, { tier: 'cold' }])
    expect(model.prompts).toHaveLength(2)
    expect(JSON.stringify(model.prompts[1])).not.toContain('question one')
  })
})

describe('a turn', () => {
  it('is stopped while it runs, and the room is told', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('One two three four').waits(gate.promise)
    await world.says(world.david, 'count')
    const ringing = world.rings()
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))

    expect((await ask('DELETE', '/rooms/1/assistant/turn')).status).toBe(204)
    await ringing
    gate.resolve()

    expect(world.answers()).toHaveLength(1)
    expect(world.answers()[0]).toMatch(/stopped/i)
    const overview = await read(RoomView, '/rooms/1/assistant')
    expect(overview.turns).toMatchObject([{ state: 'stopped', stoppedBy: 'operator' }])
  })

  it('is stopped while it waits to be tried again', async () => {
    const { model, david } = world
    model.fails(529)
    await world.says(david, 'count')
    await world.ringsOnce()
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'paused' }])

    expect((await ask('DELETE', '/rooms/1/assistant/turn')).status).toBe(204)
    await world.rings()
    expect(world.answers()).toEqual(['Stopped.'])
  })

  it('that is over, or never was, cannot be stopped', async () => {
    expect((await ask('DELETE', '/rooms/1/assistant/turn')).status).toBe(404)

    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    const answer = await ask('DELETE', '/rooms/1/assistant/turn')
    expect(answer.status).toBe(404)
    expect(Refusal.parse(await answer.json())).toEqual({
      error: expect.stringContaining('nothing to stop'),
    })
  })
})

describe('settings', () => {
  const path = '/rooms/1/assistant/settings'

  it('change the model of the next call, in this room only, and back', async () => {
    const { model, david } = world
    model.says('One.').says('Two.').says('Three.').says('Four.')
    await world.asks(david, 'one')
    const set = await ask('PATCH', path, { model: 'claude-opus-5-5' })
    await world.asks(david, 'two')
    await world.asks(david, 'three', world.office)
    const reset = await ask('PATCH', path, { model: null })
    await world.asks(david, 'four')

    expect(SettingsSet.parse(await set.json())).toEqual({ model: 'claude-opus-5-5' })
    expect(SettingsSet.parse(await reset.json())).toEqual({ model: null })
    expect(model.prompts.map(({ model }) => model)).toEqual([
      'claude-sonnet-5-5',
      'claude-opus-5-5',
      'claude-sonnet-5-5',
      'claude-sonnet-5-5',
    ])
  })

  it('change how long a session lives, also of one that is under way', async () => {
    const { model, david } = world
    model.says('One.').says('In short: one.').says('Two.')
    await world.asks(david, 'one')
    await ask('PATCH', path, { ttlMinutes: 1 })

    expect(await world.wakesIn()).toBe(60_000)
    const overview = await read(RoomView, '/rooms/1/assistant')
    expect(overview.settings).toMatchObject({ ttlMinutes: 1, set: { ttlMinutes: 1 } })

    await world.passes(60_000)
    await world.asks(david, 'two')
    expect(await world.rows('SELECT tier FROM turns')).toEqual([{ tier: 'cold' }, { tier: 'cold' }])
  })

  it('that are not named stay', async () => {
    await ask('PATCH', path, { ttlMinutes: 5, model: 'claude-opus-5-5' })
    const answer = await ask('PATCH', path, { ttlMinutes: null })
    await ask('PATCH', path, {})

    expect(await answer.json()).toEqual({ ttlMinutes: null, model: 'claude-opus-5-5' })
    const { settings } = await read(RoomView, '/rooms/1/assistant')
    expect(settings).toMatchObject({ ttlMinutes: 1_440, model: 'claude-opus-5-5' })
  })

  it.each<[unknown, RegExp]>([
    [{ colour: 'red' }, /colour/],
    [{ ttlMinutes: 5, colour: 'red' }, /colour/],
    [{ ttlMinutes: 0 }, /^ttlMinutes: /],
    [{ ttlMinutes: 1.5 }, /^ttlMinutes: /],
    [{ ttlMinutes: '5' }, /^ttlMinutes: /],
    [{ ttlMinutes: 525_601 }, /^ttlMinutes: /],
    [{ model: '' }, /^model: /],
    [{ model: '  ' }, /^model: /],
    [{ model: 'x'.repeat(101) }, /^model: /],
    [{ model: 'gpt-9' }, /^model: no price is known of gpt-9/],
    [{ speaks: 'loud' }, /^speaks: /],
    [{ reply: true }, /^reply: /],
    [{ index: {} }, /^index: /],
    [{ maxSteps: 1e9 }, /^maxSteps: /],
    [{ maxMinutes: -1 }, /^maxMinutes: /],
    [{ ttlMinutes: 5, from: 5 }, /^from: /],
    [{ model: 5, ttlMinutes: 'x' }, /ttlMinutes: .*; model: /],
    [[], /^settings: /],
    [null, /^settings: /],
    ['{"ttlMinutes"', /^settings: /],
    ['', /^settings: /],
  ])('are refused by name when they are wrong: %j', async (body, error) => {
    const answer = await ask('PATCH', path, body)

    expect(answer.status).toBe(400)
    expect(Refusal.parse(await answer.json()).error).toMatch(error)
    expect(await read(RoomView, '/rooms/1/assistant')).toMatchObject({ settings: { set: {} } })
  })
})

const RESOURCES: [string, string][] = [
  ['GET', ''],
  ['GET', '/turns/1'],
  ['GET', '/turns/1/replay'],
  ['GET', '/session'],
  ['DELETE', '/session'],
  ['DELETE', '/turn'],
  ['PATCH', '/settings'],
]

function ask(method: string, path: string, body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, headers: OPERATOR, ...(body !== undefined && { body: text }) }
  return exports.default.fetch(new Request(`${HOME}${path}`, init))
}

async function read<Answer extends z.ZodType>(schema: Answer, path: string) {
  const answer = await ask('GET', path)
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json())
}
