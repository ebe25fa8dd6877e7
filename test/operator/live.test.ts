import { evictDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import app from '../../src/index.ts'
import { TurnReceipt } from '../../src/operator/schemas.ts'
import { changesBetween } from '../../src/room/live/changes.ts'
import type { WatchedTurn } from '../../src/room/live/events.ts'
import { Watcher } from '../../src/room/live/watcher.ts'
import { until } from '../support/until.ts'
import { AS_OPERATOR, askToWatch, Watching } from '../support/watching.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'
import { HOME, signedIn } from './visitor.ts'

const world = useWorld()
afterEach(() => Watching.allLeave())

/** Somebody asks, and nobody waits for the answer. */
function goesOn(text: string) {
  return world.asks(world.david, text)
}

describe('whoever watches a room', () => {
  it('sees the answer grow, its reply posted, and the receipt at its end', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('Tea is at four. Bring cups.').waits(gate.promise)
    const watching = await Watching.begin()
    const turn = goesOn('when is tea?')
    await until(() => (watching.said(1)?.[0]?.length ?? 0) > 0)

    const soFar = watching.said(1)?.[0] ?? ''
    expect('Tea is at four. Bring cups.').toContain(soFar)
    expect(soFar.length).toBeLessThan(27)
    expect(watching.turns.get(1)).toMatchObject({
      state: 'running',
      asker: { id: 1, name: 'David' },
      prompt: expect.stringContaining('when is tea?'),
    })
    gate.resolve()
    await turn
    await until(() => watching.told('ends').length === 1)

    expect(watching.said(1)).toEqual(['Tea is at four. Bring cups.'])
    const [message] = world.campfire.postsOf(world.assistant, world.watercooler)
    expect(watching.turns.get(1)?.replies).toEqual([
      { part: 1, state: 'posted', message: message?.id },
    ])
    const [end] = watching.told('ends')
    expect(end?.state).toBe('replied')
    expect(TurnReceipt.parse(end?.receipt).steps).toHaveLength(1)
    expect(watching.events.map(({ sequence }) => sequence)).toEqual(
      watching.events.map((_, index) => index + (watching.events[0]?.sequence ?? 0)),
    )
  })

  it('sees tools begin and end, with what they are at', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.uses('search_conversation', { words: 'tea' }, { saying: 'Let me see.' })
    world.model.says('Nothing was said of it.').waits(gate.promise)
    const watching = await Watching.begin()
    const turn = goesOn('what was said of tea?')
    await until(() => watching.told('tool').some(({ state }) => state === 'ok'))

    expect(watching.turns.get(1)?.steps[0]).toMatchObject({
      state: 'answered',
      text: 'Let me see.',
      tools: [{ name: 'search_conversation', state: 'ok', status: 'Searching for “tea”' }],
    })
    gate.resolve()
    await turn
    await until(() => watching.told('ends').length === 1)
    expect(watching.said(1)).toEqual(['Let me see.', 'Nothing was said of it.'])
  })

  it('who is cut off in the middle and comes again has lost nothing', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('First.').says('Tea is at four. Bring cups.').waits(gate.promise)
    await goesOn('hello?')
    const before = await Watching.begin()
    const turn = goesOn('when is tea?')
    await until(() => (before.said(2)?.[0]?.length ?? 0) > 0)
    before.leaves()

    const again = await Watching.begin(1)
    await until(() => again.events.length > 0)
    expect(again.said(2)).toEqual(before.said(2))
    gate.resolve()
    await turn
    again.leaves()
    const late = await Watching.begin(1)
    await until(() => late.events.length > 0)

    expect([...late.turns.keys()]).toEqual([2])
    expect(late.turns.get(2)?.state).toBe('replied')
    expect(late.said(2)).toEqual(['Tea is at four. Bring cups.'])
  })

  it('is still there when the room has slept, and is told all anew', async () => {
    world.model.says('One.').says('Two.')
    const watching = await Watching.begin()
    await goesOn('one')
    await until(() => watching.told('ends').length === 1)
    await evictDurableObject(world.room(), { webSockets: 'hibernate' })
    await goesOn('two')
    await until(() => watching.told('ends').length === 2)

    expect(watching.closed).toBe(null)
    expect(watching.told('snapshot')).toHaveLength(2)
    expect(watching.said(2)).toEqual(['Two.'])
  })

  it('sees who waits, and turns that end in silence or are stopped', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('Tea is at four. Bring cups.').waits(gate.promise).says('And you too.')
    const watching = await Watching.begin()
    const turn = goesOn('when is tea?')
    await until(() => (watching.said(1)?.[0]?.length ?? 0) > 0)
    await world.says(world.jason, 'and me?')
    await until(() => watching.waiting === 1)
    await world.room().stopTurn()
    gate.resolve()
    await turn
    await until(() => watching.told('ends').length === 2)

    expect(watching.told('ends').map(({ state }) => state)).toEqual(['stopped', 'replied'])
    expect(watching.waiting).toBe(0)
  })

  it('is sent away after five minutes, to be asked again who they are', async () => {
    world.model.says('One.')
    const watching = await Watching.begin()
    await until(() => watching.events.length > 0)
    vi.setSystemTime(Date.now() + 5 * 60_000 + 1)
    await goesOn('one')
    await until(() => watching.closed !== null)

    expect(watching.closed).toBe('come again')
    expect(watching.told('begins')).toEqual([])
  })

  it('may say what they like: it changes nothing', async () => {
    world.model.says('One.')
    const watching = await Watching.begin()
    for (const text of ['', 'null', '{"seen":-1}', '{"seen":"x"}', 'x'.repeat(5_000)])
      watching.sends(text)
    await goesOn('one')
    await until(() => watching.told('ends').length === 1)

    expect(watching.said(1)).toEqual(['One.'])
  })

  it('costs no row, and without them nothing is looked at', async () => {
    world.model.says('One.').says('Two.').says('Three.').says('Four.')
    await goesOn('one, which begins the session')
    const cost = async (text: string) => {
      bill.start()
      await goesOn(text)
      return { written: bill.written(), read: bill.read() }
    }
    const alone = await cost('two')
    const watching = await Watching.begin()
    await until(() => watching.events.length > 0)
    const watched = await cost('three')
    watching.leaves()
    await until(async () => (await askForState()) === 101)
    const aloneAgain = await cost('four')

    expect([alone.written, watched.written]).toEqual([14, 14])
    // The receipt at its end is read for whoever watches.
    expect(watched.read).toBeGreaterThan(aloneAgain.read + 3)
  })
})

async function askForState() {
  const { status, webSocket } = await askToWatch()
  webSocket?.accept()
  webSocket?.close()
  return status
}

describe('a watcher that is slow', () => {
  const now = 1_000_000
  const text = 'x'.repeat(30_000)
  const event = (sequence: number) => ({
    type: 'text' as const,
    sequence,
    ...{ turn: 1, step: 1, at: 0, text },
  })

  it('is sent so much and no more, and told that there was more', () => {
    const { socket, sent } = pretended()
    const watcher = new Watcher(socket, now)
    for (let sequence = 1; sequence <= 100; sequence++) watcher.send(event(sequence), now)

    expect(sent.map(({ type }) => type)).toEqual([...Array(8).fill('text'), 'resync'])
    expect(watcher.hears('{"seen":7}', now)).toBe(false)
    expect(watcher.hears('{"seen":9}', now)).toBe(true)
    watcher.send(event(101), now)
    expect(sent.at(-1)).toMatchObject({ type: 'text', sequence: 101 })
  })

  it('gets all there is as soon as it takes in what it gets', () => {
    const { socket, sent } = pretended()
    const watcher = new Watcher(socket, now)
    for (let sequence = 1; sequence <= 100; sequence++) {
      watcher.send(event(sequence), now)
      expect(watcher.hears(`{"seen":${sequence}}`, now)).toBe(false)
    }
    expect(sent).toHaveLength(100)
  })

  it('and takes in nothing for two minutes is not waited for', () => {
    const { socket, closed } = pretended()
    const watcher = new Watcher(socket, now)
    for (let sequence = 1; sequence <= 100; sequence++) watcher.send(event(sequence), now)
    watcher.send(event(101), now + 119_000)
    expect(closed).toEqual([])
    watcher.send(event(102), now + 121_000)

    expect(closed).toEqual(['nobody there'])
  })

  it('and is gone delays nobody', () => {
    const { socket } = pretended()
    socket.send = socket.close = () => {
      throw new Error('It is closed')
    }
    const watcher = new Watcher(socket, now)
    for (let sequence = 1; sequence <= 100; sequence++) watcher.send(event(sequence), now)
    watcher.send(event(101), now + 121_000)
  })

  function pretended() {
    const sent: { type: string; sequence: number }[] = []
    const closed: string[] = []
    const [socket] = Object.values(new WebSocketPair())
    if (!socket) throw new Error('There is no socket')
    socket.send = (message) => void sent.push(JSON.parse(String(message)))
    socket.close = (_, reason) => void closed.push(reason ?? '')
    return { socket, sent, closed }
  }
})

describe('what changed of a turn', () => {
  const step = (text: string, changes: object = {}) => ({
    ...{ number: 1, kind: 'talk' as const, state: 'asked' as const, model: 'm', text, tools: [] },
    ...changes,
  })
  const turn = (steps: WatchedTurn['steps'], changes: Partial<WatchedTurn> = {}): WatchedTurn => ({
    ...{ id: 1, kind: 'talk', state: 'running', reason: null, asker: { id: 1, name: 'David' } },
    ...{ prompt: null, startedAt: '', endedAt: null, steps, replies: [], edits: 0 },
    ...changes,
  })
  const uses = (state: 'intended' | 'ok') => [{ number: 1, name: 'boost', state, status: '' }]
  const posted = [{ part: 1, state: 'posted', message: 5 }]

  it.each<[string, WatchedTurn, WatchedTurn, object[]]>([
    ['nothing', turn([step('a')]), turn([step('a')]), []],
    [
      'more words',
      turn([step('Tea')]),
      turn([step('Tea is')]),
      [{ type: 'text', at: 3, text: ' is' }],
    ],
    [
      'a blank less',
      turn([step('Tea ')]),
      turn([step('Tea')]),
      [{ type: 'text', at: 3, text: '' }],
    ],
    [
      'other words',
      turn([step('Tea')]),
      turn([step('Tin')]),
      [{ type: 'text', at: 1, text: 'in' }],
    ],
    [
      'the end of a step, its words before it',
      turn([step('Te')]),
      turn([step('Tea', { state: 'answered', tools: uses('intended') })]),
      [
        { type: 'text', at: 2, text: 'a' },
        { type: 'step', state: 'answered' },
        { type: 'tool', name: 'boost', state: 'intended', step: 1 },
      ],
    ],
    [
      'the end of a tool, and the next step',
      turn([step('', { state: 'answered', tools: uses('intended') })]),
      turn([step('', { state: 'answered', tools: uses('ok') }), step('T', { number: 2 })]),
      [
        { type: 'tool', state: 'ok', step: 1 },
        { type: 'step', number: 2, state: 'asked' },
        { type: 'text', step: 2, at: 0, text: 'T' },
      ],
    ],
    ['a reply', turn([]), turn([], { replies: posted }), [{ type: 'reply', part: 1, message: 5 }]],
    [
      'an edit',
      turn([], { replies: posted }),
      turn([], { replies: posted, edits: 1 }),
      [{ type: 'reply', part: 1, edits: 1 }],
    ],
    [
      'that it waits',
      turn([]),
      turn([], { state: 'paused' }),
      [{ type: 'state', state: 'paused' }],
    ],
    [
      'its end, of which there is more to tell',
      turn([]),
      turn([], { state: 'replied', endedAt: '' }),
      [],
    ],
  ])('%s', (_, before, after, told) => {
    const changes = changesBetween(before, after)

    expect(changes).toHaveLength(told.length)
    expect(changes).toMatchObject(told)
  })

  it('is all of it when it begins', () => {
    expect(changesBetween(null, turn([]))).toEqual([{ type: 'begins', turn: turn([]) }])
  })
})

describe('a socket', () => {
  it.each<[string, number, Record<string, string>]>([
    ['nobody that we know', 401, { origin: HOME }],
    ['a wrong token', 401, { origin: HOME, authorization: 'Bearer wrong' }],
    ['another page', 403, { ...AS_OPERATOR, origin: 'https://evil.example' }],
    ['a page that looks like ours', 403, { ...AS_OPERATOR, origin: `${HOME}.evil.example` }],
    ['another port', 403, { ...AS_OPERATOR, origin: `${HOME}:8443` }],
    ['another scheme', 403, { ...AS_OPERATOR, origin: 'http://firekeeper.example.com' }],
    ['a page of nowhere', 403, { ...AS_OPERATOR, origin: 'null' }],
    ['whoever asks for no socket', 426, { ...AS_OPERATOR, upgrade: 'h2c' }],
  ])('is not opened for %s', async (_, status, headers) => {
    const answer = await askToWatch('/rooms/1/assistant/live', headers)

    expect([answer.status, answer.webSocket]).toEqual([status, null])
  })

  it('is opened with the cookie for our own page alone', async () => {
    const cookie = await signedIn()
    const ask = async (origin: string | null) => {
      const { status, webSocket } = await askToWatch('/rooms/1/assistant/live', {
        cookie,
        ...(origin && { origin }),
      })
      webSocket?.accept()
      webSocket?.close()
      return status
    }

    expect(await ask(HOME)).toBe(101)
    expect(await ask('https://evil.example')).toBe(403)
    expect(await ask(null)).toBe(403)
    await exports.default.fetch(`${HOME}/sign-out`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: HOME, accept: 'text/html' },
      body: new URLSearchParams(),
    })
    expect(await ask(HOME)).toBe(401)
  })

  it('is opened for a machine that has the token, and for no room that there cannot be', async () => {
    const { authorization } = AS_OPERATOR
    const answer = await askToWatch('/rooms/1/assistant/live', { authorization })
    answer.webSocket?.accept()
    answer.webSocket?.close()

    expect(answer.status).toBe(101)
    expect((await askToWatch('/rooms/0/assistant/live')).status).toBe(404)
    expect((await askToWatch('/rooms/1/nobody/live')).status).toBe(404)
  })

  it('is for ten in a room, and for the next when one has left', async () => {
    const all = []
    for (let n = 0; n < 10; n++) all.push(await Watching.begin())
    expect((await askToWatch()).status).toBe(503)

    all[0]?.leaves()
    await until(async () => (await askForState()) === 101)
  })

  it('is closed to all where there is no token', async () => {
    const request = new Request(`${HOME}/rooms/1/assistant/live`, {
      headers: { upgrade: 'websocket', ...AS_OPERATOR },
    })
    expect((await app.fetch(request, { ...env, ADMIN_TOKEN: '' })).status).toBe(401)
  })
})
