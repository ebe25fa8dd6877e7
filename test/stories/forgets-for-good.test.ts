import { describe, expect, it } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { MARK, SECOND } from '../support/places/here.ts'
import { usePlaces } from '../support/places.ts'
import type { Body } from '../support/sse.ts'

const DAY = 86_400_000

const { world, places, standsIn, asked, growing } = usePlaces()
const IN_DIRECTS = places.filter(({ inRooms }) => !inRooms)

describe('forget in a room leaves nothing of', () => {
  it.each(places)('$what', async ({ put }) => {
    const room = world.watercooler
    await put(room)
    expect(await standsIn(room)).not.toEqual([])
    await world.asks(world.david, 'forget', room)
    expect(await standsIn(room)).toEqual([])
    await expectUnread(room, world.jason)
    await expectUnread(room, world.david)
    await world.passes(61 * 60 * SECOND, room)
    expect(await standsIn(room)).toEqual([])
  })
})

describe('forget in a direct leaves nothing of', () => {
  it.each(IN_DIRECTS)('$what', async ({ put }) => {
    const room = world.direct
    await put(room)
    await world.asks(world.david, 'forget', room)
    expect(await standsIn(room)).toEqual([])
    await expectUnread(room, world.david)
    expect(await standsIn(room)).toEqual([])
  })
})

describe('a deletion in Campfire takes with it', () => {
  it.each(places)('$what', async ({ put, stays }) => {
    const room = world.watercooler
    const ids = await put(room)
    for (const id of ids) world.campfire.deleteMessage(id)
    await world.talksElsewhere()
    world.model.says('As ever.')
    const before = world.model.prompts.length
    await world.asks(world.jason, 'and now?', room)
    const left = await standsIn(room)
    expect(left).toEqual(left.filter((name) => stays?.deleted?.includes(name)))
    const sent = (stays?.sent ?? []).map((part) => expect.stringContaining(part))
    expect(sentIn(world.model.prompts.slice(before))).toEqual(sent)
  })
})

describe('a deletion in Campfire of what was asked, or of the answer', () => {
  it.each(['asked', 'answered'])('takes an answer in doubt with it: %s', async (which) => {
    const room = world.watercooler
    let lost = 0
    world.fault = async ({ method, url }, when) => {
      const isEdit = when === 'after' && method === 'PATCH' && /messages/.test(url)
      return isEdit && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    const questions = await asked(room, 'a story?', growing)
    await world.passes(30 * SECOND)
    world.fault = null
    const answers = world.campfire.postsOf(world.assistant, room).map(({ id }) => id)
    for (const id of which === 'asked' ? questions : answers) world.campfire.deleteMessage(id)
    world.model.says('As ever.')
    await world.asks(world.jason, 'and now?', room)
    // It was known by its words until the room was looked at.
    for (const minutes of [1, 10, 60]) await world.passes(minutes * 60 * SECOND, room)

    expect(lost).toBeGreaterThan(0)
    expect(await standsIn(room)).toEqual([])
  })
})

describe('a reset by the operator leaves only in the archive, or pinned,', () => {
  it.each(places)('$what', async ({ put }) => {
    const room = world.watercooler
    await put(room)
    await world.room(room).resetSession()
    const left = await standsIn(room)
    expect(
      left.filter(
        (name) => name !== 'pins' && !/^(archive|said|file_)/.test(name) && name !== 'files',
      ),
    ).toEqual([])
  })
})

describe('the end of its time takes with it', () => {
  it.each(places)('$what', async ({ put, stays }) => {
    const room = world.watercooler
    await put(room)
    for (let n = 0; n < 3; n++) await world.passes(91 * DAY, room)
    const left = await standsIn(room)
    expect(left).toEqual(left.filter((name) => stays?.expired?.includes(name)))
  })
})

/** Whatever the tools could find of it: nothing of it reaches the model. */
async function expectUnread(room: Someone, person: Someone) {
  const before = world.model.prompts.length
  const tools: [string, object][] = [
    ['read_messages', { count: 40 }],
    ['search_conversation', {}],
    ['search_conversation', { words: MARK }],
    ['read_result', { name: '1.1.1' }],
  ]
  world.model.answers(() =>
    tools.map(([name, input], n) => ({
      type: 'tool_use' as const,
      id: `toolu_${before}_${n}`,
      name,
      input: name === 'search_conversation' && 'words' in input ? { words: 'zyxo' } : input,
    })),
  )
  world.model.says('As ever.')
  await world.asks(person, 'and now?', room)
  expect(world.model.prompts.length).toBe(before + 2)
  expect(JSON.stringify(world.model.prompts.slice(before))).not.toContain(MARK)
}

/** Which blocks of what the model is asked next hold it. */
function sentIn(prompts: Body[]) {
  const blocks = prompts.flatMap(({ system, messages }) => [
    ...[system].flat(),
    ...messages.flatMap(({ content }) => [content].flat()),
  ])
  return blocks.map((block) => JSON.stringify(block)).filter((block) => block.includes(MARK))
}
