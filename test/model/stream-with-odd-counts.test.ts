import { describe, expect, it } from 'vitest'
import type { Event } from '../support/sse.ts'
import { asked, begun, delta, ended, hello, says, start, stop, text } from './sent.ts'

describe('a field that is not there', () => {
  it.each([
    ['at the start', [{ ...begun, message: { id: 'm', usage: null } }], 2],
    ['nor the start itself', [], 2],
  ])('what was read, counted by nobody %s, is guessed at', async (_, first, output_tokens) => {
    const answer = await asked([...first, start(0, text), delta(0, says('Hi.')), ...ended])
    expect(answer.isCounted).toBe(false)
    expect(answer.usage.input_tokens).toBeGreaterThan(JSON.stringify(hello).length / 4)
    expect(answer.usage.output_tokens).toBe(output_tokens)
  })

  it.each([
    ['at its start alone', {}, 2],
    ['as nothing at its end', { usage: { output_tokens: 0 } }, 2],
    ['as more than there can be', { usage: { output_tokens: 1e300 } }, 2],
  ])('what was written, counted %s, is guessed at', async (_, end, output_tokens) => {
    const usage = { input_tokens: 7, output_tokens: 1 }
    const first = { ...begun, message: { id: 'm', usage } }
    const last = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, ...end } as Event
    const said = [start(0, text), delta(0, says('Hi.')), stop(0)]
    const answer = await asked([first, ...said, last, ended[1] as Event])
    expect(answer).toMatchObject({ isCounted: false, usage: { input_tokens: 7 } })
    expect(answer.usage.output_tokens).toBeGreaterThan(output_tokens)
  })

  it.each([
    ['none at all', { input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 5 }],
    ['less than nothing', { input_tokens: -3, cache_read_input_tokens: -1, output_tokens: 5 }],
    ['what is no count', { input_tokens: 'many', cache_read_input_tokens: [], output_tokens: '5' }],
    ['parts of one', { output_tokens: 4.2 }],
  ])('what is known is not erased by %s', async (_, counts) => {
    const usage = {
      input_tokens: 7,
      cache_read_input_tokens: 3,
      output_tokens: 1,
      server_tool_use: { web_search_requests: 2 },
    }
    const first = { ...begun, message: { id: 'm', usage } }
    const more = { ...counts, server_tool_use: { web_search_requests: 0 } }
    const answer = await asked([first, { ...ended[0], usage: more } as Event, ended[1] as Event])
    expect(answer).toMatchObject({
      isCounted: true,
      usage: { ...usage, output_tokens: 5, server_tool_use: { web_search_requests: 2 } },
    })
  })

  it('what stands among the counts and is none counts for nothing', async () => {
    const odd = {
      server_tool_use: { web_search_requests: 'many', web_fetch_requests: '3' },
      cache_creation: { ephemeral_1h_input_tokens: null, ephemeral_5m_input_tokens: -4 },
    }
    const usage = { input_tokens: 7, output_tokens: 1, ...odd }
    const answer = await asked([{ ...begun, message: { id: 'm', usage } }, ...ended])
    expect(answer.usage).toMatchObject({
      server_tool_use: { web_search_requests: 0, web_fetch_requests: 3 },
      cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
    })
  })

  it('counts that come later count', async () => {
    const usage = { input_tokens: 7, cache_read_input_tokens: 3, output_tokens: 4 }
    const first = { ...begun, message: { id: 'm', usage: null } }
    const answer = await asked([first, { ...ended[0], usage }, ended[1] as Event])
    expect(answer).toMatchObject({ isCounted: true, usage: { input_tokens: 7 } })
    expect(answer.usage.cache_read_input_tokens).toBe(3)
  })
})
