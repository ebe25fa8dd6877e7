import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { Handler } from '../../src/room/handler.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { callsIn } from '../faults/quiescence.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60_000

describe('a turn that keeps crashing', () => {
  const world = useWorld()

  it('is parked after five deaths with a sentence, and the next is answered', async () => {
    const { model, david } = world
    let crashes = 0
    world.fault = async (request) => {
      if (!request.url.includes('/v1/messages') || crashes >= 5) return undefined
      crashes++
      return await world.dies()
    }
    await world.says(david, 'poison')
    for (let rings = 0; rings < 9; rings++) await world.lives()
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(world.answers()[0]).toBe(SENTENCES.parked('3-1-1'))
    expect(world.answers()[1]).toBe('All well.')
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).not.toContain('poison')
  })

  it('in the posting of its answer says so in place of the answer', async () => {
    world.model.says('An answer that brings us down.')
    world.fault = async (request, when) => {
      const isAnswer =
        when === 'before' && request.method === 'POST' && request.url.includes('/rooms/')
      if (!isAnswer || !(await request.text()).includes('brings us down')) return undefined
      return await world.dies()
    }
    await world.says(world.david, 'hello?')
    for (let rings = 0; rings < 12; rings++) await world.lives()

    expect(world.answers()).toHaveLength(1)
    expect(world.answers()[0]).toBe(SENTENCES.parked('3-1-1'))
  })

  it('whose answer got out all the same was answered, and remembers it', async () => {
    const { model, david } = world
    model.says('This got out.')
    let crashes = 0
    world.fault = async (request, when) => {
      if (!request.url.includes('/rooms/') || crashes >= 5) return undefined
      if (when !== 'after') return undefined
      crashes++
      return await world.dies()
    }
    await world.says(david, 'hello?')
    for (let rings = 0; rings < 12; rings++) await world.lives()
    model.says('As I said.')
    await world.asks(david, 'sure?')

    expect(world.answers()).toEqual(['This got out.', 'As I said.'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('This got out.')
  })

  it('books each call that was lost at its worst case, and the one that was answered at its price', async () => {
    const { model, david } = world
    let crashes = 0
    world.fault = async (request, when) => {
      if (!request.url.includes('/v1/messages') || when !== 'after' || crashes >= 2)
        return undefined
      crashes++
      return await world.dies()
    }
    model.says('Heard by nobody.').says('Nor is this.').says('Here I am.')
    await world.says(david, 'hello?')
    for (let rings = 0; rings < 4; rings++) await world.lives()

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await callsIn(world)).toEqual([
      'lost: the worst',
      'lost: the worst',
      'answered: its price',
    ])
  })
})

describe('the alarm', () => {
  const world = useWorld()

  it('is set by a repeat, when the first delivery died before it could', async () => {
    const { campfire, david } = world
    await world.says(david, 'hello?')
    await runInDurableObject(world.room(), (_, { storage }) => storage.deleteAlarm())
    const [message] = campfire.messages.in(world.watercooler.id)
    if (message) await campfire.deliver(message)

    expect(await world.wakesIn()).toBe(0)
  })

  it('comes back when anything wakes an object with open work', async () => {
    world.model.says('Here after all.')
    await world.says(world.david, 'hello?')
    await runInDurableObject(world.room(), (_, { storage }) => storage.deleteAlarm())
    await evictDurableObject(world.room())
    await world.room().queueNow()
    await world.rings()

    expect(world.answers()).toEqual(['Here after all.'])
  })
})

describe('an answer', () => {
  const world = useWorld()

  it('that consists of nothing but quote signs does not hang the room', async () => {
    world.model.says('> \n'.repeat(3_000))
    await world.asks(world.david, 'quote nothing')

    expect(world.answers()).toHaveLength(1)
  })

  it('that was cut off in mid-thought does not spoil the session', async () => {
    const { model, david } = world
    model
      .answers(() => [{ type: 'thinking', thinking: 'Hm', signature: '' }])
      .says('Better.')
      .says('Yes.')
    await world.asks(david, 'think')
    await world.asks(david, 'and again')

    expect(world.answers()).toEqual(['Better.', 'Yes.'])
  })

  it('goes on with this turn alone when the API takes nothing of what was said before', async () => {
    const { model, david } = world
    model.says('One.').fails(400, { message: 'messages.1: something is off' }).says('Afresh.')
    await world.asks(david, 'one')
    await world.asks(david, 'two')

    expect(world.answers()[1]).toMatch(/^Afresh\./)
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).not.toContain('One.')
  })

  it('may stand twice but not more often on a Campfire that cannot be asked', async () => {
    world.model.says('Hello?')
    world.fault = async (request, when) => {
      const { method, url } = request
      if (!url.includes('/rooms/')) return undefined
      if (method === 'GET') return new Response('<html>', { status: 404 })
      return when === 'after' && method === 'POST' ? new Response('', { status: 504 }) : undefined
    }
    await world.asks(world.david, 'hello')
    for (let times = 0; times < 20; times++) await world.passes(5 * MINUTE)

    const doubt = SENTENCES.inDoubt('3-1-1')
    expect(world.answers()).toEqual(['Hello?', 'Hello?', doubt, doubt])
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'failed' }])
    expect(await world.rows('SELECT state FROM replies')).toEqual([
      { state: 'doubtful' },
      { state: 'doubtful' },
    ])
  })
})

describe('a stop', () => {
  const world = useWorld()

  it('while Campfire is down takes the answer back', async () => {
    const { model, david } = world
    let down = true
    world.fault = async (request) =>
      down && request.url.includes('/rooms/') ? new Response('', { status: 503 }) : undefined
    model.says('A long answer.')
    await world.asks(david, 'hello?')
    await world.says(david, 'stop')
    down = false
    await world.rings()

    expect(world.answers()).toEqual(['Stopped.'])
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'stopped' }])
  })

  it('does not call undone what a tool has done', async () => {
    const { model, david } = world
    const id = await world.posts(david, { text: 'boost this' })
    const gate = Promise.withResolvers<void>()
    let boosting = false
    world.fault = async (request, when) => {
      if (when !== 'after' || !request.url.endsWith('/boosts')) return undefined
      boosting = true
      await gate.promise
      return undefined
    }
    model.uses('boost', { message_id: id, content: '👏' }).says('What did I do?')
    await world.says(david, 'boost it')
    const ringing = world.rings()
    await until(() => boosting)
    await world.says(david, 'stop')
    gate.resolve()
    await ringing
    await world.asks(david, 'what did you do?')

    expect(world.answers()[0]).toBe('Stopped.')
    const told = JSON.stringify(model.prompts.at(-1)?.messages)
    expect(told).toContain('outcome unknown')
    expect(told).not.toContain('Not done')
  })

  it.each([
    ['fails each time', async () => Promise.reject(new Error('boom'))],
    ['takes no turn, though one is due', async () => {}],
  ])('of a room whose handler %s is rung less and less often', async (_, takeTurns) => {
    const { model, david } = world
    const handler = vi.spyOn(Handler.prototype, 'takeTurns').mockImplementation(takeTurns)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await world.says(david, 'hello?')
    const waits: (number | null)[] = []
    for (let times = 0; times < 10; times++) {
      await world.lives()
      waits.push(await world.wakesIn())
    }
    const doubled = [2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * SECOND)
    expect(waits).toEqual([...doubled, 5 * MINUTE, 5 * MINUTE])

    handler.mockRestore()
    model.says('Here I am.').says('At once.')
    await world.passes(5 * MINUTE)
    await world.asks(david, 'and now?')
    expect(world.answers()).toEqual(['Here I am.', 'At once.'])
  })
})
