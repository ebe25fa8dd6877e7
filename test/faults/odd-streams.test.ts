import { describe, expect, it } from 'vitest'
import type { Event } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'
import { callsIn, expectQuiet } from './quiescence.ts'

// One answer, in the many ways in which gateways send it.

const world = useWorld()
const WORDS = 'Mint, says Zoë 🦦.'
const USAGE = { input_tokens: 9, output_tokens: 1 }
const start: Event = { type: 'message_start', message: { id: 'msg_1', usage: USAGE, content: [] } }
const block = { type: 'text', text: '' }
const opens: Event = { type: 'content_block_start', index: 0, content_block: block }
const delta = (text: unknown): Event => {
  return { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }
}
const says = [delta('Mint, says '), delta('Zoë 🦦.')]
const closes: Event = { type: 'content_block_stop', index: 0 }
const ends: Event = {
  type: 'message_delta',
  delta: { stop_reason: 'end_turn' },
  usage: { output_tokens: 7 },
}
const stops: Event = { type: 'message_stop' }
const ALL = [start, opens, ...says, closes, ends, stops]

const named = (event: Event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
const nameless = (event: Event) => `data: ${JSON.stringify(event)}\n\n`
const inLines = (event: Event) =>
  `data: ${JSON.stringify(event, null, 1).replaceAll('\n', '\ndata: ')}\n\n`
const sse = (events: Event[], as = named) => events.map(as).join('')
const plain = sse(ALL)
const without = (event: Event, field: string): Event => {
  const { [field]: _, ...rest } = event
  return { ...rest, type: event.type }
}
const odd = (type: string, more: object): Event => ({ type, ...more })
const thought = { type: 'thinking', thinking: '' }

describe('an answer', () => {
  it.each<[string, string]>([
    ['as the API sends it', plain],
    ['with the lines of another system', plain.replaceAll('\n', '\r\n')],
    ['with the lines of an old one', plain.replaceAll('\n', '\r')],
    ['behind a mark of its bytes', `\ufeff${plain}`],
    ['without names', sse(ALL, nameless)],
    ['over many lines', sse(ALL, inLines)],
    ['without a space', plain.replaceAll('data: ', 'data:')],
    ['behind comments', `: OPENROUTER PROCESSING\n\n:\n\n${plain}: bye\n\n`],
    ['with numbers and delays', plain.replaceAll('event:', 'id: 7\nretry: 10\nevent:')],
    ['with pings of no fields', plain.replaceAll('event: c', 'event: ping\ndata: {}\n\nevent: c')],
    ['with pings of nothing', plain.replaceAll('event: c', 'event: ping\ndata:\n\nevent: c')],
    ['with the end of another API', `${plain}data: [DONE]\n\n`],
    ['with that alone', `${sse(ALL.slice(0, -1))}data: [DONE]\n\n`],
    ['with no end', sse(ALL.slice(0, -1))],
    ['with no empty line at its end', plain.trimEnd()],
    ['with half of something behind it', `${plain}data: {"type":"content_bl\n\n`],
    ['with an error behind it', `${plain}event: error\ndata: {"type":"error","error":{}}\n\n`],
    ['begun twice', sse([start, ...ALL])],
    ['begun by nobody', sse(ALL.slice(1))],
    ['begun without a message', sse([{ type: 'message_start' }, ...ALL.slice(1)])],
    [
      'begun without counts',
      sse([odd('message_start', { message: { id: 'm' } }), ...ALL.slice(1)]),
    ],
    ['with a block that is never closed', sse(ALL.filter((event) => event !== closes))],
    ['with a block that is never opened', sse(ALL.filter((event) => event !== opens))],
    ['without an index', sse(ALL.map((event) => without(event, 'index')))],
    ['with indexes in words', plain.replaceAll('"index":0', '"index":"0"')],
    ['with an index that is none', plain.replaceAll('"index":0', '"index":null')],
    [
      'with deltas of nothing',
      sse([start, opens, delta(null), ...says, delta(7), closes, ends, stops]),
    ],
    ['that says twice why it ends', sse([...ALL.slice(0, -1), odd('message_delta', {}), stops])],
    [
      'that says beside it why',
      sse([...ALL.slice(0, -2), odd('message_delta', { stop_reason: 'end_turn' })]),
    ],
    [
      'with a block of a kind to come',
      sse([start, { ...opens, content_block: { type: 'dream' } }, closes, ...ALL.slice(1)]),
    ],
    [
      'with a thought that nobody signed',
      sse([start, { ...opens, content_block: thought }, closes, ...ALL.slice(1)]),
    ],
    [
      'with a signature before the thought',
      sse([
        start,
        { ...opens, index: 5, content_block: thought },
        odd('content_block_delta', { index: 5, delta: { type: 'signature_delta', signature: '' } }),
        odd('content_block_delta', {
          index: 5,
          delta: { type: 'thinking_delta', thinking: 'Hm.' },
        }),
        ...ALL.slice(1),
      ]),
    ],
    [
      'with citations of nothing',
      sse([
        ...ALL.slice(0, 4),
        ...[null, {}, [], 7, { type: 'char_location' }].map((citation) =>
          odd('content_block_delta', { index: 0, delta: { type: 'citations_delta', citation } }),
        ),
        ...ALL.slice(4),
      ]),
    ],
    [
      'all at once',
      JSON.stringify({
        type: 'message',
        id: 'm',
        content: [{ ...block, text: WORDS }],
        stop_reason: 'end_turn',
        usage: { ...USAGE, output_tokens: 7 },
      }),
    ],
    ['all at once, and padded', ` \n\n{"type":"message","content":"${WORDS}"}\n`],
    ['in lines of JSON', ALL.map((event) => JSON.stringify(event)).join('\n')],
    ['in lines that end nothing', ALL.map((event) => named(event).trim()).join('\n')],
  ])('%s, stands in the room as it was meant, and is asked for once', async (_, sent) => {
    for (const size of [sent.length, 1]) {
      world.model.sends(() => new Response(inPieces(sent, size), { headers: STREAM }))
      await world.asks(world.david, 'which tea?')
    }

    expect(world.answers()).toEqual([WORDS, WORDS])
    expect((await callsIn(world)).map((call) => call.split(':')[0])).toEqual([
      'answered',
      'answered',
    ])
    await expectQuiet(world)
    const { messages } = world.model.prompts.at(-1) ?? {}
    expect(JSON.stringify(messages)).not.toMatch(/undefined|dream|"thinking"/)
  })
})

const STREAM = { 'content-type': 'text/event-stream' }

/** Of so many bytes: also of less than a letter. */
function inPieces(sent: string, size: number) {
  const bytes = new TextEncoder().encode(sent)
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
}
