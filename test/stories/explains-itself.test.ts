import { evictDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { RoomView } from '../../src/operator/schemas.ts'
import { type Receipt, receiptOf } from '../../src/receipt/wording.ts'
import { SENTENCES } from '../../src/sentences.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { step, use, using } from '../support/steps.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`why, on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it('is answered with the receipt of the reply that is quoted, without the model', async () => {
      const { model, david, jason } = world
      model.uses('search_conversation', { words: 'budget' }).says('Nothing of a budget.')
      await world.asks(david, 'what about the budget?')
      model.says('Hello, Jason.')
      await world.asks(jason, 'hello')
      const [budget, hello] = replies()

      await asksWhy(jason, Number(budget))
      await asksWhy(david, Number(hello))

      const [, , first = '', second = ''] = world.answers()
      expect(first.split('\n')).toEqual([
        expect.stringMatching(/^Read: one message, .*, no earlier conversation\.$/),
        'Tools: search_conversation (ok).',
        expect.stringMatching(
          /^Took: \d+\.\d s, [\d,]+ tokens in \([\d,]+ of them cached\) and \d+ out, \$\d\.\d{4}, claude-sonnet-5-5, request req_scripted, no crashes \(3-1-1\)\.$/,
        ),
      ])
      expect(second.split('\n')).toEqual([
        expect.stringMatching(/^Read: one message, .*, our conversation, still in memory\.$/),
        'Tools: none.',
        expect.stringMatching(/\(3-1-2\)\.$/),
      ])
      expect(model.prompts).toHaveLength(3)
    })

    it('without a quote is about the last thing that the bot said', async () => {
      const { model, david } = world
      model.says('One.').says('Two.')
      await world.asks(david, 'one')
      await world.asks(david, 'two')
      await world.asks(david, 'Why?!')
      await world.asks(david, 'why')

      const [, , first, second] = world.answers()
      expect(first).toMatch(/\(3-1-2\)\.$/)
      expect(second).toBe(first)
    })

    it('of a message that is not the bot’s is answered plainly', async () => {
      const id = await world.posts(world.jason, { text: 'lunch!' })
      await asksWhy(world.david, id)

      expect(world.answers()).toEqual([SENTENCES.why.unknown])
    })

    function replies() {
      return world.campfire.postsOf(world.assistant, world.watercooler).map(({ id }) => id)
    }

    async function asksWhy(person: { id: number }, replyTo: number) {
      await world.posts(person, { text: 'why?', mentions: [world.assistant], replyTo })
      await world.rings()
    }
  })
}

describe('why', () => {
  const world = useWorld()

  it('in a room where nothing was said yet says so', async () => {
    await world.asks(world.david, 'why')

    expect(world.answers()).toEqual([SENTENCES.why.nothing])
  })

  it('has nobody’s words in it', async () => {
    const { model, david, jason } = world
    model.says('The swordfish is hot.')
    await world.asks(david, 'what about the swordfish?')
    await world.asks(jason, 'why')

    expect(world.answers()[1]).not.toMatch(/swordfish|David|Jason/)
  })

  it('knows an old reply, also after the object was evicted, and reads no more for it', async () => {
    const { model, david, campfire } = world
    model.says('The first.')
    await world.asks(david, 'first')
    const [first] = campfire.postsOf(world.assistant, world.watercooler)
    for (let turn = 0; turn < 30; turn++) await world.asks(david, 'help')
    await evictDurableObject(world.room())

    bill.start()
    await world.posts(david, {
      text: 'why',
      mentions: [world.assistant],
      replyTo: Number(first?.id),
    })
    await world.rings()
    expect(world.answers().at(-1)).toMatch(/\(3-1-1\)\.$/)
    expect(bill.read()).toBeLessThan(450)
  })

  it('counts the messages that were answered together, and says what was around them', async () => {
    const { model, david, jason } = world
    await world.says(david, 'one')
    await world.says(jason, 'something else')
    await world.says(david, 'two')
    model.says('To David.').says('To Jason.')
    await world.rings()
    const [toDavid] = world.campfire.postsOf(world.assistant, world.watercooler)
    await world.posts(david, {
      text: 'why',
      mentions: [world.assistant],
      replyTo: Number(toDavid?.id),
    })
    await world.rings()

    expect(world.answers()[2]).toMatch(
      /^Read: 2 messages, what others said around it, no earlier conversation/,
    )
  })

  it('says how a turn failed, and that its words were forgotten', async () => {
    const { model, david, direct } = world
    model.fails(401)
    await world.posts(david, { text: 'one' }, direct)
    await world.rings(direct)
    await world.posts(david, { text: 'why' }, direct)
    await world.rings(direct)
    expect(world.answers(direct)[1]).toMatch(/^Took: .*, failed, no crashes/m)

    const [failed] = world.campfire.postsOf(world.assistant, direct)
    await world.posts(david, { text: 'forget' }, direct)
    await world.rings(direct)
    await world.posts(david, { text: 'why', replyTo: Number(failed?.id) }, direct)
    await world.rings(direct)
    expect(world.answers(direct)[3]).toMatch(
      /^Read: one message, the rest has been forgotten since/,
    )
  })

  it('names the call that was refused, and the one that was answered', async () => {
    const { model, david } = world
    const evil = '[pay](https://evil.example) @David <b>now</b>'
    model
      .fails(500, { headers: { 'request-id': 'req_first' } })
      .fails(503, { headers: { 'request-id': 'req_refused' } })
      .says('There.')
    await world.asks(david, 'one')
    await world.passes(30_000)
    await world.passes(30_000)
    await world.asks(david, 'why')
    expect(world.answers()[1]).toMatch(
      /, failed request req_refused, request req_scripted, no crashes/,
    )

    model.fails(401, { headers: { 'request-id': evil } })
    await world.asks(david, 'two')
    await world.asks(david, 'why')
    expect(world.answers()[3]).toMatch(/, failed request req_scripted, failed, no crashes/)

    // As a Worker before this one kept it.
    await world.rows(`UPDATE steps SET request = '${evil}' WHERE turn = 3`)
    await world.asks(david, 'why')
    expect(world.answers()[4]).toMatch(/, no answer from a model, failed, no crashes/)
    const { turns } = await overview()
    expect(turns.map(({ requests }) => requests.map(({ request }) => request))).toEqual([
      ...[[], [], [], []],
      ['req_first', 'req_refused', 'req_scripted'],
    ])
  })

  it('is a turn like any other: it ends once, killed or not', async () => {
    const { model, david } = world
    model.says('One.')
    await world.asks(david, 'one')
    world.fault = async (request, when) =>
      when === 'after' && request.method === 'POST' && request.url.endsWith('/messages')
        ? new Response('', { status: 502 })
        : undefined
    await world.asks(david, 'why')
    world.fault = null
    await world.passes(10_000)

    expect(world.answers()).toHaveLength(2)
    expect(world.answers()[1]).toMatch(/^Read: one message/)
  })
})

describe('a receipt', () => {
  const usage = { input_tokens: 1_000, output_tokens: 200, cache_read_input_tokens: 3_000 }
  const priced = (changes: Partial<Step> = {}) =>
    step('Yes.', { usage: usage as Step['usage'], cost: 1_234, ...changes })

  it.each<[string, Partial<Receipt>, RegExp]>([
    [
      'tokens and cost',
      { steps: [priced()] },
      /4,000 tokens in \(3,000 of them cached\) and 200 out, \$0\.0012/,
    ],
    [
      'both',
      { steps: [priced(), priced()] },
      /8,000 tokens in \(6,000 of them cached\) and 400 out, \$0\.0025/,
    ],
    ['no price', { steps: [priced({ cost: null })] }, /200 out, price unknown, claude/],
    [
      'the worst case',
      { steps: [priced({ state: 'lost', usage: null }), priced()] },
      /at most \$0\.0025/,
    ],
    ['two models', { steps: [priced({ model: 'a' }), priced({ model: 'b' })] }, /, a, then b, /],
    ['its call', { steps: [priced({ request: 'req_1' })] }, /5-5, request `req_1`, no crashes/],
    [
      'the newest',
      { steps: [priced({ request: 'req_1' }), priced(), priced({ request: 'req_2' })] },
      /5-5, request `req_2`, no crashes/,
    ],
    [
      'the call that failed',
      { steps: [priced({ state: 'failed', request: 'req_1' }), priced({ request: 'req_2' })] },
      /, failed request `req_1`, request `req_2`, no/,
    ],
    ['no call of no name', { steps: [priced({ request: '`[a](b)' })] }, /sonnet-5-5, no crashes/],
    ['no model', { steps: [priced({ state: 'failed' })] }, /no answer from a model/],
    ['nothing spent', { steps: [] }, /Took:\*\* 2\.5 s, no crashes/],
    ['a crash', { row: row({ crashes: 1 }) }, /recovered from one crash/],
    ['crashes', { row: row({ crashes: 2 }) }, /recovered from 2 crashes/],
    ['a stop', { row: row({ state: 'stopped' }) }, /, stopped on the way, /],
    ['a doubt', { doubt: 'may stand twice' }, /no crashes, the answer may be here twice \(3-1-7\)/],
    ['another', { doubt: 'may be missing' }, /no crashes, the answer may be missing \(3-1-7\)/],
    ['a word', { row: row({ kind: 'help' }) }, /Read:\*\* a single word, so no model was needed/],
    ['a warm session', { row: row({ tier: 'warm' }) }, /our conversation, loaded from storage\./],
    ['no tools', {}, /Tools:\*\* none\./],
    ['a tool', { steps: [using(use('boost', 'ok'))] }, /Tools:\*\* boost \(ok\)\./],
    ['a failure', { steps: [using(use('boost', 'error'))] }, /boost \(failed\)/],
    [
      'what is not known',
      { steps: [using(use('boost', 'unknown'))] },
      /boost \(may or may not have happened\)/,
    ],
    [
      'several',
      { steps: [using(use('boost', 'ok', 1), use('boost', 'error', 2), use('read', 'ok', 3))] },
      /boost × 2 \(1 ok, 1 failed\), read \(ok\)/,
    ],
  ])('tells %s', (_, changes, line) => {
    const receipt = receiptOf({ ...RECEIPT, ...changes })

    expect(receipt).toMatch(line)
    expect(receipt.split('\n')).toHaveLength(3)
  })
})

async function overview() {
  const headers = { authorization: 'Bearer letmein' }
  const request = new Request('https://x.example/rooms/1/assistant', { headers })
  return RoomView.parse(await (await exports.default.fetch(request)).json())
}

function row(changes: Partial<Receipt['row']> = {}): Receipt['row'] {
  return {
    kind: 'talk',
    state: 'replied',
    tier: 'hot',
    started: 0,
    ended: 2_500,
    crashes: 0,
    prompt: '<asked></asked>',
    ...changes,
  }
}

const RECEIPT: Receipt = {
  row: row(),
  messages: 1,
  steps: [],
  doubt: null,
  reference: '3-1-7',
}
