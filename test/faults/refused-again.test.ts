import { describe, expect, it } from 'vitest'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { ran } from '../support/model/server-tools.ts'
import { failure } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'
import { expectQuiet, waits } from './quiescence.ts'

// What is refused turn after turn, and not once: nobody waits ten minutes for each second answer.

const MINUTE = 60_000
const invalid = (message: string) => failure(400, { message })

const world = useWorld()
const change = useBotChanges()
const bytes = (body = world.model.prompts.at(-1)) => JSON.stringify(body?.messages)

async function tells() {
  change({ fallbackModel: undefined, reply: 'whole' })
  for (const thing of ['tea is mint', 'cake is poison', 'bread is rye']) {
    world.model.says(`Noted: ${thing}.`)
    await world.asks(world.david, `my ${thing}`)
  }
}

describe('where the model thinks each time, and none of it is taken back', () => {
  const words = [
    "messages.1.content.0: Input tag 'thinking' found using 'type' does not match any of the expected tags: 'text', 'tool_use'",
    'messages.1.content.0: Invalid `signature` in `thinking` block',
    'messages.1.content.0.thinking: Extra inputs are not permitted',
    'messages.1.content.0: not allowed',
  ]
  const takesNone = (message: string) => {
    world.model.alwaysThinks = true
    world.model.gateway = (body) => (bytes(body).includes('"signature"') ? invalid(message) : null)
  }

  it.each(words)('each message is answered, and nothing is forgotten: %s', async (message) => {
    takesNone(message)
    await tells()
    for (const n of [1, 2, 3]) {
      world.model.says(`Answer ${n}.`)
      await world.asks(world.david, `question ${n}?`)
    }
    expect(world.answers().slice(3)).toEqual(['Answer 1.', 'Answer 2.', 'Answer 3.'])
    expect(bytes()).toMatch(/tea is mint.*cake is poison.*bread is rye.*question 1.*question 2/)
    // Refused twice, it is not sent a third time.
    expect(world.model.prompts.filter((body) => bytes(body).includes('"signature"'))).toHaveLength(
      2,
    )
    await expectQuiet(world)
  })

  it('nor is it between the tools of one turn', async () => {
    takesNone(words[1] ?? '')
    change({ fallbackModel: undefined, reply: 'whole' })
    for (const word of ['tea', 'cake', 'bread']) {
      world.model.uses('search_conversation', { words: word })
    }
    world.model.says('Nothing of it.')
    await world.asks(world.david, 'what was said of tea, cake and bread?')

    expect(world.answers()).toEqual(['Nothing of it.'])
    expect(world.model.prompts.filter((body) => bytes(body).includes('"signature"'))).toHaveLength(
      2,
    )
  })

  it('and in the next session it is sent once more', async () => {
    takesNone(words[1] ?? '')
    await tells()
    change({ fallbackModel: undefined, reply: 'whole', ttlMinutes: 60 })
    world.model.gateway = null
    await world.passesBy(61 * MINUTE)
    world.model.says('In short.').says('Hello.').says('Well.')
    await world.asks(world.david, 'hello?')
    await world.asks(world.david, 'and how are you?')
    expect(bytes()).toContain('"signature"')
  })
})

describe('a guardrail that does not let an old turn through', () => {
  it.each<[string, () => Response]>([
    [
      'by its own status',
      () =>
        Response.json({ error: [{ message: 'Prompt blocked due to security' }] }, { status: 424 }),
    ],
    ['as invalid', () => invalid('Violated guardrail policy')],
  ])('%s, declines one question for it, and not those that follow', async (_, declines) => {
    await tells()
    world.model.gateway = (body) => (bytes(body).includes('cake is poison') ? declines() : null)
    world.model.says('Rye.').says('Mint.').says('Nothing else.')
    await world.asks(world.david, 'what is my bread?')
    expect(world.model.prompts).toHaveLength(4)
    for (const words of ['my bread, please?', 'and my tea?']) {
      await world.asks(world.david, words)
    }
    await world.passes(3 * MINUTE)
    await world.asks(world.david, 'and what else?')

    expect(world.answers().slice(3)).toEqual([
      SENTENCES.refused,
      expect.stringContaining(SENTENCES.partlyLeftOut),
      'Mint.',
      'Nothing else.',
    ])
    expect(bytes()).toMatch(/my bread, please.*and my tea/)
    expect(bytes()).not.toContain('poison')
    world.model.gateway = null
    await expectQuiet(world)
  })

  it('but for what is asked, declines each question, and nothing is forgotten for it', async () => {
    await tells()
    world.model.gateway = (body) => (bytes(body).includes('secret') ? failure(424) : null)
    for (const words of ['the secret?', 'a secret!', 'secret']) await world.asks(world.david, words)
    // At most once in ten minutes it is asked without what was said before.
    expect(world.model.prompts).toHaveLength(3 + 1 + 3 + 1)
    world.model.gateway = null
    world.model.says('Mint.')
    await world.asks(world.david, 'what is my tea?')

    expect(world.answers().slice(3)).toEqual([...Array(3).fill(SENTENCES.refused), 'Mint.'])
    expect(bytes()).toMatch(/tea is mint.*cake is poison.*bread is rye/)
  })
})

describe('what a proxy says of our account, in words of its own', () => {
  it.each<[string, () => Response]>([
    ['a firewall', () => new Response('error code: 1020', { status: 403 })],
    ['a gateway', () => Response.json({ message: 'Forbidden' }, { status: 403 })],
    ['a sign-in', () => new Response('Unauthorized', { status: 401 })],
    ['a till', () => new Response('Payment Required', { status: 402 })],
  ])('is no last word: %s', async (_, refuses) => {
    await tells()
    let times = 0
    world.model.gateway = () => (times++ === 0 ? refuses() : null)
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await waits(world, 1)
    expect(world.answers().at(-1)).toBe('Hello.')

    world.model.gateway = refuses
    await world.asks(world.david, 'hello again?')
    await waits(world, 3)
    expect(world.answers().at(-1)).toBe(SENTENCES.operator('3-1-5'))
  })
})

describe('what is wrong with a part of the request that nobody has said', () => {
  it.each([
    'tools.3.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12',
    'system: text content blocks must be non-empty',
    'max_tokens: Field required',
  ])('is for the operator, and is not looked for in the memory: %s', async (message) => {
    await tells()
    world.model.gateway = () => invalid(message)
    await world.asks(world.david, 'hello?')
    expect(world.answers().at(-1)).toBe(SENTENCES.operator('3-1-4'))
    expect(world.model.prompts).toHaveLength(4)
  })

  it.each([
    () => failure(404, { message: 'Container container_1 not found' }),
    () => invalid('container: The container has expired'),
  ])('is done without: the place where code has run, when it is gone', async (refuses) => {
    change({
      fallbackModel: undefined,
      reply: 'whole',
      serverTools: ServerTools.parse({ code: {} }),
    })
    const container = {
      id: 'container_1',
      expires_at: new Date(Date.now() + 60 * MINUTE).toISOString(),
    }
    world.model.gives([...ran('2 + 2'), { type: 'text', text: 'Four.' }], { container })
    await world.asks(world.david, 'what is 2 + 2?')
    world.model.gateway = (body) => (body.container ? refuses() : null)
    world.model.says('Five.')
    await world.asks(world.david, 'and 2 + 3?')

    expect(world.answers()).toEqual(['Four.', 'Five.'])
    expect(bytes()).toContain('what is 2 + 2?')
  })
})
