import { describe, expect, it, vi } from 'vitest'
import { Refusal, RoomView, SessionLine } from '../../src/operator/schemas.ts'
import { useWorld } from '../support/world.ts'
import { ask, read } from './ask.ts'

const world = useWorld()

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
