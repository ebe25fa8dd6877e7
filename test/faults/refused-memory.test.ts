import { evictDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { NOTICES } from '../../src/prompt/notices.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import type { Body } from '../support/model.ts'
import { failure, streamed } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'
import { expectQuiet, waits } from './quiescence.ts'

const MINUTE = 60_000
const invalid = (message: string) => failure(400, { message })
const page = (status: number) =>
  new Response('<html><body>Sorry</body></html>', {
    status,
    headers: { 'content-type': 'text/html' },
  })

const stream = (data: string) =>
  new Response(`data: ${data}\n\n`, { headers: { 'content-type': 'text/event-stream' } })

const inPlainWords = (status: number): [string, () => Response] => [
  `${status} in plain words`,
  () => new Response('No.', { status }),
]
const asPage = (status: number): [string, () => Response] => [
  `${status} as a page`,
  () => page(status),
]
const asJson = (status: number): [string, () => Response] => [
  `${status} as JSON`,
  () => Response.json({ message: 'No.' }, { status }),
]

async function* midStream() {
  yield { type: 'message_start', message: { id: 'msg_1', usage: null } } as never
  yield {
    type: 'error',
    error: { type: 'invalid_request_error', message: 'messages: not allowed' },
  } as never
}

const world = useWorld()
const change = useBotChanges()
const bytes = (body = world.model.prompts.at(-1)) => JSON.stringify(body?.messages)
const has = (body: Body, words: string) => bytes(body).includes(words)

/** Three things that the bot is told, and thinks about. */
async function tells() {
  change({ fallbackModel: undefined, reply: 'whole' })
  for (const thing of ['tea is mint', 'cake is poison', 'bread is rye']) {
    world.model.thinks(`about ${thing}`).says(`Noted: ${thing}.`)
    await world.asks(world.david, `my ${thing}`)
  }
}

describe('a room in which something that was said before is refused', () => {
  it.each<[string, () => Response]>([
    ['as invalid, without a word on what', () => invalid('messages: invalid content')],
    ['as invalid, with its place', () => invalid('messages.2.content.0: not allowed')],
    ['in mid-stream', () => streamed(midStream(), new AbortController().signal, () => {})],
    ['with an error that says nothing', () => failure(500, { message: 'Internal server error' })],
    ['by a page', () => page(502)],
  ])('%s, answers all the same, and without that alone', async (_, refuses) => {
    await tells()
    world.model.gateway = (body) => (has(body, 'cake is poison') ? refuses() : null)
    world.model.says('It is rye.').says('Mint, I think.')
    await world.asks(world.david, 'what is my bread?')
    await waits(world)
    expect(world.answers().slice(3)).toEqual([expect.stringMatching(/^It is rye\./)])

    await world.asks(world.david, 'and my tea?')
    expect(world.answers()).toHaveLength(5)
    expect(bytes()).not.toContain('poison')
    world.model.gateway = null
    await expectQuiet(world)
  })

  it('keeps what was said beside it, where the refusal names the place', async () => {
    await tells()
    world.model.gateway = (body) => {
      const at = body.messages.findIndex(({ content }) =>
        JSON.stringify(content).includes('poison'),
      )
      return at < 0 ? null : invalid(`messages.${at}.content.0: not allowed`)
    }
    world.model.says('It is mint.')
    await world.asks(world.david, 'what is my tea?')

    expect(bytes()).toContain('tea is mint')
    expect(bytes()).toContain('bread is rye')
    expect(bytes()).not.toContain('poison')
    expect(bytes()).toContain(NOTICES.partLeftOut.slice(0, 60))
    expect(world.answers().at(-1)).toContain(SENTENCES.partlyLeftOut)
  })

  it('loses nothing but its thoughts where these are what is refused', async () => {
    await tells()
    world.model.gateway = (body) =>
      has(body, '"signature"')
        ? invalid(
            'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation.',
          )
        : null
    world.model.says('It is mint.').says('Rye.')
    await world.asks(world.david, 'what is my tea?')
    expect(bytes()).toContain('cake is poison')
    expect(world.answers().at(-1)).toBe('It is mint.')
    await world.asks(world.david, 'and my bread?')
    // Seen once, and not sent again.
    expect(world.model.prompts.filter((body) => has(body, '"signature"'))).toHaveLength(3)
  })
})

describe('memory', () => {
  it.each<[string, () => Response]>([
    ['a gateway without the route', () => new Response('404 page not found', { status: 404 })],
    ['a passing page', () => page(400)],
    ['a key that is refused', () => failure(401)],
    ['a key that may not', () => failure(403, { type: 'permission_error' })],
    ['an unknown model', () => failure(404, { message: 'model: claude-x' })],
    ['whatever is said, invalid', () => invalid('messages: invalid content')],
    ['whatever is said, too long', () => invalid('prompt is too long: 9 tokens > 8 maximum')],
    ['a 500 that hides one', () => failure(500, { message: 'prompt is too long' })],
    ...[402, 405, 410, 415, 422].map(inPlainWords),
    ...[401, 404, 424, 426, 451, 501].map(asPage),
    ...[403, 407, 408, 425, 429, 505].map(asJson),
    ['a field that is not known here', () => invalid('stream: Extra inputs are not permitted')],
    ['an error wrapped in a stream', () => stream('{"error":{"code":503,"message":"Busy"}}')],
  ])('outlives %s, and all is there when it is over', async (_, answers) => {
    await tells()
    world.model.gateway = answers
    await world.asks(world.david, 'hello?')
    await waits(world, 12)
    expect(world.answers()).toHaveLength(4)

    world.model.gateway = null
    world.model.says('Mint.')
    await world.asks(world.david, 'what is my tea?')
    expect(world.answers().at(-1)).toBe('Mint.')
    for (const thing of ['tea is mint', 'cake is poison', 'bread is rye']) {
      expect(bytes()).toContain(thing)
    }
  })

  it.each<[string, number, (already: number) => Response]>([
    ['a passing error', 8, () => failure(500, { message: 'Internal server error' })],
    ['a passing page', 8, () => page(502)],
    ['what passes as invalid', 3, () => invalid('messages: invalid content')],
    ['what passes as too long', 2, () => invalid('prompt is too long: 9 tokens > 8 maximum')],
    ['what passes as too large', 1, () => page(413)],
  ])(
    'outlives %s, although a shorter request was answered when it was over',
    async (_, times, answers) => {
      await tells()
      let calls = 0
      world.model.gateway = () => (calls < times ? answers(calls++) : null)
      world.model.says('Hello.').says('Mint.')
      await world.asks(world.david, 'hello?')
      await waits(world, 12)
      expect(world.answers()[3]).toMatch(/^Hello\..*\(.*\)$/s)
      expect(bytes()).not.toMatch(/tea is mint.*poison.*bread is rye/)

      await world.asks(world.david, 'what is my tea?')
      expect(world.answers().at(-1)).toBe('Mint.')
      for (const thing of ['tea is mint', 'cake is poison', 'bread is rye', 'hello?']) {
        expect(bytes()).toContain(thing)
      }
      await expectQuiet(world)
    },
  )

  it('that is refused again, minutes apart, is let go of, and not asked for a third time', async () => {
    await tells()
    let refused = 0
    world.model.gateway = (body) => {
      if (!has(body, 'cake is poison')) return null
      refused++
      return failure(500, { message: 'Internal server error' })
    }
    world.model.says('Rye.').says('Mint.').says('Mint, again.').says('And rye.')
    await world.asks(world.david, 'what is my bread?')
    await waits(world, 12)
    expect(world.answers()[3]).toContain(SENTENCES.partlyLeftOut)
    const first = refused
    await world.asks(world.david, 'what is my tea?')
    expect(refused - first).toBe(1)
    await world.asks(world.david, 'sure?')
    await evictDurableObject(world.room())
    await world.asks(world.david, 'and my bread?')

    expect(world.answers().slice(4)).toEqual(['Mint.', 'Mint, again.', 'And rye.'])
    expect(refused - first).toBe(1)
    expect(bytes()).toMatch(/what is my bread.*what is my tea.*sure\?/)
    world.model.gateway = null
    await expectQuiet(world)
    expect(bytes()).not.toContain('poison')
  })

  it('that is refused again in another way has not been refused again', async () => {
    await tells()
    let refused = 0
    world.model.gateway = () => (refused++ < 2 ? invalid('messages: not allowed') : null)
    world.model.says('Rye.')
    await world.asks(world.david, 'what is my bread?')
    expect(world.answers()[3]).toContain(SENTENCES.partlyLeftOut)
    await world.passes(5 * MINUTE)
    world.model.fails(500).says('Mint.')
    await world.asks(world.david, 'what is my tea?')
    await waits(world, 1)

    expect(world.answers()[4]).toBe('Mint.')
    expect(bytes()).toContain('cake is poison')
  })

  it('that is left out is spoken of where the turn that was first without it came to nothing', async () => {
    await tells()
    world.model.gateway = (body) =>
      has(body, 'cake is poison') ? invalid('messages: invalid content') : null
    world.model.uses('search_conversation', { words: 'x' }).fails(401).says('Mint.')
    await world.asks(world.david, 'what is my bread?')
    await world.passes(5 * MINUTE)
    await world.asks(world.david, 'what is my tea?')

    expect(world.answers().slice(3)).toEqual([
      SENTENCES.operator('3-1-4'),
      `Mint.\n\n${SENTENCES.partlyLeftOut}`,
    ])
    expect(bytes()).not.toContain('poison')
  })

  it('that is refused again at once stays out of that answer, and no more than that', async () => {
    await tells()
    world.model.gateway = (body) =>
      has(body, 'cake is poison') ? invalid('messages: invalid content') : null
    world.model.says('Rye.').says('Mint.').says('All of it.')
    await world.asks(world.david, 'what is my bread?')
    await world.asks(world.david, 'what is my tea?')
    expect(bytes()).not.toContain('poison')
    world.model.gateway = null
    await world.asks(world.david, 'what do you know?')
    expect(bytes()).toMatch(/tea is mint.*cake is poison.*bread is rye.*what is my bread/)
    expect(world.answers().slice(4)).toEqual(['Mint.', 'All of it.'])
  })

  it.each([
    [400, 'Input is too long for requested model.'],
    [429, 'prompt is too long: 210000 tokens > 200000 maximum'],
    [429, 'Extra usage is required for long context requests.'],
    [529, 'prompt is too long: 210000 tokens > 200000 maximum'],
  ])('that is too long, by a %i, loses its older half at once: %s', async (status, message) => {
    await tells()
    world.model.gateway = (body) => (has(body, 'tea is mint') ? failure(status, { message }) : null)
    world.model.says('Rye.')
    await world.asks(world.david, 'what is my bread?')

    expect(world.answers().at(-1)).toContain(SENTENCES.partlyForgotten)
    expect(world.model.prompts).toHaveLength(5)
    expect(bytes()).toContain('bread is rye')
  })

  it('is not tried at again within ten minutes, however often it is refused', async () => {
    await tells()
    world.model.gateway = () => invalid('messages: invalid content')
    await world.asks(world.david, 'hello?')
    const tried = world.model.prompts.length
    await world.asks(world.david, 'hello again?')
    expect(world.model.prompts.length - tried).toBe(1)
    await world.passes(11 * MINUTE)
    await world.asks(world.david, 'and now?')
    expect(world.model.prompts.length - tried).toBeGreaterThan(2)
  })
})

it.each([
  ['cache_control', 'cache_control: Extra inputs are not permitted'],
  ['display', 'thinking.display: Extra inputs are not permitted'],
])('a gateway that takes no %s is asked without it, for a day', async (field, message) => {
  await tells()
  world.model.gateway = (body) =>
    JSON.stringify(body).includes(`"${field}"`) ? invalid(message) : null
  world.model.says('Hello.').says('Again.')
  await world.asks(world.david, 'hello?')
  await evictDurableObject(world.room())
  const before = world.model.prompts.length
  await world.asks(world.david, 'hello again?')

  expect(world.answers().slice(3)).toEqual(['Hello.', 'Again.'])
  expect(world.model.prompts.length - before).toBe(1)
  expect(bytes()).toContain('tea is mint')
})

it('a model that no longer has effort is asked without it, and refused as a setting', async () => {
  change({ effort: 'high' })
  world.model.gateway = (body) =>
    JSON.stringify(body).includes('"effort"')
      ? invalid('output_config.effort: not supported by this model')
      : null
  world.model.says('Hello.')
  await world.asks(world.david, 'hello?')
  expect(world.answers()).toEqual(['Hello.'])

  const url = 'https://x.example/rooms/1/assistant/settings'
  const headers = { authorization: 'Bearer letmein' }
  const body = JSON.stringify({ model: 'claude-haiku-4-5' })
  const refused = await exports.default.fetch(new Request(url, { method: 'PATCH', headers, body }))
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('effort')
})
