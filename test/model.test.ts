import { describe, expect, it, vi } from 'vitest'
import { costOf, worstCaseOf } from '../src/model/prices.ts'
import { Claude, ModelError, type Prompt, textOf, type Usage } from '../src/model.ts'
import { ScriptedModel } from './support/model.ts'
import { type Block, type Event, failure, streamed } from './support/sse.ts'

const KEY = 'sk-ant-secret-key'
const boost = { name: 'boost', description: 'React', input_schema: { type: 'object' as const } }
const hello: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are Bender.',
  tools: [{ name: 'boost', description: 'React', inputSchema: { type: 'object' } }],
  messages: [{ role: 'user', content: 'hello, this is my diary' }],
  maxTokens: 1000,
  mayUseTools: true,
}

function scripted() {
  const model = new ScriptedModel()
  return { model, claude: new Claude({ apiKey: KEY, fetch: model.fetch }) }
}
const answering = (response: Response | (() => Response)) =>
  new Claude({
    apiKey: KEY,
    fetch: async () => (typeof response === 'function' ? response() : response),
  })
const streaming = (events: Event[]) => {
  async function* parts() {
    yield* events
  }
  return answering(streamed(parts(), new AbortController().signal))
}

async function failing(asked: Promise<unknown>): Promise<ModelError> {
  const error = await asked.then(
    () => null,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(ModelError)
  return error as ModelError
}

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

describe('what goes wrong', () => {
  it.each<[string, Parameters<typeof failure>, string, boolean]>([
    ['529', [529], 'overloaded', true],
    ['429', [429], 'rate_limited', true],
    ['429, usage grew too fast', [429, { code: 'ramp_limit_exceeded' }], 'rate_limited', true],
    ['429, limit of the tier', [429, { code: 'enforced_spend_limit_reached' }], 'spent', false],
    ['429, limit of the contract', [429, { code: 'contract_spend_limit_reached' }], 'spent', false],
    ['429 of a gateway', [429, { message: 'Spend limit reached' }], 'spent', false],
    ['402', [402], 'spent', false],
    ['400, empty', [400, { message: 'Your credit balance is too low to …' }], 'spent', false],
    [
      '400, own limit',
      [400, { message: 'You have reached your API usage limits.' }],
      'spent',
      false,
    ],
    ['403, limit', [403, { message: 'The spend limit is reached' }], 'spent', false],
    ['500', [500], 'server', true],
    ['503', [503], 'server', true],
    ['409', [409], 'server', true],
    ['504', [504], 'timeout', true],
    ['408', [408], 'timeout', true],
    ['401', [401], 'rejected_key', false],
    ['403', [403], 'permission', false],
    ['400, on hold', [400, { code: 'organization_on_hold' }], 'rejected_key', false],
    ['404, the model', [404, { message: 'model: claude-nine' }], 'unknown_model', false],
    ['404, the address', [404, { message: 'Not Found' }], 'route', false],
    ['413', [413], 'too_long', false],
    ['400, long', [400, { message: 'prompt is too long: 3 tokens > 2' }], 'too_long', false],
    ['400', [400, { message: 'messages.0: no' }], 'invalid', false],
    ['422', [422], 'invalid', false],
    [
      '400, blocked',
      [400, { message: 'Output blocked by content filtering policy' }],
      'blocked',
      false,
    ],
  ])('%s', async (_, [status, how], kind, retryable) => {
    const { model, claude } = scripted()
    model.fails(status, how)

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind, retryable, status, retryAfterMs: null, partialText: '' })
  })

  it.each([
    ['overloaded_error', 'overloaded'],
    ['api_error', 'server'],
    ['error_to_come', 'server'],
    ['rate_limit_error', 'rate_limited'],
    ['timeout_error', 'timeout'],
    ['billing_error', 'spent'],
    ['invalid_request_error', 'invalid'],
  ])('%s in a stream that began well is %s', async (type, kind) => {
    const { model, claude } = scripted()
    model.errorEvent(type, { text: 'Four words and more' })

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind, status: 200, partialText: 'Four words' })
  })

  it.each([
    ['before first byte', 'ends', ''],
    ['text', 'ends', 'Four words'],
    ['text', 'resets', 'Four words'],
    ['tool input', 'ends', 'Four words and more'],
    ['tool input', 'resets', 'Four words and more'],
    ['before end', 'ends', 'Four words and more'],
  ] as const)('a stream cut at %s that %s keeps what had come', async (where, way, partialText) => {
    const { model, claude } = scripted()
    model.cuts(where, { text: 'Four words and more', way })

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind: 'cut', retryable: true, partialText })
  })

  it('a stream that never says why it ends, or is no stream, is cut', async () => {
    const ended = { type: 'message_stop' }
    expect(await failing(streaming([started, ended]).ask(hello))).toMatchObject({ kind: 'cut' })
    expect(await failing(streaming([{ type: 'message_stop' }]).ask(hello))).toMatchObject({
      kind: 'cut',
    })
    for (const body of ['Bad', 'event: message_start\ndata: {"ty\n\n', '', null]) {
      const error = await failing(answering(new Response(body)).ask(hello))
      expect(error).toMatchObject({ kind: 'cut' })
    }
  })

  it('a page of a proxy is read by its status', async () => {
    const page = () => new Response('<h1>Bad gateway</h1>', { status: 502 })
    expect(await failing(answering(page).ask(hello))).toMatchObject({ kind: 'server', status: 502 })
  })

  it('a connection that fails is that', async () => {
    const { model, claude } = scripted()
    model.drops()

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind: 'connection', retryable: true, status: null })
  })

  it.each([
    ['retry-after', '7', 7_000],
    ['retry-after', '0.5', 500],
    ['retry-after', '-1', 0],
    ['retry-after', 'Fri, 20 Nov 2026 21:32:30 GMT', 30_000],
    ['retry-after', 'Fri, 20 Nov 2026 21:00:00 GMT', 0],
    ['retry-after', 'soon', null],
    ['retry-after-ms', '1500', 1_500],
  ])('%s: %s', async (header, value, retryAfterMs) => {
    vi.useFakeTimers({ now: Date.parse('2026-11-20T21:32:00Z'), toFake: ['Date'] })
    const { model, claude } = scripted()
    model.fails(429, { headers: { [header]: value } })

    expect(await failing(claude.ask(hello))).toMatchObject({ retryAfterMs })
    vi.useRealTimers()
  })

  it('the exact time to wait wins', async () => {
    const { model, claude } = scripted()
    model.fails(429, { retryAfter: 7, headers: { 'retry-after-ms': '6400' } })

    expect(await failing(claude.ask(hello))).toMatchObject({ retryAfterMs: 6400 })
  })

  it('is told with place, type and request, and never in words of the prompt or with the key', async () => {
    const { model, claude } = scripted()
    const message = `messages.0.content: '${hello.messages[0]?.content}' is bad, ${KEY}`
    model.fails(400, { message }).errorEvent('api_error', { message })

    for (const error of [await failing(claude.ask(hello)), await failing(claude.ask(hello))]) {
      expect(error.message).toMatch(/\(status \d+, \w+_error, messages.0.content, req_scripted\)$/)
      expect(String(error) + error.stack + JSON.stringify(error)).not.toMatch(/diary|secret/)
      expect(error.cause).toBeUndefined()
    }
  })
})

describe('patience', () => {
  it('ends when we are told to stop, and closes the socket', async () => {
    const { model, claude } = scripted()
    model.says('One two three four').waits(new Promise(() => {}))
    const stop = new AbortController()
    const heard: string[] = []
    const onText = (text: string) => {
      heard.push(text)
      if (heard.length === 2) stop.abort()
    }

    const error = await failing(claude.ask(hello, { signal: stop.signal, onText }))
    expect(error).toMatchObject({ kind: 'stopped', retryable: false, partialText: 'One two' })
    expect(model.hungUp).toBe(1)
  })

  it('ends while nothing has been answered, and asks nothing once it has ended', async () => {
    const { model, claude } = scripted()
    model.hangs()
    const stop = new AbortController()
    const asked = failing(claude.ask(hello, { signal: stop.signal }))
    await vi.waitFor(() => expect(model.prompts).toHaveLength(1), { interval: 1 })
    stop.abort()

    expect(await asked).toMatchObject({ kind: 'stopped' })
    expect(await failing(claude.ask(hello, { signal: stop.signal }))).toMatchObject({
      kind: 'stopped',
    })
    expect(model.prompts).toHaveLength(1)
  })

  it.each([
    ['no first byte', 'before first byte', ''],
    ['a stall in the text', 'text', 'One two'],
  ] as const)('runs out at %s', async (_, where, partialText) => {
    const { model, claude } = scripted()
    model.hangs(where, 'One two three four')

    const error = await failing(claude.ask(hello, { silenceMs: 20 }))
    expect(error).toMatchObject({ kind: 'timeout', retryable: true, partialText })
    expect(model.hungUp).toBe(1)
  })

  it('runs out for the whole call, however lively', async () => {
    async function* chatter(): AsyncGenerator<Event> {
      yield started
      while (true) yield await new Promise((done) => setTimeout(() => done({ type: 'ping' }), 2))
    }
    const signal = new AbortController().signal
    const claude = new Claude({
      apiKey: KEY,
      fetch: async (_, init) => streamed(chatter(), init?.signal ?? signal),
    })

    const error = await failing(claude.ask(hello, { timeoutMs: 40, silenceMs: 30 }))
    expect(error).toMatchObject({ kind: 'timeout' })
  })

  it('takes a ping for a sign of life', async () => {
    const signal = new AbortController().signal
    async function* pings(): AsyncGenerator<Event> {
      yield started
      for (let i = 0; i < 10; i++) {
        yield await new Promise((done) => setTimeout(() => done({ type: 'ping' }), 5))
      }
      yield* ending
    }
    const claude = answering(streamed(pings(), signal))

    expect((await claude.ask(hello, { silenceMs: 40 })).stopReason).toBe('end_turn')
  })

  it('does not wait for a connection to end whose message has', async () => {
    async function* endless(): AsyncGenerator<Event> {
      yield started
      yield* ending
      await new Promise(() => {})
    }
    let aborted = false
    const claude = new Claude({
      apiKey: KEY,
      fetch: async (_, init) => {
        init?.signal?.addEventListener('abort', () => (aborted = true))
        return streamed(endless(), init?.signal ?? new AbortController().signal)
      },
    })

    expect((await claude.ask(hello)).messageId).toBe('m')
    expect(aborted).toBe(true)
  })

  it('leaves an error of the listener as it is, and closes the socket', async () => {
    const { model, claude } = scripted()
    model.says('One two three four').waits(new Promise(() => {}))
    const bug = new Error('a bug of ours')
    const onText = () => {
      throw bug
    }

    await expect(claude.ask(hello, { onText })).rejects.toBe(bug)
    expect(model.hungUp).toBe(1)
  })
})

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

describe('prices', () => {
  const usage = (counts: Partial<Usage>) =>
    ({ input_tokens: 0, output_tokens: 0, ...counts }) as Usage

  it.each<[string, Partial<Usage>, number | null]>([
    ['claude-sonnet-5-5', { input_tokens: 1_000_000 }, 2_000_000],
    ['claude-sonnet-5-5', { output_tokens: 1_000 }, 10_000],
    ['claude-sonnet-5-5', { cache_read_input_tokens: 1_000 }, 100],
    ['claude-sonnet-5-5', { cache_creation_input_tokens: 1_000 }, 2_500],
    ['claude-sonnet-5-5', { ...written(1_000, 0), cache_creation_input_tokens: 1_000 }, 2_500],
    ['claude-sonnet-5-5', { ...written(0, 1_000), cache_creation_input_tokens: 1_000 }, 4_000],
    ['claude-sonnet-5-5-20261001', { input_tokens: 10 }, 20],
    ['claude-opus-5-5', { input_tokens: 10, output_tokens: 10 }, 240],
    ['claude-fable-5-1', { cache_read_input_tokens: 1_000 }, 250],
    ['claude-haiku-5-5', { input_tokens: 1 }, 1],
    ['claude-haiku-5-5', { input_tokens: 100_000 }, 10_000],
    ['claude-haiku-5-5', { input_tokens: 100_001 }, 50_001],
    [
      'claude-haiku-5-5',
      { input_tokens: 1, cache_read_input_tokens: 100_000, output_tokens: 2 },
      5_006,
    ],
    ['claude-nine', { input_tokens: 1 }, null],
    ['claude-sonnet-5-5', { speed: 'fast', input_tokens: 1 }, null],
  ])('%s, %j', (model, counts, cost) => {
    expect(costOf(model, usage(counts))).toBe(cost)
  })

  it('the worst case is above the cost, and there is none for a model without a price', async () => {
    const { model, claude } = scripted()
    model.says('Words '.repeat(50))
    const answer = await claude.ask(hello)

    expect(worstCaseOf(hello)).toBeGreaterThan(costOf(hello.model, answer.usage) ?? 0)
    expect(worstCaseOf({ ...hello, maxTokens: 2000 })).toBe((worstCaseOf(hello) ?? 0) + 10_000)
    expect(worstCaseOf({ ...hello, model: 'claude-nine' })).toBeNull()
  })
})

function use(id: string, input: object) {
  return {
    type: 'tool_use' as const,
    id,
    name: 'boost',
    input,
    caller: { type: 'direct' as const },
  }
}
function text(text: string) {
  return { type: 'text' as const, text }
}
function written(fiveMinutes: number, hour: number): Partial<Usage> {
  return {
    cache_creation: { ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: hour },
  }
}
const thought = { type: 'thinking', thinking: 'I never thought this', signature: 'sig' }
const citation = {
  type: 'char_location',
  cited_text: 'x',
  document_index: 0,
  document_title: 'T',
  start_char_index: 0,
  end_char_index: 1,
  file_id: null,
}
const started: Event = {
  type: 'message_start',
  message: { id: 'm', model: 'x', content: [], usage: { input_tokens: 3, output_tokens: 1 } },
}
const ending: Event[] = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
  { type: 'message_stop' },
]
