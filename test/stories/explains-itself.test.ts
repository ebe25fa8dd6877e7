import { evictDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { RoomView } from '../../src/operator/schemas.ts'
import { type Receipt, receiptOf } from '../../src/receipt/wording.ts'
import { SENTENCES } from '../../src/sentences.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { useBotChanges } from '../support/bots.ts'
import { useLimits } from '../support/limits.ts'
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
        expect.stringMatching(
          /^Why: I was mentioned\. Read: one message, .*, no earlier conversation\.$/,
        ),
        'Tools: search_conversation (ok).',
        expect.stringMatching(
          /^Took: \d+\.\d s, [\d,]+ tokens in \([\d,]+ of them cached\) and \d+ out, \$\d\.\d{4}, claude-sonnet-5-5, request req_scripted, version [\d.]+, bot \w+, no crashes \(3-1-1\)\.$/,
        ),
      ])
      expect(second.split('\n')).toEqual([
        expect.stringMatching(/Read: one message, .*, our conversation, still in memory\.$/),
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
      /Read: 2 messages, what others said around it, no earlier conversation/,
    )
  })

  it('says how a turn failed, and that its words were forgotten', async () => {
    const { model, david, direct } = world
    model.fails(401)
    await world.posts(david, { text: 'one' }, direct)
    await world.rings(direct)
    await world.posts(david, { text: 'why' }, direct)
    await world.rings(direct)
    expect(world.answers(direct)[1]).toMatch(/^Took: .*, failed, version .*, no crashes/m)

    const [failed] = world.campfire.postsOf(world.assistant, direct)
    await world.posts(david, { text: 'forget' }, direct)
    await world.rings(direct)
    await world.posts(david, { text: 'why', replyTo: Number(failed?.id) }, direct)
    await world.rings(direct)
    expect(world.answers(direct)[3]).toMatch(/Read: one message, the rest has been forgotten since/)
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
      /, failed request req_refused, request req_scripted, version .*, no crashes/,
    )

    model.fails(401, { headers: { 'request-id': evil } })
    await world.asks(david, 'two')
    await world.asks(david, 'why')
    expect(world.answers()[3]).toMatch(
      /, failed request req_scripted, failed, version .*, no crashes/,
    )

    // As a Worker before this one kept it.
    await world.rows(`UPDATE steps SET request = '${evil}' WHERE turn = 3`)
    await world.asks(david, 'why')
    expect(world.answers()[4]).toMatch(/, no answer from a model, failed, version .*, no crashes/)
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
    expect(world.answers()[1]).toMatch(/Read: one message/)
  })
})

describe('why it was silent', () => {
  const world = useWorld()
  const { limit } = useLimits(world)

  it('is told to whoever was met with it, and to whoever quotes what they had said', async () => {
    const { david, jason } = world
    await limit({ for: 'room:1', per: 'day', usd: 0.001 })
    await world.asks(david, 'one')
    const met = await world.posts(david, { text: 'two', mentions: [world.assistant] })
    await world.rings()
    await world.asks(david, 'why')
    expect(world.answers().at(-1)).toMatch(
      /^Why: I stayed quiet, a spending limit was used up\. Read: one message\.\nTools: none\.\nTook: .*, no answer on purpose, /,
    )

    await world.asks(jason, 'why')
    expect(world.answers().at(-1)).toMatch(/^Why: I was mentioned\. .*\n.*\n.*, failed, /)
    await world.posts(jason, { text: 'why', mentions: [world.assistant], replyTo: met })
    await world.rings()
    expect(world.answers().at(-1)).toMatch(/^Why: I stayed quiet, a spending limit was used up\./)
  })
})

describe('why something was done', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('tells who approved it, where it was asked for and where it was done', async () => {
    assistant({ approval: { attach_file: 'always' } })
    const { model, david, jason } = world
    model.uses('attach_file', { name: 'a.csv', type: 'csv', content: 'a,b\n' }).says('Done.')
    await world.asks(david, 'make a list')
    await world.asks(jason, 'why')
    expect(world.answers().at(-1)).toContain('Tools: attach_file (waiting for a yes).')

    const [asked] = world.campfire.postsOf(world.assistant, world.watercooler)
    await world.asks(david, 'yes')
    await world.asks(david, 'why')
    expect(world.answers().at(-1)).toContain('Tools: attach_file (ok, approved by David).')
    const replyTo = Number(asked?.id)
    await world.posts(david, { text: 'why', mentions: [world.assistant], replyTo })
    await world.rings()
    expect(world.answers().at(-1)).toContain('Tools: attach_file (approved by David).')
  })

  it('tells that the prompt cache was missed, and why', async () => {
    const { model, david } = world
    model.says('One.').says('Two.')
    await world.asks(david, 'one')
    await exports.default.fetch('https://x.example/rooms/1/assistant/settings', {
      method: 'PATCH',
      headers: { authorization: 'Bearer letmein' },
      body: JSON.stringify({ model: 'claude-opus-5-5' }),
    })
    await world.asks(david, 'two')
    await world.asks(david, 'why')
    expect(world.answers().at(-1)).toMatch(/ out, not from the cache: another model, \$/)
  })
})

describe('a receipt', () => {
  const usage = { input_tokens: 1_000, output_tokens: 200, cache_read_input_tokens: 3_000 }
  const priced = (changes: Partial<Step> = {}) =>
    step('Yes.', { usage: usage as Step['usage'], cost: 1_234, ...changes })

  const missing = (reason: string) =>
    priced({ diagnostics: { message: null, firstTokenMs: 1, cacheMiss: { reason, tokens: 9 } } })

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
    ['a stop', { row: row({ state: 'stopped' }) }, /, stopped partway, /],
    ['a doubt', { doubt: 'may stand twice' }, /no crashes, the answer may be here twice \(3-1-7\)/],
    ['another', { doubt: 'may be missing' }, /no crashes, the answer may be missing \(3-1-7\)/],
    ['a word', { row: row({ kind: 'help' }) }, /Read:\*\* a single word, so no model was needed/],
    ['a warm session', { row: row({ tier: 'warm' }) }, /our conversation, loaded from storage\./],
    ['no reason that it does not know', { row: row({ reason: 'x' }) }, /^\*\*Read:\*\* one/],
    [
      'that a reminder was due',
      { row: row({ reason: 'schedule 7', kind: 'told' }) },
      /^\*\*Why:\*\* reminder 7 was due\.$/m,
    ],
    [
      'that the operator needed to know',
      { row: row({ reason: 'limit', kind: 'told' }) },
      /^\*\*Why:\*\* the operator needed to know\.$/m,
    ],
    [
      'with what it was made',
      { row: row({ worker: '1.2.3', bot: 'k3x', bot_version: null }) },
      /, version 1\.2\.3, bot k3x, no crashes/,
    ],
    [
      'which version an operator had saved',
      { row: row({ worker: '1.2.3', bot: 'k3x', bot_version: 4 }) },
      /, version 1\.2\.3, bot #4, no crashes/,
    ],
    [
      'each miss of the cache once, in the API’s own word where there is none of ours',
      { steps: [missing('tools_changed'), missing('tools_changed'), missing('moon_full')] },
      /, not from the cache: my tools had changed, not from the cache: `moon_full`, \$/,
    ],
    [
      'who has said no, without a mention of anybody',
      {
        steps: [using(use('boost', 'waiting'))],
        answers: [{ tool: 'boost', outcome: 'refused', by: '@David <b>' }],
      },
      /boost \(declined by (?!@David).*David/,
    ],
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
