import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { RoomView } from '../../src/operator/schemas.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld, type World } from '../support/world.ts'

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`in a direct on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it('it answers everything, until a second person has spoken; then who mentions it', async () => {
      const { campfire, model, david, jason, assistant } = world
      const group = campfire.addDirect([david, jason, assistant])
      model.says('Hello, David.')
      await world.posts(david, { text: 'hello' }, group)
      await world.rings(group)
      expect(world.answers(group)).toEqual(['Hello, David.'])

      await world.posts(jason, { text: 'David, lunch?' }, group)
      await world.rings(group)
      await world.posts(david, { text: 'yes, at noon' }, group)
      await world.rings(group)
      const once = SENTENCES.mentionMe
      expect(world.answers(group)).toEqual(['Hello, David.', once])

      model.says('At noon.')
      await world.posts(jason, { text: '@Assistant when was it?', mentions: [assistant] }, group)
      await world.rings(group)
      expect(world.answers(group)).toEqual(['Hello, David.', once, 'At noon.'])
      expect(await receipts(group)).toEqual([
        { state: 'replied', reason: 'direct' },
        { state: 'silent', reason: 'not mentioned' },
        { state: 'replied', reason: 'several people' },
        { state: 'silent', reason: 'not mentioned' },
        { state: 'replied', reason: 'mentioned' },
      ])
    })

    it('it is mentioned by one message of several, and answers all of them', async () => {
      const { model, david, assistant } = world
      const group = await groupOfThree(world)
      await world.posts(david, { text: '@Assistant the budget?', mentions: [assistant] }, group)
      await world.posts(david, { text: 'only for Q3' }, group)
      model.says('Q3: none.')
      await world.rings(group)

      const prompt = JSON.stringify(model.prompts[0]?.messages)
      expect(prompt).toMatch(/<asked>.*the budget\?.*only for Q3.*<\/asked>/)
      expect(world.answers(group)).toEqual(['Q3: none.'])
    })

    function receipts(room: { id: number }) {
      return world.rows('SELECT state, reason FROM turns ORDER BY id', room)
    }
  })
}

describe('a silence', () => {
  const world = useWorld()

  it('has a receipt, which the operator sees and the account counts', async () => {
    const group = await groupOfThree(world)
    await world.posts(world.jason, { text: 'not for the bot' }, group)
    await world.rings(group)

    const overview = await overviewOf(group)
    const receipt = { state: 'silent', reason: 'not mentioned' }
    expect(overview.turns).toMatchObject([receipt, receipt, receipt])
    await vi.waitFor(async () =>
      expect(await stats()).toMatchObject({ turns: 3, silent: 3, replied: 0, steps: 0 }),
    )
  })

  it('shows nothing in the room, and asks no model', async () => {
    const group = await groupOfThree(world)
    await world.posts(world.jason, { text: 'not for the bot' }, group)
    await world.rings(group)

    expect(world.answers(group)).toEqual([])
    expect(world.campfire.messagesIn(group).flatMap(({ boosts }) => boosts)).toEqual([])
    expect(world.model.prompts).toEqual([])
  })

  it('is kept in the archive: what was said is found when it is asked for', async () => {
    const { model, david, jason, assistant } = world
    const group = await groupOfThree(world)
    await world.posts(jason, { text: 'the swordfish is fresh' }, group)
    await world.rings(group)

    model.uses('search_conversation', { words: 'swordfish' }).says('Jason says that it is fresh.')
    await world.posts(david, { text: '@Assistant and the fish?', mentions: [assistant] }, group)
    await world.rings(group)

    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toContain('the swordfish is fresh')
    expect(world.answers(group)).toEqual(['Jason says that it is fresh.'])
  })

  it('costs a turn, a mark and an archive row, beside the message and its alarm', async () => {
    const group = await groupOfThree(world)
    bill.start()
    await world.posts(world.jason, { text: 'not for the bot' }, group)
    await world.rings(group)

    // The message and the index of its id, the alarm, turn, mark, archive, and the alarm of the end.
    expect(bill.written()).toBeLessThanOrEqual(8)
  })

  it('leaves the session as it was: the next turn is hot, and its prompt goes on', async () => {
    const { model, david, jason, assistant } = world
    const group = await groupOfThree(world)
    const mention = { mentions: [assistant] }
    model.says('One.').says('Two.')
    await world.posts(david, { text: '@Assistant one?', ...mention }, group)
    await world.rings(group)
    await world.posts(jason, { text: 'not for the bot' }, group)
    await world.rings(group)
    await world.posts(david, { text: '@Assistant two?', ...mention }, group)
    await world.rings(group)

    const [first, second] = model.prompts.map(({ messages }) => JSON.stringify(messages))
    expect(second?.startsWith(String(first?.slice(0, -1)))).toBe(true)
    expect((await world.rows('SELECT tier FROM turns', group)).at(-1)).toEqual({ tier: 'hot' })
  })

  it('does not hold up who is next', async () => {
    const { model, david, jason, assistant } = world
    const group = await groupOfThree(world)
    await world.posts(jason, { text: 'not for the bot' }, group)
    await world.posts(david, { text: '@Assistant for you', mentions: [assistant] }, group)
    model.says('Thanks.')
    await world.rings(group)

    expect(world.answers(group)).toEqual(['Thanks.'])
  })

  async function stats() {
    return JSON.parse(await operator('/session/stats'))
  }
})

describe('a control word among several people', () => {
  const world = useWorld()

  it.each(['help', 'why', 'forget'])('%s takes a mention, as any other message', async (word) => {
    const { david, assistant } = world
    const group = await groupOfThree(world)
    await world.posts(david, { text: word }, group)
    await world.rings(group)
    expect(world.answers(group)).toEqual([])

    await world.posts(david, { text: word, mentions: [assistant] }, group)
    await world.rings(group)
    expect(world.answers(group)).toHaveLength(1)
    expect(world.model.prompts).toEqual([])
  })

  it('stop takes a mention too', async () => {
    const { model, david, assistant } = world
    const group = await groupOfThree(world)
    model.hangs('text', 'Once upon a time')
    await world.posts(david, { text: '@Assistant a story', mentions: [assistant] }, group)
    const ringing = world.rings(group)
    await until(() => model.prompts.length === 1)

    await world.posts(david, { text: 'stop' }, group)
    expect(model.hungUp).toBe(0)
    await world.posts(david, { text: 'stop', mentions: [assistant] }, group)
    await ringing
    expect(model.hungUp).toBe(1)
  })
})

describe('what an operator sets', () => {
  const world = useWorld()

  it('holds for the room: mentioned in a direct, always in a group', async () => {
    const { campfire, model, david, jason, assistant, direct } = world
    await operator(`/rooms/${direct.id}/assistant/settings`, { speaks: 'mentioned' })
    await world.posts(david, { text: 'talking to myself' }, direct)
    await world.rings(direct)
    expect(world.answers(direct)).toEqual([])

    const group = campfire.addDirect([david, jason, assistant])
    await operator(`/rooms/${group.id}/assistant/settings`, { speaks: 'always' })
    model.says('One.').says('Two.')
    for (const person of [david, jason]) {
      await world.posts(person, { text: 'anything' }, group)
      await world.rings(group)
    }
    expect(world.answers(group)).toEqual(['One.', 'Two.'])
    expect(await overviewOf(group)).toMatchObject({
      settings: { set: { speaks: 'always' } },
      turns: [{ reason: 'always' }, { reason: 'always' }],
    })
  })
})

/** David and Jason have both spoken there. */
async function groupOfThree(world: World) {
  const { campfire, david, jason, assistant } = world
  const group = campfire.addDirect([david, jason, assistant])
  await world.posts(david, { text: 'Jason?' }, group)
  await world.posts(jason, { text: 'here' }, group)
  await world.rings(group)
  return group
}

async function overviewOf(room: { id: number }) {
  return RoomView.parse(JSON.parse(await operator(`/rooms/${room.id}/assistant`)))
}

async function operator(path: string, change?: object) {
  const answer = await exports.default.fetch(`https://firekeeper.example.com${path}`, {
    method: change ? 'PATCH' : 'GET',
    headers: { authorization: 'Bearer letmein', 'content-type': 'application/json' },
    ...(change && { body: JSON.stringify(change) }),
  })
  expect(answer.status).toBe(200)
  return await answer.text()
}
