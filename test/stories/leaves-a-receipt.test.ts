import { exports } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { costOf } from '../../src/model/prices.ts'
import { ReceiptView, Refusal } from '../../src/operator/schemas.ts'
import { useBotChanges } from '../support/bots.ts'
import { used, useLimits } from '../support/limits.ts'
import { useWorld } from '../support/world.ts'

const OPERATOR = { authorization: 'Bearer letmein' }

const world = useWorld()
const assistant = useBotChanges()
const { limit } = useLimits(world)

async function ask(path: string) {
  const url = `https://firekeeper.example.com${path}`
  return await exports.default.fetch(url, { headers: OPERATOR })
}

async function receiptOf(turn: number) {
  const answer = await ask(`/rooms/1/assistant/turns/${turn}`)
  expect(answer.status).toBe(200)
  return ReceiptView.parse(await answer.json())
}

it('and the log names each request as the API names it: of a call that was answered, and of one that failed', async () => {
  const lines: { event: string; request?: string | null }[] = []
  const keep = (line: string) => void lines.push(JSON.parse(line))
  vi.spyOn(console, 'log').mockImplementation(keep)
  vi.spyOn(console, 'warn').mockImplementation(keep)
  world.model.fails(529).says('Here I am.')
  await world.asks(world.david, 'hello?')
  await world.passes(30_000)

  const steps = lines.filter(({ event }) => /^step\.(answered|failed)$/.test(event))
  expect(steps.map(({ event, request }) => ({ event, request }))).toEqual([
    { event: 'step.failed', request: 'req_scripted' },
    { event: 'step.answered', request: 'req_scripted' },
  ])
})

it('of each call, each tool and each message, and of no word', async () => {
  const { model, david } = world
  const gate = Promise.withResolvers<void>()
  model.uses('search_conversation', { words: 'swordfish' }, { saying: 'Let me see' })
  model.answers(async () => {
    await gate.promise
    return 'The swordfish is hot, @Kevin.'
  })
  await world.says(david, 'what about the swordfish?')
  const ringing = world.rings()
  await vi.waitFor(() => expect(model.prompts).toHaveLength(2))
  vi.setSystemTime(Date.now() + 700)
  gate.resolve()
  await ringing

  const receipt = await receiptOf(1)
  expect(JSON.stringify(receipt)).not.toMatch(/swordfish|Let me see|David|7876b7cdc3d5/)
  const [first, second] = receipt.steps
  expect(receipt).toMatchObject({
    turn: 1,
    reference: '3-1-1',
    state: 'replied',
    tier: 'cold',
    askerId: 1,
    crashes: 0,
    version: { worker: expect.any(String), bot: expect.any(String) },
    messages: [1],
    tools: [{ step: 1, name: 'search_conversation', effect: 'read', state: 'ok', approval: null }],
    replies: [{ part: 1, message: 2, state: 'posted', file: false }],
    callsWithoutPrice: 0,
  })
  expect(first).toMatchObject({ state: 'answered', request: 'req_scripted' })
  expect(first?.firstTokenMs).toBeLessThan(700)
  expect(second).toMatchObject({ state: 'answered', isExact: true })
  expect(second?.firstTokenMs).toBeGreaterThanOrEqual(700)
  expect(second?.tokens?.cacheRead).toBeGreaterThan(0)
  expect(receipt.tools[0]?.ms).toBeGreaterThanOrEqual(0)
  const rows = await world.rows('SELECT model, usage, cost FROM steps')
  const costs = rows.map(
    ({ model, usage }) => costOf(String(model), JSON.parse(String(usage))) ?? 0,
  )
  expect(receipt.costDollars * 1e6).toBeCloseTo(
    costs.reduce((sum, cost) => sum + cost, 0),
    6,
  )
})

it('of what failed, what it cost at the most, and which model took over', async () => {
  const { model, david } = world
  model.fails(529).cuts('text').says('There.')
  await world.asks(david, 'hi')
  await world.passesBy(60_000)

  const { steps, failures, costDollars } = await receiptOf(1)
  expect(steps.map(({ state, isExact }) => [state, isExact])).toEqual([
    ['failed', true],
    ['failed', false],
    ['answered', true],
  ])
  expect(steps[0]?.costDollars).toBe(0)
  expect(steps[1]?.costDollars).toBeGreaterThan(steps[2]?.costDollars ?? 0)
  expect(failures).toBe(0)
  expect(costDollars).toBeGreaterThan(0)
})

it('of the model that had to take over, and what the first one was refused with', async () => {
  assistant({ fallbackModel: 'claude-haiku-5-5' })
  const { model, david } = world
  model.fails(404, { type: 'not_found_error', message: 'model: claude-sonnet-5-5' }).says('There.')
  await world.asks(david, 'hi')

  const { steps, fallbackModel, failures } = await receiptOf(1)
  expect([fallbackModel, failures]).toEqual(['claude-haiku-5-5', 0])
  expect(steps).toMatchObject([
    { model: 'claude-sonnet-5-5', state: 'failed', error: 'unknown_model', costDollars: 0 },
    { model: 'claude-haiku-5-5', state: 'answered', error: null, request: 'req_scripted' },
  ])
})

it('of how often an answer was edited as it grew, and of how many people were told', async () => {
  const { model, david, kevin, campfire } = world
  // Whom somebody has mentioned the bot can mention.
  await world.posts(david, { text: 'look at this', mentions: [world.assistant, kevin] })
  model.says('I see.')
  await world.rings()
  const pieces = ['First this.', '\n\nThen that.', '\n\nAnd @Kevin knows.']
  model.says(pieces.join(''), {
    pieces,
    before: async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
      vi.setSystemTime(Date.now() + 3_000)
    },
  })
  await world.asks(david, 'tell us')

  const { edits, replies } = await receiptOf(2)
  const [, answer, telling] = campfire.postsOf(world.assistant, world.watercooler)
  expect(edits).toBeGreaterThan(1)
  expect(edits).toBe(campfire.messages.find(answer?.id ?? 0)?.edits)
  expect(replies).toMatchObject([
    { part: 1, message: answer?.id, state: 'posted', mentions: 0 },
    { part: 2, message: telling?.id, state: 'posted', mentions: 1 },
  ])
})

it('of how the session was told in short: what was held for it, what it cost, what the API calls it', async () => {
  const { model, david } = world
  assistant({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined, tools: [] })
  await limit({ for: 'installation', per: 'day', usd: 5 })
  const long = 'so it is and was. '.repeat(500)
  for (const topic of [1, 2, 3]) {
    model.says(`About ${topic}: ${long}`, used(2_000 * topic, 900))
    await world.asks(david, `Topic ${topic}`)
  }
  assistant({ compactAt: 5_000, maxTokens: 4_000 })
  model.says('About 4.', used(9_000, 100)).fails(529)
  await world.asks(david, 'Topic 4')
  await world.passes(20 * 60_000)
  model.says('About 5.', used(9_000, 100)).compacts('They went through all topics.')
  await world.asks(david, 'Topic 5')

  const [failed, worked] = [await receiptOf(4), await receiptOf(5)].map(
    ({ compactions }) => compactions,
  )
  expect(failed).toMatchObject([
    { state: 'failed', error: 'overloaded', request: 'req_scripted', costDollars: 0, tokens: null },
  ])
  expect(worked).toMatchObject([
    { state: 'used', error: null, request: 'req_scripted', isExact: true },
  ])
  const [{ costDollars = 0, reserveDollars = 0 } = {}] = worked ?? []
  expect(costDollars).toBeGreaterThan(0)
  expect(reserveDollars).toBeGreaterThan(costDollars ?? 0)
})

it('of a death that it has survived', async () => {
  const { model, david } = world
  model.says('Here.').says('Here, again.')
  let deaths = 0
  world.fault = async (request, when) =>
    request.url.endsWith('/v1/messages') && when === 'after' && !deaths++
      ? await world.dies()
      : undefined
  await world.says(david, 'hi')
  await world.lives()
  await world.lives()

  const { steps, crashes } = await receiptOf(1)
  expect(crashes).toBe(1)
  expect(steps.map(({ state, isExact }) => [state, isExact])).toEqual([
    ['lost', false],
    ['answered', true],
  ])
})

it('of why the cache was missed, as the API tells it', async () => {
  const { model, david } = world
  model.says('One.').says('Two.').says('Three.')
  await world.asks(david, 'one')
  await world.asks(david, 'two')
  expect((await receiptOf(2)).steps[0]?.cacheMiss).toBeNull()

  await exports.default.fetch('https://firekeeper.example.com/rooms/1/assistant/settings', {
    method: 'PATCH',
    headers: OPERATOR,
    body: JSON.stringify({ model: 'claude-opus-5-5' }),
  })
  await world.asks(david, 'three')

  expect(model.prompts.map(({ diagnostics }) => diagnostics?.previous_message_id)).toEqual([
    null,
    'msg_1',
    'msg_2',
  ])
  expect((await receiptOf(3)).steps[0]?.cacheMiss).toMatchObject({ reason: 'model_changed' })
})

it('of who has said yes to a tool', async () => {
  assistant({ approval: { attach_file: 'always' } })
  const { model, david } = world
  model.uses('attach_file', { name: 'a.csv', type: 'csv', content: 'a,b\n' }).says('Done.')
  await world.asks(david, 'make a list')
  expect((await receiptOf(1)).tools).toMatchObject([
    { name: 'attach_file', effect: 'outside', state: 'waiting', approval: { outcome: 'waiting' } },
  ])
  await world.asks(david, 'yes')

  expect((await receiptOf(1)).tools[0]?.approval).toEqual({ outcome: 'granted', by: david.id })
  const { tools, steps } = await receiptOf(2)
  expect(tools[0]).toMatchObject({ state: 'ok', approval: { outcome: 'granted', by: david.id } })
  expect(steps.map(({ kind }) => kind)).toEqual(['talk'])
})

it('that stays when the words are forgotten, and says the same', async () => {
  const { model, david } = world
  model.uses('search_conversation', { words: 'x' }).says('One.')
  await world.asks(david, 'one')
  const { replies: _, ...before } = await receiptOf(1)
  await world.asks(david, 'forget')

  const { replies: __, ...after } = await receiptOf(1)
  expect(after).toEqual(before)
})

it('of nothing where there is no such turn', async () => {
  for (const turn of ['9', '0', '-1', 'one', '1.5', '99999999999999999']) {
    const answer = await ask(`/rooms/1/assistant/turns/${turn}`)
    expect(answer.status).toBe(404)
    expect(Refusal.parse(await answer.json()).error).toContain("I don't know that turn")
  }
})
