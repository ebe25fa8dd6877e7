import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { useWorld, type World } from '../support/world.ts'
import { callsIn, expectQuiet, waits } from './quiescence.ts'

const SECOND = 1_000

describe('an answer that breaks off', () => {
  const world = useWorld()

  it.each(
    (['text', 'tool input', 'before end'] as const).flatMap((where) =>
      (['ends', 'resets'] as const).map((way) => [where, way] as const),
    ),
  )(
    'at its %s, where the connection %s, is asked for again as if it had never been',
    async (where, way) => {
      const { model, david } = world
      model.cuts(where, { way }).says('The whole answer.')
      await world.asks(david, 'hello?')
      expect(world.answers()).toEqual([])
      await world.passes(SECOND)

      expect(world.answers()).toEqual(['The whole answer.'])
      expect(model.bodies[1]).toBe(model.bodies[0])
      expect(await callsIn(world)).toEqual(['cut: the worst', 'answered: its price'])
      expect(await world.rows('SELECT * FROM tool_uses')).toEqual([])
      await expectQuiet(world)
    },
  )

  it.each(['ends', 'resets'] as const)(
    'only after it was said why it ends, where the connection %s, is whole',
    async (way) => {
      const { model, david } = world
      model.cuts('before stop', { way, text: 'All of it.' })
      await world.asks(david, 'hello?')

      expect(world.answers()).toEqual(['All of it.'])
      expect(await callsIn(world)).toEqual(['answered: its price'])
      await expectQuiet(world)
    },
  )

  it.each([
    ['overloaded_error', 'overloaded'],
    ['api_error', 'server'],
  ])('with %s, although it began with 200, is asked for again', async (type, error) => {
    const { model, david } = world
    model.errorEvent(type).says('The whole answer.')
    await world.asks(david, 'hello?')
    await world.passes(SECOND)

    expect(world.answers()).toEqual(['The whole answer.'])
    expect(await callsIn(world)).toEqual([`${error}: the worst`, 'answered: its price'])
    await expectQuiet(world)
  })

  it('as not allowed is asked for once more, and nothing that was said before is let go of', async () => {
    const { model, david } = world
    model.says('Mint.').errorEvent('invalid_request_error').says('Your tea is mint.')
    await world.asks(david, 'my tea is mint')
    await world.asks(david, 'which tea?')
    await world.passes(SECOND)
    expect(world.answers()).toEqual(['Mint.', 'Your tea is mint.'])
    expect(model.bodies[2]).toBe(model.bodies[1])

    for (const _ of [1, 2, 3, 4]) model.errorEvent('invalid_request_error')
    await world.asks(david, 'and which cake?')
    await waits(world)
    expect(world.answers()[2]).toBe(SENTENCES.failed('3-1-3'))
    expect((await callsIn(world)).slice(-4)).toEqual(Array(4).fill('invalid: the worst'))
    await expectQuiet(world)
    expect(model.bodies.at(-1)).toContain('my tea is mint')
  })
})

describe('an answer that breaks off while it grows', () => {
  const world = useWorld()
  const first = ['The first paragraph.\n\n', 'The second.\n\n', 'The third, which ', 'is cut.\n\n']
  const second = [
    'In short: ',
    'one.\n\n',
    'Two.\n\n',
    'And three, ',
    'which is all there is to it.',
  ]

  it.each(['ends', 'resets'] as const)(
    'where the connection %s, stands until it can be finished: one message, and never shorter',
    async (way) => {
      const { model, david } = world
      const seen = watches(world)
      model.says(first.join(''), slowly(first)).breaks('before end', way)
      model.says(second.join(''), slowly(second))
      await world.asks(david, 'explain')
      expect(world.answers()).toEqual([
        expect.stringMatching(/^The first paragraph\.\s+The second/),
      ])
      await world.passes(SECOND)

      expectGrown(world, seen, second)
      expect(await callsIn(world)).toEqual(['cut: the worst', 'answered: its price'])
      await expectQuiet(world)
    },
  )

  it('and is then written by the other model, does not begin anew before people’s eyes', async () => {
    const { model, david } = world
    const seen = watches(world)
    model.fails(529).fails(529).says(first.join(''), slowly(first)).breaks('before end')
    model.says(second.join(''), slowly(second))
    await world.asks(david, 'explain')
    for (let tries = 0; tries < 2; tries++) await world.passes(3 * SECOND)

    expectGrown(world, seen, second)
    expect(model.prompts.at(-1)?.model).toBe('claude-haiku-5-5')
    await expectQuiet(world)
  })

  it('again and again, is in the end a sentence, and nothing beside it', async () => {
    const { model, david } = world
    model.says(first.join(''), slowly(first)).breaks('before end')
    for (let times = 0; times < 2 + 6; times++) model.cuts('text')
    await world.asks(david, 'explain')
    await waits(world)

    expect(world.answers()).toEqual([SENTENCES.unavailable('3-1-1')])
    await expectQuiet(world)
  })
})

/** Each piece takes a second. */
function slowly(pieces: string[]) {
  const before = async () => {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
    vi.setSystemTime(Date.now() + SECOND)
  }
  return { pieces, before }
}

/** What people read, after every request. */
function watches(world: World) {
  const seen: string[] = []
  world.fault = async (_, when) => {
    if (when === 'after') seen.push(world.answers().join('|'))
    return undefined
  }
  return seen
}

function expectGrown(world: World, seen: string[], pieces: string[]) {
  const before = seen.slice(0, seen.indexOf(world.answers()[0] ?? ''))
  expect(new Set(before).size).toBeGreaterThan(2)
  for (const [index, text] of before.entries()) {
    expect(text.startsWith(before[index - 1] ?? '')).toBe(true)
  }
  expect(world.answers()).toHaveLength(1)
  expect(world.answers()[0]?.replace(/\s+/g, ' ')).toBe(pieces.join('').replace(/\s+/g, ' '))
}
