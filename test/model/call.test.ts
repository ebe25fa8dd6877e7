import { describe, expect, it, vi } from 'vitest'
import { type Answer, Claude, type Field, ModelError, type Prompt } from '../../src/model.ts'
import { ScriptedModel } from '../support/model.ts'
import { asText, type Event, eventsOf, failure } from '../support/sse.ts'

const hello: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are Bender.',
  tools: [{ name: 'boost', description: 'React', inputSchema: { type: 'object' } }],
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 1000,
  effort: 'xhigh',
  thinking: 'adaptive',
  mayUseTools: true,
}
const WORDS = 'They talked.'

function scripted(without: Field[] = []) {
  const model = new ScriptedModel()
  return {
    model,
    claude: new Claude({ apiKey: 'k', fetch: model.fetch, without: () => new Set(without) }),
  }
}

describe('a field that this address does not take', () => {
  it.each<[Field, string[]]>([
    ['cache_control', ['cache_control']],
    ['effort', ['output_config', 'xhigh']],
    ['thinking', ['thinking', 'adaptive']],
    ['thinking.display', ['display']],
    ['diagnostics', ['diagnostics']],
    ['tool_choice', ['tool_choice']],
  ])('%s is nowhere in the request', async (field, words) => {
    const { model, claude } = scripted([field])
    model.says('Hi.')
    const session = Array.from({ length: 12 }, (_, at) => at)
    const messages: Prompt['messages'] = session.flatMap((at) => [
      { role: 'user' as const, content: [{ type: 'text' as const, text: `${at}` }] },
      { role: 'assistant' as const, content: [{ type: 'text' as const, text: `${at}` }] },
    ])
    messages.push({ role: 'user', content: 'And?' })
    await claude.ask({
      ...hello,
      messages,
      tellsThinking: true,
      mayUseTools: field !== 'tool_choice',
    })

    for (const word of words) expect(model.bodies[0]).not.toContain(`"${word}"`)
    expect(Object.keys(model.prompts[0] ?? {})).toContain('messages')
  })

  it('diagnostics of the cache are asked of the API itself, and of no gateway', async () => {
    const { model } = scripted()
    for (const baseURL of ['', 'https://gateway.example.com']) {
      model.says('Hi.')
      const claude = new Claude({ apiKey: 'k', fetch: model.fetch, baseURL })
      await claude.ask({ ...hello, previous: 'msg_9' })
    }

    const asked = model.prompts.map(({ diagnostics }) => diagnostics?.previous_message_id)
    expect(asked).toEqual(['msg_9', undefined])
  })

  it.each<Field>(['compaction', 'betas'])(
    'without %s nothing is compacted, asked or paid',
    async (field) => {
      const { model, claude } = scripted([field])
      const compacted = await claude.compact(hello, 'In short')

      expect(compacted).toMatchObject({ outcome: 'none', block: null, usage: { input_tokens: 0 } })
      expect(model.prompts).toEqual([])
    },
  )
})

describe('what is thought between tools', () => {
  it.each<[string, Partial<Prompt>, object | undefined]>([
    ['claude-sonnet-5-5', { tellsThinking: true }, { type: 'adaptive', display: 'summarized' }],
    [
      'claude-opus-5-5-20260901',
      { tellsThinking: true },
      { type: 'adaptive', display: 'summarized' },
    ],
    [
      'anthropic/claude-fable-5-2',
      { tellsThinking: true },
      { type: 'adaptive', display: 'summarized' },
    ],
    ['claude-sonnet-5-5', {}, undefined],
    ['claude-haiku-4-5', { tellsThinking: true }, undefined],
    ['claude-opus-5', { tellsThinking: true, thinking: 'adaptive' }, { type: 'adaptive' }],
  ])('is asked for of %s with %j: %j', async (name, changes, thinking) => {
    const { model, claude } = scripted()
    model.says('Hi.')
    const { thinking: _, ...rest } = hello
    await claude.ask({ ...rest, model: name, ...changes })
    expect(model.prompts[0]?.thinking).toEqual(thinking)
  })

  it('is heard apart from the words', async () => {
    const { model, claude } = scripted()
    model.thinks('I look.').says('Hi.')
    const [words, thoughts]: string[][] = [[], []]
    const onText = (text: string) => words?.push(text)
    await claude.ask(hello, { onText, onThinking: (text) => thoughts?.push(text) })
    expect([words?.join(''), thoughts?.join('')]).toEqual(['Hi.', 'I look.'])
  })
})

describe('a compaction', () => {
  const block = { type: 'compaction', content: null, encrypted_content: null, signature: 'sig' }
  const usage = { input_tokens: 0, output_tokens: 0 }
  const iterations = [{ type: 'compaction', input_tokens: 90, output_tokens: 9 }]
  const streamed = (content: string | null) => [
    { type: 'message_start', message: { id: 'm', model: 'x', content: [], usage } },
    { type: 'content_block_start', index: 0, content_block: block },
    {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'compaction_delta', content, encrypted_content: 'e' },
    },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'compaction' },
      usage: { ...usage, iterations },
    },
    { type: 'message_stop' },
  ]

  it('is asked for as a stream', async () => {
    const { model, claude } = scripted()
    model.compacts(WORDS)
    const { outcome, block } = await claude.compact(hello, 'In short')
    expect([outcome, block?.content]).toEqual(['signed', WORDS])
    expect(model.prompts[0]).toMatchObject({
      stream: true,
      compaction: { instructions: 'In short' },
    })
    expect(model.refused).toEqual([])
  })

  it('comes as a stream', async () => {
    const compacted = await compact(events(streamed(WORDS)))
    expect(compacted).toMatchObject({ outcome: 'signed', isCounted: true })
    expect(compacted.block).toEqual({ ...block, content: WORDS, encrypted_content: 'e' })
    expect(compacted.usage).toMatchObject({ input_tokens: 90, output_tokens: 9 })
  })

  it('comes in one piece', async () => {
    const content = [{ ...block, content: WORDS }]
    const whole = {
      type: 'message',
      content,
      stop_reason: 'compaction',
      usage: { ...usage, iterations },
    }
    expect(await compact(Response.json(whole))).toMatchObject({
      outcome: 'signed',
      block: content[0],
    })
  })

  it.each<[string, string, Event[]]>([
    ['empty', 'told by nobody', streamed(null)],
    [
      'none',
      'an answer like any other',
      [
        {
          type: 'message_start',
          message: { id: 'm', usage: { input_tokens: 5, output_tokens: 1 } },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hello!' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
        { type: 'message_stop' },
      ],
    ],
  ])('is %s where it is %s', async (outcome, _, sent) => {
    expect(await compact(events(sent))).toMatchObject({ outcome, block: null })
  })

  it.each<[string, object]>([
    ['no signature', { signature: undefined }],
    ['an empty one', { signature: '' }],
    ['one that is no word', { signature: 7 }],
    ['half an emoji in it', { content: `${WORDS} \ud83d` }],
  ])('with %s is told in words, since nobody would take it back', async (_, changes) => {
    const content = [{ ...block, content: WORDS, ...changes }]
    const whole = { type: 'message', content, stop_reason: 'tool_use', usage }
    const compacted = await compact(Response.json(whole))
    expect(compacted).toMatchObject({ outcome: 'unsigned', block: null })
    expect(compacted.summary).toMatch(/^They talked\.( \ufffd)?$/)
  })

  it('is not emptied by what comes after it', async () => {
    const sent = streamed(WORDS)
    const nothing = { type: 'compaction_delta', content: null, encrypted_content: null }
    sent.splice(3, 0, { type: 'content_block_delta', index: 0, delta: nothing } as never)
    expect((await compact(events(sent))).block).toMatchObject({
      content: WORDS,
      encrypted_content: 'e',
    })
  })

  it('that is not to be is a ModelError as of any call', async () => {
    const { model, claude } = scripted()
    model.fails(529)
    await expect(claude.compact(hello, 'In short')).rejects.toMatchObject({ kind: 'overloaded' })
  })

  function compact(response: Response) {
    return new Claude({ apiKey: 'k', fetch: async () => response }).compact(hello, 'In short')
  }
})

describe('signs of life', () => {
  const text = [
    { type: 'message_start', message: { id: 'm', usage: { input_tokens: 5, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hello!' } },
  ]
  const ended = { type: 'message_delta', delta: { stop_reason: 'end_turn' } }

  it('a comment is one, before the answer and in its midst', async () => {
    const answer = await lasting(async function* () {
      for (let n = 0; n < 12; n++) yield await soon(': still here\n\n')
      yield text.map(asText).join('')
      for (let n = 0; n < 12; n++) yield await soon(':\n')
      yield asText(ended) + asText({ type: 'message_stop' })
    })
    expect(answer.stopReason).toBe('end_turn')
  })

  it.each([
    ['pings', 'event: ping\ndata: {"type": "ping"}\n\n'],
    ['nameless pings', 'data: {"type": "ping"}\n\n'],
    ['comments', ': \n\n'],
  ])('%s for ever, after it was said why it ends, are waited for no longer', async (_, sign) => {
    const answer = await lasting(async function* () {
      yield [...text, { type: 'content_block_stop', index: 0 }, ended].map(asText).join('')
      while (true) yield await soon(sign)
    })
    expect(answer).toMatchObject({ stopReason: 'end_turn', content: [{ text: 'Hello!' }] })
  })

  it('but an answer that goes on after that is heard out', async () => {
    const answer = await lasting(async function* () {
      yield asText(ended)
      for (let n = 0; n < 60; n++) yield await soon(': \n\n')
      yield text.map(asText).join('')
      for (let n = 0; n < 60; n++) yield await soon(': \n\n')
      yield asText({ type: 'content_block_stop', index: 0 }) + asText({ type: 'message_stop' })
    })
    expect(answer.content).toEqual([{ type: 'text', text: 'Hello!' }])
  })

  it('that it will answer is one, too', async () => {
    const fetch = async (_: unknown, init?: RequestInit) => {
      const passes = async (ms: number) =>
        await new Promise((resolve, reject) => {
          setTimeout(resolve, ms)
          init?.signal?.addEventListener('abort', () => reject(new Error('hung up')))
        })
      await passes(400)
      const bytes = new TextEncoder().encode([...text, ended].map(asText).join(''))
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          await passes(400)
          controller.enqueue(bytes)
          controller.close()
        },
      })
      return new Response(body)
    }
    const answer = await new Claude({ apiKey: 'k', fetch }).ask(hello, { silenceMs: 700 })
    expect(answer.stopReason).toBe('end_turn')
  })

  it('and silence is none', async () => {
    const asked = lasting(async function* () {
      yield text.map(asText).join('')
      await new Promise(() => {})
    })
    await expect(asked).rejects.toMatchObject({ kind: 'timeout', partialText: 'Hello!' })
  })

  const soon = (sign: string) =>
    new Promise<string>((resolve) => setTimeout(() => resolve(sign), 20))

  function lasting(sent: () => AsyncGenerator<string>): Promise<Answer> {
    const fetch = async (_: unknown, init?: RequestInit) => {
      const parts = sent()
      const hungUp = new Promise<never>((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('hung up'))),
      )
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await Promise.race([parts.next(), hungUp])
          if (done) controller.close()
          else controller.enqueue(new TextEncoder().encode(value))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
    return new Claude({ apiKey: 'k', fetch: fetch as typeof globalThis.fetch }).ask(hello, {
      silenceMs: 150,
    })
  }
})

describe('the number of a request', () => {
  it('is told with the answer, and with what went wrong', async () => {
    const { model, claude } = scripted()
    model.says('Hi.').fails(400).cuts('text')

    expect((await claude.ask(hello)).requestId).toBe('req_scripted')
    for (let calls = 0; calls < 2; calls++) {
      await expect(claude.ask(hello)).rejects.toMatchObject({ requestId: 'req_scripted' })
    }
  })

  it('is known also of a call that fell silent, and of one that was stopped', async () => {
    const { model, claude } = scripted()
    model.hangs('text').hangs('text')
    await expect(claude.ask(hello, { silenceMs: 50 })).rejects.toMatchObject({
      kind: 'timeout',
      requestId: 'req_scripted',
    })
    const stop = new AbortController()
    const asked = claude.ask(hello, { signal: stop.signal, onText: () => stop.abort() })
    await expect(asked).rejects.toMatchObject({ kind: 'stopped', requestId: 'req_scripted' })
  })

  it.each(['[a](https://evil.example)', '@everyone `x`', '<script>', 'x'.repeat(200)])(
    'is none where a gateway says %s in its place',
    async (id) => {
      const content = [{ type: 'text' as const, text: 'Hi.' }]
      const usage = { input_tokens: 1, output_tokens: 1 } as Answer['usage']
      const reply = { id: 'm', model: hello.model, content, stopReason: 'end_turn', usage }
      const sent = [...eventsOf(reply)]
      const response = (events: Event[]) =>
        new Response(events.map(asText).join(''), { headers: { 'request-id': id } })
      const asks = (events: Event[]) =>
        new Claude({ apiKey: 'k', fetch: async () => response(events) }).ask(hello)

      expect((await asks(sent)).requestId).toBeNull()
      await expect(asks(sent.slice(0, 3))).rejects.toMatchObject({ kind: 'cut', requestId: null })
    },
  )
})

describe('what never left us', () => {
  it('costs nothing', async () => {
    const fetch = vi.fn(async () => failure(500))
    const claude = new Claude({ apiKey: 'k', fetch })
    const signal = AbortSignal.abort()
    const error = await claude.ask(hello, { signal }).catch((error: unknown) => error)

    expect(error).toBeInstanceOf(ModelError)
    expect(error).toMatchObject({ kind: 'stopped', unpaid: true })
    expect(fetch).not.toHaveBeenCalled()
  })
})

function events(sent: Event[]) {
  return new Response(sent.map(asText).join(''), {
    headers: { 'content-type': 'text/event-stream' },
  })
}
