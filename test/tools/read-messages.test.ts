import { describe, expect, it } from 'vitest'
import { Campfire } from '../../src/campfire.ts'
import { readMessages } from '../../src/tools/read-messages.ts'
import { runTool } from '../../src/tools.ts'
import { callOf, EMPTY } from '../support/tools.ts'
import { useWorld, type World } from '../support/world.ts'

async function reads(world: World, input: object = {}) {
  const place = {
    url: 'https://chat.example.com',
    room: 1,
    key: '3-7876b7cdc3d5',
    fetch: world.fetch,
  }
  const context = { campfire: new Campfire(place), archive: { search: () => [] }, ...EMPTY, now: 0 }
  const signal = new AbortController().signal
  const call = callOf('read_messages', input)
  return JSON.parse((await runTool([readMessages], call, { ...context, signal }))().result)
}

async function idsRead(world: World, input: object) {
  const { ok, result } = await reads(world, input)
  expect(ok).toBe(true)
  return result.map(({ id }: { id: number }) => id)
}

/** David counts, and nobody is asked. Resolves to the ids of what he said. */
async function talk(world: World, count: number) {
  const ids: number[] = []
  for (let n = 1; n <= count; n++) ids.push(await world.posts(world.david, { text: `number ${n}` }))
  return ids
}

describe.each(['rails', 'port'] as const)('in a Campfire that lists (%s)', (dialect) => {
  const world = useWorld(dialect)

  it('reads the newest, oldest first', async () => {
    const ids = await talk(world, 25)
    expect(await idsRead(world, {})).toEqual(ids.slice(-20))
    expect(await idsRead(world, { count: 3 })).toEqual(ids.slice(-3))
    expect(await idsRead(world, { count: 40 })).toEqual(ids)
  })

  it('says who said what and when', async () => {
    const [id] = await talk(world, 1)
    expect(await reads(world)).toEqual({
      ok: true,
      result: [
        {
          id,
          time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
          author: 'David',
          author_id: 1,
          text: 'number 1',
        },
      ],
    })
  })

  it('tells bots from people, and names a file', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    await world.posts(world.jason, {
      file: { name: 'plan.pdf', type: 'application/pdf', bytes: new Uint8Array(3) },
    })
    const { result } = await reads(world)
    expect(result[1]).toMatchObject({
      author: 'Assistant',
      author_id: 3,
      bot: true,
      text: 'Hello.',
    })
    expect(result[2]).toMatchObject({ author: 'Jason', file: 'plan.pdf' })
    expect(result[2]).not.toHaveProperty('text')
  })

  it.each([
    [10, 5, [8, 9, 10, 11, 12]],
    [10, 4, [8, 9, 10, 11]],
    [10, 1, [10]],
    [10, 2, [9, 10]],
    [1, 4, [1, 2]],
    [1, 1, [1]],
    [2, 4, [1, 2, 3]],
    [60, 4, [58, 59, 60]],
  ])('around number %i, %i of them: %j', async (around, count, expected) => {
    const ids = await talk(world, 60)
    const found = await idsRead(world, { around: ids[around - 1], count })
    expect(found).toEqual(expected.map((number) => ids[number - 1]))
  })

  it('around the only message of a room', async () => {
    const [id] = await talk(world, 1)
    expect(await idsRead(world, { around: id })).toEqual([id])
  })

  it('says that there is no such message', async () => {
    await talk(world, 2)
    expect(await reads(world, { around: 999 })).toEqual({
      ok: false,
      error: expect.stringContaining('no such message'),
    })
  })

  it('reads an empty room', async () => {
    expect(await reads(world)).toEqual({ ok: true, result: [] })
  })

  it('cuts long texts so that all fit', async () => {
    for (let n = 0; n < 40; n++) await world.posts(world.david, { text: 'x'.repeat(5_000) })
    const { ok, result } = await reads(world, { count: 40 })
    expect(ok).toBe(true)
    expect(result).toHaveLength(40)
    expect(result[0].text).toBe(`${'x'.repeat(1_000)}…`)
    expect((await reads(world, { count: 1 })).result[0].text).toBe('x'.repeat(5_000))
  })

  it.each([[{ count: 0 }], [{ count: 41 }], [{ around: -1 }], [{ room: 2 }]])(
    'refuses %j',
    async (input) => {
      expect((await reads(world, input)).ok).toBe(false)
    },
  )
})

describe('in a Campfire that cannot list', () => {
  const world = useWorld('v1.4.9')

  it('says so plainly', async () => {
    const told = { ok: false, error: expect.stringContaining('this Campfire lets no bot do that') }
    expect(await reads(world)).toEqual(told)
    expect(await reads(world, { around: 1 })).toEqual(told)
  })
})
