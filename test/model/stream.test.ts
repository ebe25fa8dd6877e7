import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  Claude,
  ModelError,
  type Prompt,
  textOf,
  type Usage,
} from '../../src/model.ts'
import { withWholeServerTools } from '../../src/prompt.ts'
import { HARMS, type Harm, harmed, inChunks, type Line } from '../support/harm.ts'
import { refusalOf } from '../support/model/refusal.ts'
import { cited, searched } from '../support/model/server-tools.ts'
import { type Block, type Body, type Event, eventsOf } from '../support/sse.ts'
import { step } from '../support/steps.ts'

const hello: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are Bender.',
  tools: [{ name: 'boost', description: 'React', inputSchema: { type: 'object' } }],
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 1000,
  mayUseTools: true,
}
const USAGE = { input_tokens: 100, output_tokens: 20 } as Usage

function sends(sent: string | Uint8Array[], type = 'text/event-stream') {
  const chunks = typeof sent === 'string' ? [new TextEncoder().encode(sent)] : sent
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const response = new Response(body, { headers: { 'content-type': type } })
  return new Claude({ apiKey: 'k', fetch: async () => response })
}
const asked = (events: object[], type?: string) =>
  sends(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), type).ask(hello)

const begun: Event = {
  type: 'message_start',
  message: { id: 'm', model: 'x', content: [], usage: USAGE },
}
const ended: Event[] = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
]
const start = (index: unknown, content_block: object | null): Event => {
  return { type: 'content_block_start', index, content_block }
}
const delta = (index: unknown, delta: object | null) => {
  return { type: 'content_block_delta', index, delta } as Event
}
const stop = (index: number) => ({ type: 'content_block_stop', index })
const says = (text: unknown) => ({ type: 'text_delta', text })
const text = { type: 'text', text: '' }
const asks = (partial_json: string) => ({ type: 'input_json_delta', partial_json })

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

describe('whoever sends no streams', () => {
  const whole = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [
      { type: 'text', text: 'Well.', citations: null },
      { type: 'tool_use', id: 'toolu_1', name: 'boost', input: { a: 1 } },
    ],
    stop_reason: 'tool_use',
    usage: USAGE,
  }

  it.each([
    ['as JSON', JSON.stringify(whole), 'application/json'],
    ['over many lines', JSON.stringify(whole, null, 2), 'application/json; charset=utf-8'],
    ['called a stream', JSON.stringify(whole), 'text/event-stream'],
    [
      'in the first event',
      `data: ${JSON.stringify({ type: 'message_start', message: whole })}\n\ndata: {"type":"message_stop"}\n\n`,
      'text/event-stream',
    ],
  ])('%s is read all the same', async (_, sent, type) => {
    const heard: string[] = []
    const answer = await sends(sent, type).ask(hello, { onText: (words) => heard.push(words) })

    expect(heard).toEqual(['Well.'])
    expect(answer).toMatchObject({
      messageId: 'msg_1',
      stopReason: 'tool_use',
      isCounted: true,
      usage: USAGE,
      unreadableInputs: [],
    })
    expect(answer.content).toEqual([{ type: 'text', text: 'Well.' }, whole.content[1]])
  })

  const events = [begun, start(0, text), delta(0, says('Hi.')), ...ended]
  it.each([
    ['in a list', JSON.stringify([whole])],
    ['as a list of events', JSON.stringify(events)],
    ['as events, each in a line', events.map((event) => JSON.stringify(event)).join('\n')],
    ['as a stream of lists', `data: ${JSON.stringify(events)}\n\n`],
    ['with its words as they are', JSON.stringify({ ...whole, content: 'Well.' })],
    [
      'without a line between events',
      events.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n`).join(''),
    ],
  ])('%s is understood', async (_, sent) => {
    const answer = await sends(sent, 'application/json').ask(hello)
    expect(textOf(answer.content)).toMatch(/^(Well|Hi)\.$/)
    expect(answer.isCounted).toBe(true)
  })

  it('and calls a stream JSON is understood', async () => {
    const answer = await asked(
      [begun, start(0, text), delta(0, says('Hi.')), ...ended],
      'application/json',
    )
    expect(textOf(answer.content)).toBe('Hi.')
  })

  it.each([
    ['an error in its place', '{"error":{"message":"prompt is too long"}}', 'too_long'],
    ['half of it', JSON.stringify(whole).slice(0, 99), 'cut'],
    ['other JSON', '[]', 'cut'],
    ['an error in a list', '[{"error":{"message":"prompt is too long"}}]', 'too_long'],
    ['an answer of another API', '{"choices":[{"message":{"content":"Hi"}}]}', 'route'],
    ['a stream of another API', 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n', 'route'],
    ['a page', '<!doctype html><p>Welcome', 'page'],
    ['an error in plain words', 'data: upstream: prompt is too long: 2 > 1\n\n', 'too_long'],
    ['words that say nothing', 'data: ping\n\n', 'cut'],
    [
      'half of it, whatever it speaks of',
      '{"type":"message","content":[{"type":"text","text":"prompt is too long: 2 > 1',
      'cut',
    ],
    [
      'half of an event, whatever it speaks of',
      'data: {"type":"content_block_delta","delta":{"text":"prompt is too long: 2 > 1\n\n',
      'cut',
    ],
  ])('%s is none', async (_, sent, kind) => {
    await expect(sends(sent, 'application/json').ask(hello)).rejects.toMatchObject({ kind })
  })
})

describe('an error in the stream', () => {
  const long = { type: 'invalid_request_error', message: 'prompt is too long: 2 > 1' }
  it.each([
    ['by its event', `event: error\ndata: {"type":"error","error":${JSON.stringify(long)}}\n\n`],
    ['by its type', `data: {"type":"error","error":${JSON.stringify(long)}}\n\n`],
    ['in a list', `data: [{"error":${JSON.stringify(long)}}]\n\n`],
    ['bare', `data: {"error":${JSON.stringify(long)}}\n\n`],
    ['in plain words', 'event: error\ndata: prompt is too long: 2 > 1\n\n'],
    ['of another name', `event: exception\ndata: {"message":"prompt is too long"}\n\n`],
  ])('%s is read by what it says, and costs nothing before anything has come', async (_, sent) => {
    const error = await sends(sent)
      .ask(hello)
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ kind: 'too_long', status: 200, isCertain: true, unpaid: true })
    const later = `data: ${JSON.stringify(begun)}\n\n${sent}`
    const second = await sends(later)
      .ask(hello)
      .catch((error: unknown) => error)
    expect(second).toMatchObject({ kind: 'too_long', unpaid: false })
  })
})

describe('whatever happens to a stream on its way', () => {
  const blocks = fc.array(
    fc.oneof(
      fc.nat({ max: 6 }).map((words) => ({ type: 'text' as const, words })),
      fc.constant({ type: 'thinking' as const, words: 2 }),
      fc.constant({ type: 'tool_use' as const, words: 1 }),
      fc.constantFrom('search' as const, 'cited' as const).map((type) => ({ type, words: 1 })),
    ),
    { maxLength: 5 },
  )
  const harms = fc.array(
    fc.record<Harm>({
      does: fc.constantFrom(...HARMS),
      at: fc.nat(),
      field: fc.nat(),
    }),
    { maxLength: 4 },
  )

  it('nobody reads what nobody said, no block is lost, and none ends too early', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        blocks,
        harms,
        fc.integer({ min: 1, max: 40 }),
        async (shape, harms, size) => {
          const lines = harms.reduce(harmed, linesOf(contentOf(shape)))
          const heard: string[] = []
          const answer = await sends(inChunks(lines, size))
            .ask(hello, { onText: (words) => heard.push(words) })
            .catch((error: unknown) => error)

          expect(heard.join('')).not.toMatch(/undefined|null|NaN|object/)
          if (answer instanceof Error) expect(answer).toBeInstanceOf(ModelError)
          else expectWhole(answer as Answer, lines, harms)
        },
      ),
      { numRuns: 600 },
    )
  })

  function expectWhole(answer: Answer, lines: Line[], harms: Harm[]) {
    const said = textOf(answer.content)
    expect(said).not.toMatch(/undefined|null|NaN|object/)
    expect(lines.some(({ event }) => isWord(asObject(event.delta).stop_reason))).toBe(true)
    for (const word of wordsIn(lines)) expect(said).toContain(word)
    const ids = answer.content.flatMap((block) => (block.type === 'tool_use' ? block.id : []))
    for (const id of harms.some(({ does }) => does === 'drop') ? [] : idsIn(lines)) {
      expect(ids).toContain(id)
    }
    expect(refusalOf(sentBack(answer))).toBeNull()
  }
})

function contentOf(shape: { type: Block['type'] | 'search' | 'cited'; words: number }[]): Block[] {
  return shape.flatMap(({ type, words }, number): Block[] => {
    if (type === 'search') return searched('otters', { id: `srvtoolu_${number}` })
    if (type === 'cited') return [cited('Otters.')]
    return [blockOf(type, words, number)]
  })

  function blockOf(type: Block['type'], words: number, number: number): Block {
    const said = Array.from({ length: words }, (_, at) => `w${number}x${at}y`).join(' ')
    if (type === 'thinking') return { type, thinking: said, signature: `sig${number}` }
    if (type !== 'tool_use') return { type: 'text', text: said }
    return { type, id: `toolu_${number}z`, name: 'boost', input: { n: number, of: 'x'.repeat(9) } }
  }
}

function linesOf(content: Block[]): Line[] {
  const uses = content.some(({ type }) => type === 'tool_use')
  const stopReason = uses ? 'tool_use' : 'end_turn'
  const reply = { id: 'msg_1', model: hello.model, content, stopReason, usage: USAGE }
  return [...eventsOf(reply)].map((event) => ({ name: event.type, event }))
}

/** What was said in deltas that are still to be told as such. */
function wordsIn(lines: Line[]) {
  return lines.flatMap(({ name, event }) => {
    const { type, text } = asObject(event.delta)
    const isDelta = (event.type || name) === 'content_block_delta'
    const isText = type === 'text_delta' || !type
    return isDelta && isText && typeof text === 'string' ? (text.match(/w\d+x\d+y/g) ?? []) : []
  })
}

function idsIn(lines: Line[]) {
  return lines.flatMap(({ name, event }) => {
    const block = asObject(event.content_block)
    const isStart = (event.type || name) === 'content_block_start'
    const isUse = block.type === 'tool_use' || (!block.type && 'name' in block && 'input' in block)
    return isStart && isUse && isWord(block.id) ? [String(block.id)] : []
  })
}

function sentBack(answer: Answer): Body {
  const [{ content } = answer] = withWholeServerTools([step(answer.content)], false)
  const results = content.flatMap((block) => {
    if (block.type !== 'tool_use') return []
    return { type: 'tool_result' as const, tool_use_id: block.id, content: 'ok' }
  })
  const isSaid = content.some(({ type }) => type !== 'thinking')
  return {
    model: hello.model,
    max_tokens: 10,
    stream: true,
    tools: [
      { name: 'boost', input_schema: { type: 'object' } },
      { type: 'web_search_20260318', name: 'web_search' },
    ],
    messages: [
      { role: 'user', content: 'hello' },
      ...(isSaid ? [{ role: 'assistant' as const, content: content as never }] : []),
      { role: 'user', content: [...results, { type: 'text', text: 'And?' }] },
    ],
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function isWord(value: unknown) {
  return typeof value === 'string' && value !== ''
}
