import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/model.ts'
import type { Event } from '../support/sse.ts'
import { asked, asks, begun, delta, ended, says, start, stop, text, USAGE } from './sent.ts'

describe('a field that is not there', () => {
  it.each<[string, Event[], string]>([
    [
      'the text of a block',
      [start(0, { type: 'text' }), delta(0, says('Hello there.'))],
      'Hello there.',
    ],
    ['the text of a delta', [start(0, text), delta(0, says(null)), delta(0, says('Hi.'))], 'Hi.'],
    ['a delta', [start(0, text), delta(0, null), delta(0, says('Hi.'))], 'Hi.'],
    ['what kind of delta', [start(0, text), delta(0, { text: 'Hi.' })], 'Hi.'],
    ['what kind of block', [start(0, {}), delta(0, says('Hi.'))], 'Hi.'],
    ['a block', [start(0, null), delta(0, says('Hi.'))], 'Hi.'],
    ['the start of a block', [delta(0, says('Hi.')), stop(0)], 'Hi.'],
    ['its index', [start(null, text), delta(null, says('Hi.'))], 'Hi.'],
    ['that its index is a number', [start('0', text), delta('0', says('Hi.'))], 'Hi.'],
  ])('%s', async (_, events, words) => {
    const answer = await asked([begun, ...events, ...ended])
    expect(answer.content).toEqual([{ type: 'text', text: words }])
  })

  it('why it ended is not erased by nothing', async () => {
    const cut = { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: null }
    for (const nothing of [{}, { delta: null }, { delta: { stop_reason: null } }, { usage: {} }]) {
      const after = { type: 'message_delta', ...nothing }
      const events = [begun, start(0, text), delta(0, says('Hi.')), cut, after, ended[1] as Event]
      expect((await asked(events)).stopReason).toBe('max_tokens')
    }
  })

  it('an index that is used again is that of a new block', async () => {
    const use = { type: 'tool_use', id: 'toolu_1', name: 'boost', input: {} }
    const { content } = await asked([
      begun,
      start(0, text),
      delta(0, says('One.')),
      stop(0),
      start(0, text),
      delta(0, says(' Two.')),
      stop(0),
      start(0, use),
      delta(0, { type: 'input_json_delta', partial_json: '{"a":1}' }),
      stop(0),
      ...ended,
    ])
    expect(textOf(content)).toBe('One. Two.')
    expect(content.at(-1)).toEqual({ ...use, input: { a: 1 } })
  })

  it('an answer that begins anew under another name is the whole of it, and none behind it is', async () => {
    const second = { type: 'message_start', message: { id: 'other', model: 'x', usage: USAGE } }
    const half = [begun, start(0, text), delta(0, says('Wel'))]
    const whole = [start(0, text), delta(0, says('Well.')), stop(0), ...ended]
    const { content } = await asked([...half, second, ...whole, begun, ...whole])
    expect(content).toEqual([{ type: 'text', text: 'Well.' }])
  })

  it('an input that comes as JSON, and not in words of it, is that', async () => {
    const use = { type: 'tool_use', id: 'toolu_1', name: 'boost', input: {} }
    const json = { type: 'input_json_delta', partial_json: { a: 1 } }
    const { content } = await asked([begun, start(0, use), delta(0, json), stop(0), ...ended])
    expect(content).toEqual([{ ...use, input: { a: 1 } }])
  })

  it.each([
    ['comes by another index than the tool', [delta(0, asks('{"a"')), delta(0, asks(':1}'))]],
    ['comes beside one that is empty', [delta(1, asks('{"a":1}')), delta(7, asks(''))]],
    ['comes by indexes in words', [delta('1', asks('{"a":1}'))]],
    ['is a field that was missing at its start', [delta(1, asks('{"a":1}'))]],
  ])('an input that %s is that', async (what, deltas) => {
    for (const type of ['tool_use', 'server_tool_use']) {
      const use = { type, id: 'toolu_1', name: 'web_search', input: {} }
      const { input: _, ...without } = use
      const first = start(1, what.includes('missing') ? without : use)
      const said = [start(0, text), delta(0, says('Hi.')), stop(0), first, ...deltas, stop(1)]
      const reason = { type: 'message_delta', delta: { stop_reason: 'pause_turn' } }
      const { content } = await asked([begun, ...said, reason, ended[1] as Event])
      expect(content.at(-1)).toEqual({ ...use, input: { a: 1 } })
    }
  })

  it('ids that are the same, or would be, are each another', { timeout: 5_000 }, async () => {
    const id = 'x'.repeat(120)
    const uses = [id, `${id}_3`, id].map((id, n) => ({
      type: 'tool_use',
      id,
      name: 'boost',
      input: { n },
    }))
    const blocks = uses.flatMap((use, at) => [start(at, use), stop(at)])
    const { content } = await asked([begun, ...blocks, ...ended])
    expect(new Set(content.map((block) => 'id' in block && block.id)).size).toBe(3)
  })

  it.each([
    ['of another API', 'length', 'max_tokens'],
    ['in capitals', 'END_TURN', 'end_turn'],
    ['of another API, in capitals', 'STOP', 'end_turn'],
    ['for what broke it off', 'error', 'max_tokens'],
    ['that nobody knows', 'Enlightenment', 'Enlightenment'],
  ])('why it ends, in a word %s, is understood', async (_, told, stopReason) => {
    const said = [begun, start(0, text), delta(0, says('Hi.')), stop(0)]
    for (const why of [{ delta: { stop_reason: told } }, { stop_reason: told }]) {
      const last = { type: 'message_delta', ...why }
      expect(await asked([...said, last, ended[1] as Event])).toMatchObject({ stopReason })
    }
  })

  it('a tool that nobody named is no answer', async () => {
    const json = { type: 'input_json_delta', partial_json: '{}' }
    await expect(asked([begun, delta(0, json), ...ended])).rejects.toMatchObject({ kind: 'cut' })
  })
})
