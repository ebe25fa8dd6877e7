import { describe, expect, it } from 'vitest'
import { type Prompt, textOf } from '../../src/model.ts'
import type { Block } from '../support/sse.ts'
import { hello, scripted, started, streaming, use } from './asked.ts'

describe('what is answered', () => {
  it('comes as text while it is said, and whole at the end', async () => {
    const { model, claude } = scripted()
    model.says('Bite my shiny metal 🤖', { pieces: ['Bite ', 'my shiny ', 'metal 🤖'] })
    const heard: string[] = []
    const answer = await claude.ask(hello, { onText: (text) => heard.push(text) })

    expect(heard).toEqual(['Bite ', 'my shiny ', 'metal 🤖'])
    expect(model.hungUp).toBe(0)
    expect(textOf(answer.content)).toBe('Bite my shiny metal 🤖')
    expect(answer).toMatchObject({
      stopReason: 'end_turn',
      model: 'claude-sonnet-5-5',
      messageId: 'msg_1',
      unreadableInputs: [],
      usage: { input_tokens: 0, cache_read_input_tokens: 0, output_tokens: expect.any(Number) },
    })
  })

  it('can be stored as JSON and sent back as it is, thoughts and uses too', async () => {
    const { model, claude } = scripted()
    const redacted: Block = { type: 'whole', block: { type: 'redacted_thinking', data: 'zzz' } }
    model.thinks('He wants praise.').uses(
      [
        ['boost', { message_id: 12, content: '👏' }],
        ['boost', { message_id: 13, content: '🔥' }],
      ],
      {},
      { saying: 'Well done.' },
    )
    model.answers(() => [redacted, { type: 'text', text: 'Done.' }]).says('Again.')
    const first = await claude.ask(hello)
    const results = first.content
      .filter((block) => block.type === 'tool_use')
      .map(({ id }) => ({ type: 'tool_result' as const, tool_use_id: id, content: 'ok' }))
    const session: Prompt['messages'] = [
      ...hello.messages,
      { role: 'assistant', content: JSON.parse(JSON.stringify(first.content)) },
      { role: 'user', content: results },
    ]
    const second = await claude.ask({ ...hello, messages: session })
    session.push({ role: 'assistant', content: second.content }, { role: 'user', content: 'More' })
    await claude.ask({ ...hello, messages: session })

    expect(first.content).toEqual([
      { type: 'thinking', thinking: 'He wants praise.', signature: expect.any(String) },
      { type: 'text', text: 'Well done.' },
      use('toolu_2', { message_id: 12, content: '👏' }),
      use('toolu_3', { message_id: 13, content: '🔥' }),
    ])
    expect(second.content[0]).toEqual({ type: 'redacted_thinking', data: 'zzz' })
    expect(model.refused).toEqual([])
    const [, before, after] = model.bodies
    expect(after?.startsWith(before?.slice(0, -2) ?? '?')).toBe(true)
  })

  it('finds its prompt in the cache when the session only grew', async () => {
    const { model, claude } = scripted()
    model.says('One.').says('Two.')
    const first = await claude.ask(hello)
    const messages: Prompt['messages'] = [
      ...hello.messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: 'And?' },
    ]
    const { usage } = await claude.ask({ ...hello, messages })

    expect(usage.cache_read_input_tokens).toBe(first.usage.cache_creation_input_tokens)
  })

  it('leaves out what the API would not take back: blank text, and nulls', async () => {
    const { model, claude } = scripted()
    const use: Block = { type: 'tool_use', id: 'toolu_9', name: 'boost', input: {} }
    const found = { type: 'web_search_tool_result', tool_use_id: 's1', content: [], caller: null }
    model.answers(() => [
      { type: 'text', text: ' \n' },
      { type: 'whole', block: { type: 'text', text: 'Cited.', citations: [citation] } },
      { type: 'whole', block: found },
      use,
    ])
    const { content } = await claude.ask(hello)

    expect(content).toEqual([
      { type: 'text', text: 'Cited.', citations: [{ ...citation, file_id: undefined }] },
      { type: 'web_search_tool_result', tool_use_id: 's1', content: [] },
      { type: 'tool_use', id: 'toolu_9', name: 'boost', input: {}, caller: { type: 'direct' } },
    ])
    expect(JSON.stringify(content)).not.toContain('null')
  })

  it.each(['refusal', 'pause_turn', 'max_tokens', 'a_reason_to_come'])(
    'stops with %s',
    async (reason) => {
      const { model, claude } = scripted()
      model.says('Hm.').stops(reason)

      expect((await claude.ask(hello)).stopReason).toBe(reason)
    },
  )

  it.each([
    ['is cut off', '{"message_id": 12, "content": "ye'],
    ['is no JSON', '{message_id: 12}'],
    ['is no object', '"12"'],
    ['is a list', '[12]'],
  ])('names a tool use whose input %s, and gives it none', async (_, json) => {
    const { model, claude } = scripted()
    model.malformedInput('boost', json)
    const answer = await claude.ask(hello)

    expect(answer.content).toEqual([use('toolu_1', {})])
    expect(answer.unreadableInputs).toEqual(['toolu_1'])
  })

  it('takes no input at all for none, unless the answer was cut off just there', async () => {
    const { model, claude } = scripted()
    model.malformedInput('boost', '').malformedInput('boost', '').stops('max_tokens')

    expect((await claude.ask(hello)).unreadableInputs).toEqual([])
    expect((await claude.ask(hello)).unreadableInputs).toEqual(['toolu_2'])
  })

  it('passes over events, blocks and deltas of a kind to come', async () => {
    const answer = await streaming([
      { type: 'weather', sky: 'blue' },
      started,
      { type: 'content_block_start', index: 0, content_block: { type: 'dream', of: 'sheep' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'dream_delta', of: 'more' } },
      { type: 'content_block_delta', index: 7, delta: { type: 'sigh_delta', depth: 'lost' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'nap', whole: true } },
      { type: 'content_block_stop', index: 1 },
      { type: 'message_delta', delta: { stop_reason: 'to_come' }, usage: null },
      { type: 'message_stop' },
    ]).ask(hello)

    expect(answer).toMatchObject({
      content: [],
      stopReason: 'to_come',
      usage: { input_tokens: 3 },
      // Nobody has counted it to its end.
      isCounted: false,
    })
  })
})

const citation = {
  type: 'char_location',
  cited_text: 'x',
  document_index: 0,
  document_title: 'T',
  start_char_index: 0,
  end_char_index: 1,
  file_id: null,
}
