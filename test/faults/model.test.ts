import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import { callsIn, expectQuiet, logged, waits } from './quiescence.ts'

const SECOND = 1_000
const FAILED = { state: 'failed' }

describe('a model that is refused to us for now', () => {
  const world = useWorld()

  it.each([
    ['in seconds', () => '12'],
    ['as a date', () => new Date(Date.now() + 12 * SECOND).toUTCString()],
  ])('is asked again when it said, %s, and not before', async (_, after) => {
    const { model, david } = world
    model.fails(429, { retryAfter: after() }).says('Here I am.')
    await world.asks(david, 'hello?')
    await world.passes(10 * SECOND)
    expect(model.prompts).toHaveLength(1)
    await world.passes(2 * SECOND)

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await callsIn(world)).toEqual(['rate_limited: nothing', 'answered: its price'])
    await expectQuiet(world)
  })

  it('and that for long, gives way to the other model at once', async () => {
    const { model, david } = world
    model.fails(429, { retryAfter: 3_600 }).says('The other one here.')
    await world.asks(david, 'hello?')

    expect(world.answers()).toEqual(['The other one here.'])
    expect(model.prompts.map((prompt) => prompt.model)).toEqual([
      'claude-sonnet-5-5',
      'claude-haiku-5-5',
    ])
    await expectQuiet(world)
  })

  it.each([
    [429, 'rate_limited: nothing', ', $0.'],
    [529, 'overloaded: nothing', ', $0.'],
    [500, 'server: the worst', ', at most $0.'],
  ])('with %i and not a word on when, is asked again soon', async (status, booked, receipt) => {
    const { model, david } = world
    model.fails(status).says('Here I am.')
    await world.asks(david, 'hello?')
    expect(await world.wakesIn()).toBeLessThanOrEqual(SECOND)
    await world.passes(SECOND)

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await callsIn(world)).toEqual([booked, 'answered: its price'])
    await world.asks(david, 'why')
    expect(world.answers()[1]).toContain(receipt)
    await expectQuiet(world)
  })
})

describe('a model that refuses us', () => {
  const world = useWorld()

  it('for the key tells the room whom to ask, and the operator what is wrong', async () => {
    const { model, david } = world
    model.fails(401)
    await world.asks(david, 'hello?')
    await waits(world)

    expect(world.answers()).toEqual([SENTENCES.operator('3-1-1')])
    expect(model.prompts).toHaveLength(1)
    expect(await callsIn(world)).toEqual(['rejected_key: nothing'])
    expect(await world.rows('SELECT state FROM turns')).toEqual([FAILED])
    expect(logged()).toContainEqual(
      expect.objectContaining({ event: 'turn.failed', reference: '3-1-1', error: 'rejected_key' }),
    )
    await expectQuiet(world)
  })

  it('because the question alone is too long, tells so; it does not stand in the way of the next', async () => {
    const { model, david } = world
    const tooLong = { message: 'prompt is too long: 210000 tokens > 200000 maximum' }
    model.fails(400, tooLong)
    await world.asks(david, 'a novel')
    expect(world.answers()).toEqual([SENTENCES.tooLong('3-1-1')])

    model.fails(400, tooLong).says('Shorter is fine.')
    await world.asks(david, 'in short?')
    expect(world.answers()[1]).toMatch(/^Shorter is fine\.\s+\(Our conversation got too long/)
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).not.toContain('a novel')
    expect(await callsIn(world)).toEqual([
      ...Array(2).fill('too_long: nothing'),
      'answered: its price',
    ])
    await expectQuiet(world)
  })
})

describe('a model that refuses to tell the session before in short', () => {
  const world = useWorld()

  it('answers without, and nothing is said of what was never dropped', async () => {
    const { model, david } = world
    model.says('One.')
    await world.asks(david, 'one')
    await world.passes(25 * 60 * 60 * SECOND)
    model.fails(400, { message: 'messages.0: no' }).says('Two.')
    await world.asks(david, 'two')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(model.bodies.at(-1)).not.toContain('had grown too long')
    await expectQuiet(world)
  })
})

describe('what is no answer of a Messages API', () => {
  const world = useWorld()
  const page = () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } })

  it.each([
    ['a page', page, 'page', 'text/html'],
    ['JSON', () => Response.json({ type: 'message', content: [] }), 'cut', 'application/json'],
  ])(
    'but %s is tried again, told to the room, and named to the operator',
    async (_, sent, kind, type) => {
      const { model, david } = world
      for (let times = 0; times < 3 + 6; times++) model.sends(sent)
      await world.asks(david, 'hello?')
      await waits(world)

      expect(world.answers()).toEqual([SENTENCES.unavailable('3-1-1')])
      expect(await callsIn(world)).toEqual(Array(9).fill(`${kind}: the worst`))
      const wrong = logged().filter(({ event }) => event === 'turn.went_wrong')
      expect(wrong[0]?.error).toContain(type)
      await expectQuiet(world)
    },
  )
})

describe('a model that has nothing to say', () => {
  const world = useWorld()

  it.each([
    ['no content at all', () => []],
    ['nothing but blanks', () => [{ type: 'text' as const, text: ' \n\t' }]],
  ])('with %s, twice, ends in an honest word', async (_, content) => {
    const { model, david } = world
    model.answers(content).answers(content)
    await world.asks(david, 'hello?')

    expect(world.answers()).toEqual([SENTENCES.empty])
    expect(model.prompts).toHaveLength(2)
    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toContain('without any words')
    expect(await callsIn(world)).toEqual(Array(2).fill('answered: its price'))
    await expectQuiet(world)
  })
})

describe('a model that never stops asking for the same tool', () => {
  const world = useWorld()
  const change = useBotChanges()
  const search = { words: 'x' }

  it('even in its last call, is stopped there, and the room is told why there is no answer', async () => {
    const { model, david } = world
    change({ limits: { steps: 3, minutes: 10, outputTokens: 60_000 } })
    for (let step = 0; step < 4; step++) model.uses('search_conversation', search)
    await world.asks(david, 'find it')

    expect(world.answers()).toEqual([expect.stringContaining('limit')])
    expect(world.answers()[0]).not.toContain('nothing to add')
    expect(model.prompts.map(({ tool_choice }) => tool_choice?.type)).toEqual([
      ...Array(3).fill(undefined),
      'none',
    ])
    const uses = await world.rows('SELECT state FROM tool_uses')
    expect(uses.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'error'])
    await expectQuiet(world)
  })

  it('and says words on the way does not have those taken for its answer', async () => {
    const { model, david } = world
    change({ limits: { steps: 2, minutes: 10, outputTokens: 60_000 } })
    for (let step = 0; step < 3; step++) {
      model.uses('search_conversation', search, { saying: `Look ${step}.` })
    }
    await world.asks(david, 'find it')

    expect(world.answers()).toEqual([expect.stringMatching(/^Look 2\.\s+\(.*limit/)])
    await expectQuiet(world)
  })
})
