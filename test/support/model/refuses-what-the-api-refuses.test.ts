import { describe, expect, it } from 'vitest'
import { textOf } from '../../../src/model.ts'
import { boost, failing, hello, scripted, use } from '../../model/asked.ts'
import { ScriptedModel } from '../model.ts'

describe('the scripted model refuses what the API refuses', () => {
  const asks = { role: 'assistant', content: [use('t1', {})] } as const
  const tells = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1' }] } as const
  const says = { role: 'user', content: 'hi' } as const

  it.each<[string, object[] | object, RegExp]>([
    ['a use without result', [says, asks, says], /without `tool_result`/],
    ['a use at the end', [says, asks], /prefill/],
    ['a result without use', [says, tells], /unexpected `tool_use_id`/],
    [
      'a result after text',
      [says, asks, { role: 'user', content: [text('x'), ...tells.content] }],
      /without/,
    ],
    [
      'text after a use',
      [says, { role: 'assistant', content: [...asks.content, text('x')] }, tells],
      /without/,
    ],
    ['the same use twice', [says, asks, tells, asks, tells], /unique/],
    ['blank text', [{ role: 'user', content: [text(' ')] }], /non-whitespace/],
    ['empty content', [{ role: 'user', content: '' }], /non-empty/],
    ['an assistant first', [{ role: 'assistant', content: 'x' }, says], /first message/],
    ['a role it does not know', [says, { role: 'bot', content: 'x' }], /Unexpected role/],
    ['a prefill', [says, { role: 'assistant', content: 'x' }], /prefill/],
    [
      'fields of its own',
      [{ role: 'user', content: [{ ...text('x'), parsed_output: null }] }],
      /Extra/,
    ],
    [
      'a forged thought',
      [says, { role: 'assistant', content: [thought, text('x')] }, says],
      /signature/,
    ],
    ['no max_tokens', { max_tokens: undefined, messages: [says] }, /max_tokens/],
    ['two tools of one name', { tools: [boost, boost], messages: [says] }, /unique/],
    ['tool uses without tools', { tools: undefined, messages: [says, asks, tells] }, /must define/],
    [
      'a choice without tools',
      { tools: [], tool_choice: { type: 'none' }, messages: [says] },
      /tool_choice/,
    ],
  ])('%s', async (_, given, words) => {
    const model = new ScriptedModel().says('never')
    const base = { model: 'm', max_tokens: 1, stream: true, tools: [boost] }
    const body = JSON.stringify({
      ...base,
      ...(Array.isArray(given) ? { messages: given } : given),
    })
    const headers = { authorization: 'Bearer x' }
    const response = await model.fetch('https://m/v1/messages', { method: 'POST', headers, body })

    expect(response.status).toBe(400)
    expect(model.refused).toEqual([expect.stringMatching(words)])
    expect(model.left).toBe(1)
  })

  it('takes system words on the way, and an answer that was paused', async () => {
    const { model, claude } = scripted()
    model.says('Searching').stops('pause_turn').says('Found')
    const { content } = await claude.ask({
      ...hello,
      messages: [
        says,
        { role: 'system', content: 'It is late.' },
        { role: 'user', content: 'So?' },
      ],
    })
    await claude.ask({ ...hello, messages: [says, { role: 'assistant', content }] })

    expect(model.refused).toEqual([])
  })

  it('remembers a request that nobody expected', async () => {
    const { model, claude } = scripted()
    await failing(claude.ask(hello))

    expect(model.unexpected).toHaveLength(1)
  })

  it('answers from what it is asked', async () => {
    const { model, claude } = scripted()
    model.answers(({ messages }) => `I see ${messages.length}`)

    expect(textOf((await claude.ask(hello)).content)).toBe('I see 1')
  })
})

function text(text: string) {
  return { type: 'text' as const, text }
}

const thought = { type: 'thinking', thinking: 'I never thought this', signature: 'sig' }
