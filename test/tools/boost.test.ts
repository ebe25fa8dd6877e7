import { expect, it } from 'vitest'
import { Campfire } from '../../src/campfire.ts'
import { boost } from '../../src/tools/boost.ts'
import { runTool } from '../../src/tools.ts'
import { callOf, EMPTY } from '../support/tools.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

async function boosts(input: object) {
  const place = {
    url: 'https://chat.example.com',
    room: 1,
    key: '3-7876b7cdc3d5',
    fetch: world.fetch,
  }
  const context = { campfire: new Campfire(place), archive: { search: () => [] }, ...EMPTY, now: 0 }
  const signal = new AbortController().signal
  const call = callOf('boost', input)
  return JSON.parse((await runTool([boost], call, { ...context, signal }))().result)
}

/** Said by David to nobody. */
async function message() {
  const id = await world.posts(world.david, { text: 'we have shipped' })
  const seen = () => world.campfire.messagesIn(world.watercooler).find((one) => one.id === id)
  return { id, seen: () => seen()?.boosts.map(({ content, who }) => [who, content]) }
}

it('puts a boost on a message', async () => {
  const { id, seen } = await message()
  expect(await boosts({ message_id: id, content: ' 🎉 ' })).toEqual({
    ok: true,
    result: `Message ${id} now has your boost 🎉.`,
  })
  expect(seen()).toEqual([['Assistant', '🎉']])
})

it.each([
  [{ content: '' }, 'content'],
  [{ content: '   ' }, 'content'],
  [{ content: 'far too long for a boost' }, 'content'],
  [{ message_id: 0 }, 'message_id'],
  [{ message_id: '12' }, 'message_id'],
  [{ room: 2 }, 'room'],
])('refuses %j, and names it', async (wrong, named) => {
  const { id, seen } = await message()
  const told = await boosts({ message_id: id, content: '🎉', ...wrong })
  expect(told).toEqual({ ok: false, error: expect.stringContaining(named) })
  expect(seen()).toEqual([])
})

it('says that there is no such message', async () => {
  expect(await boosts({ message_id: 999, content: '🎉' })).toEqual({
    ok: false,
    error: expect.stringContaining('no such message'),
  })
})

it('says that it may have been done when no answer came', async () => {
  const { id, seen } = await message()
  world.fault = async (_, when) => {
    if (when === 'after') throw new TypeError('Network connection lost.')
    return undefined
  }
  expect(await boosts({ message_id: id, content: '🎉' })).toEqual({
    ok: false,
    error: expect.stringContaining('outcome unknown'),
  })
  expect(seen()).toEqual([['Assistant', '🎉']])
  expect(boost.effect).toBe('outside')
})
