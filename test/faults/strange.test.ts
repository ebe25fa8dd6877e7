import { describe, expect, it } from 'vitest'
import type { Usage } from '../../src/model.ts'
import { eventsOf } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'
import { callsIn, expectQuiet } from './quiescence.ts'

describe('an answer of a kind that we do not know', () => {
  const world = useWorld()

  it('stopped for a reason of its own, with words, is the answer; with a tool, the tool runs', async () => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }, { stopReason: 'tool_dreamt' })
    model.says('Found nothing.', { stopReason: 'enlightenment' })
    await world.asks(david, 'look it up')

    expect(world.answers()).toEqual(['Found nothing.'])
    expect(await world.rows('SELECT state FROM tool_uses')).toEqual([{ state: 'ok' }])
    await expectQuiet(world)
  })

  it('with events, blocks and deltas to come, is read as far as we can, and sent back without', async () => {
    const { model, david } = world
    model.sends(strange)
    await world.asks(david, 'hello?')

    expect(world.answers()).toEqual(['Early. Plain words.'])
    expect(await callsIn(world)).toEqual(['answered: its price'])
    await expectQuiet(world)
    expect(model.bodies.at(-1)).toContain('Plain words.')
    expect(model.bodies.at(-1)).not.toMatch(/dream|sheep/)
  })

  it('that asks for the same tool use twice gets it once', async () => {
    const { model, david } = world
    const id = await world.posts(david, { text: 'hm' })
    const input = { message_id: id, content: '👏' }
    const use = { type: 'tool_use' as const, id: 'toolu_same', name: 'boost', input }
    model.answers(() => [use, use]).says('Done.')
    await world.asks(david, 'boost it')

    expect(world.answers()).toEqual(['Done.'])
    expect(world.campfire.messages.get(id).boosts).toHaveLength(1)
    world.campfire.messages.get(id).boosts = []
    await expectQuiet(world)
  })

  it.each([
    ['begins to count its tool uses anew', 'call:1'],
    ['has one name for them all, of any length', 'x'.repeat(300)],
  ])('that %s is understood, in this turn and the next', async (_, id) => {
    const { model, david } = world
    const use = { type: 'tool_use' as const, id, name: 'search_conversation' }
    for (const words of ['one', 'two']) model.answers(() => [{ ...use, input: { words } }])
    model
      .says('Nothing.')
      .answers(() => [{ ...use, input: { words: 'three' } }])
      .says('Nor here.')
    await world.asks(david, 'look it up')
    await world.asks(david, 'and three?')

    expect(world.answers()).toEqual(['Nothing.', 'Nor here.'])
    expect((await world.rows('SELECT state FROM tool_uses')).map(({ state }) => state)).toEqual(
      Array(3).fill('ok'),
    )
    await expectQuiet(world)
  })

  it.each([
    ['as parts of one', { input_tokens: 9.5, output_tokens: 5.25 }],
    ['in words', { input_tokens: '9', output_tokens: '5' }],
    ['as less than none', { input_tokens: -9, output_tokens: -5 }],
    ['as more than there can be', { input_tokens: 1e300, output_tokens: 1e300 }],
    ['as something else', { input_tokens: {}, output_tokens: [5], cache_creation: 7 }],
  ])('whose tokens are counted %s stands, and is read back', async (_, usage) => {
    const { model, david } = world
    const content = [{ type: 'text' as const, text: 'Mint.' }]
    const reply = { id: 'msg_odd', content, stopReason: 'end_turn' }
    model.sends((model) => inTurn({ ...reply, model, usage: usage as unknown as Usage }))
    await world.asks(david, 'my tea?')

    expect(world.answers()).toEqual(['Mint.'])
    await expectQuiet(world)
    expect(model.bodies.at(-1)).toContain('Mint.')
  })

  it('that never says why it ends is asked for once more, and then believed', async () => {
    const { model, david } = world
    const text = { type: 'text' as const, text: 'Mint.' }
    const reply = { content: [text], stopReason: '', usage: USAGE }
    for (let times = 0; times < 4; times++) {
      model.sends((model) => inTurn({ id: `msg_${times}`, model, ...reply }))
    }
    for (const words of ['my tea?', 'sure?', 'really?']) await world.asks(david, words)

    expect(world.answers()).toEqual(['Mint.', 'Mint.', 'Mint.'])
    expect(model.left).toBe(0)
    await expectQuiet(world)
  })

  it('that asks for a tool of a name that no tool can have is told so', async () => {
    const { model, david } = world
    model.uses('boost.message!').says('I have no such tool.')
    await world.asks(david, 'boost it')

    expect(world.answers()).toEqual(['I have no such tool.'])
    expect(model.bodies[1]).toContain('There is no tool named')
    await expectQuiet(world)
  })
})

const USAGE = { input_tokens: 9, output_tokens: 5 } as Usage

async function* inTurn(reply: Parameters<typeof eventsOf>[0]) {
  yield* eventsOf(reply)
}

async function* strange(model: string) {
  const usage = { input_tokens: 9, output_tokens: 5, cache_read_input_tokens: 0 }
  const [start, ...rest] = eventsOf({
    id: 'msg_strange',
    model,
    content: [{ type: 'text', text: 'Plain words.' }],
    stopReason: 'end_turn',
    usage: usage as Usage,
  })
  yield { type: 'weather', sky: 'blue' }
  if (start) yield start
  yield { type: 'content_block_start', index: 9, content_block: { type: 'dream', of: 'sheep' } }
  yield { type: 'content_block_delta', index: 9, delta: { type: 'dream_delta', of: 'more' } }
  yield { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Early. ' } }
  yield { type: 'content_block_stop', index: 9 }
  yield* rest
}
