import { describe, expect, it } from 'vitest'
import { Claude } from '../../src/model.ts'
import { failure } from '../support/sse.ts'
import { boost, failing, hello, KEY, scripted } from './asked.ts'

describe('what is asked', () => {
  it('is the whole prompt, with an automatic breakpoint for the cache', async () => {
    const { model, claude } = scripted()
    model.says('Hi.')
    await claude.ask({ ...hello, effort: 'low', thinking: 'adaptive' })

    expect(model.prompts).toEqual([
      {
        model: 'claude-sonnet-5-5',
        max_tokens: 1000,
        stream: true,
        cache_control: { type: 'ephemeral' },
        thinking: { type: 'adaptive' },
        output_config: { effort: 'low' },
        tools: [boost],
        system: [{ type: 'text', text: 'You are Bender.', cache_control: { type: 'ephemeral' } }],
        messages: [{ role: 'user', content: 'hello, this is my diary' }],
        diagnostics: { previous_message_id: null },
      },
    ])
  })

  it('names neither thinking, effort, tools nor system where there are none', async () => {
    const { model, claude } = scripted()
    model.says('Hi.')
    await claude.ask({ ...hello, system: '', tools: [], mayUseTools: false })

    expect(Object.keys(model.prompts[0] ?? {})).toEqual(
      'model max_tokens stream cache_control diagnostics messages'.split(' '),
    )
  })

  it('keeps the tools when none may be used', async () => {
    const { model, claude } = scripted()
    model.says('Hi.')
    await claude.ask({ ...hello, mayUseTools: false })

    expect(model.prompts[0]).toMatchObject({ tools: [boost], tool_choice: { type: 'none' } })
  })

  it('goes to the API when the base URL is empty, with the key as bearer, and is asked once', async () => {
    const requests: Request[] = []
    const claude = new Claude({
      apiKey: KEY,
      baseURL: '',
      fetch: async (input, init) => {
        requests.push(new Request(input, init))
        return failure(500)
      },
    })
    await failing(claude.ask(hello))

    expect(requests.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
      ['https://api.anthropic.com/v1/messages', `Bearer ${KEY}`],
    ])
  })

  it('goes to a gateway under its path', async () => {
    const urls: string[] = []
    const fetch = async (input: RequestInfo | URL) => {
      urls.push(String(input instanceof Request ? input.url : input))
      return failure(500)
    }
    await failing(new Claude({ apiKey: KEY, baseURL: 'https://gw.example/x', fetch }).ask(hello))

    expect(urls).toEqual(['https://gw.example/x/v1/messages'])
  })
})
