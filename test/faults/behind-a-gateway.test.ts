import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import type { Body } from '../support/model.ts'
import { failure } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'
import { expectQuiet, waits } from './quiescence.ts'

// The model is asked at an address of somebody else's.

const GATEWAY = 'https://gateway.example'
const world = useWorld()
const change = useBotChanges()
const sent = (body: Body) => JSON.stringify(body)

beforeEach(() => {
  Object.assign(env, { ANTHROPIC_BASE_URL: GATEWAY })
  world.elsewhere.set(GATEWAY, (request) => world.model.handle(request))
  change({ fallbackModel: undefined, reply: 'whole' })
  return () => Object.assign(env, { ANTHROPIC_BASE_URL: '' })
})

describe('a field that is not taken behind a gateway', () => {
  it.each([
    ['cache_control', 'cache_control: Extra inputs are not permitted', {}],
    ['effort', 'This model does not support the effort parameter.', { effort: 'high' as const }],
    [
      'adaptive',
      'unknown variant `adaptive`, expected `enabled`',
      { thinking: 'adaptive' as const },
    ],
    [
      'web_search_2',
      "tools.9: Input tag 'web_search_20260318' found using 'type' does not match any of the expected tags: 'custom'",
      { serverTools: ServerTools.parse({ webSearch: {} }) },
    ],
  ])('%s is left out at once, and the first question is answered', async (field, message, bot) => {
    change(bot)
    world.model.gateway = (body) =>
      sent(body).includes(`"${field}`) ? failure(400, { message }) : null
    world.model.says('Hello.').says('Again.')
    await world.asks(world.david, 'hello?')
    expect(world.answers()).toEqual([expect.stringMatching(/^Hello\./)])
    await world.asks(world.david, 'hello again?')

    expect(world.answers()[1]).toBe('Again.')
    expect(world.model.prompts).toHaveLength(3)
    expect(world.model.prompts.every((body) => !('diagnostics' in body))).toBe(true)
  })

  it('of one model is still asked of another', async () => {
    change({ effort: 'high', fallbackModel: 'otter-1' })
    world.model.gateway = ({ model, output_config }) => {
      if (model !== 'otter-1') return world.model.prompts.length < 4 ? failure(529) : null
      return output_config ? failure(400, { message: 'output_config: not supported' }) : null
    }
    world.model.says('From the other one.').says('From the first.')
    await world.asks(world.david, 'hello?')
    await waits(world, 3)
    await world.asks(world.david, 'and now?')

    expect(world.answers()).toEqual(['From the other one.', 'From the first.'])
    const asked = world.model.prompts.map(({ model, output_config: of }) => [model, of?.effort])
    expect(asked.slice(-3)).toEqual([
      ['otter-1', 'high'],
      ['otter-1', undefined],
      ['claude-sonnet-5-5', 'high'],
    ])
  })
})

describe('an account that may read less in a minute than a session has', () => {
  const limit = (most: string) => () =>
    failure(429, {
      message: `This request would exceed your organization's rate limit of ${most} input tokens per minute (org: x).`,
      retryAfter: 5,
    })
  const size = () => sent(world.model.prompts.at(-1) as Body).length

  async function talks() {
    for (const thing of ['tea', 'cake', 'bread', 'salt']) {
      world.model.says(`${thing}: ${'so it is and was. '.repeat(1_500)}`)
      await world.asks(world.david, `my ${thing}?`)
    }
  }

  it('is asked with the newer half, and the room is told', async () => {
    await talks()
    const most = Math.floor(size() / 8)
    world.model.gateway = (body) => (sent(body).length > 6 * most ? limit(`${most}`)() : null)
    world.model.says('As I said.').says('Yes.')
    await world.asks(world.david, 'and the salt?')
    await waits(world, 2)
    expect(world.answers().at(-1)).toBe(`As I said.\n\n${SENTENCES.partlyForgotten}`)
    expect(sent(world.model.prompts.at(-1) as Body)).toContain('salt: so it is')
    await world.passes(5 * 60_000)
    for (const [words, answer] of [
      ['sure?', 'Yes.'],
      ['really?', 'Really.'],
    ] as const) {
      if (answer === 'Really.') world.model.says(answer)
      await world.asks(world.david, words)
      await waits(world, 2)
      expect(world.answers().at(-1)?.split('\n')[0]).toBe(answer)
    }
    // Refused again, it is let go of, and not asked for a third time.
    const refused = world.model.prompts.slice(4).filter((body) => sent(body).length > 6 * most)
    expect(refused).toHaveLength(3 + 3)
    world.model.gateway = null
    await expectQuiet(world)
  })

  it('is waited for where it may read as much', async () => {
    await talks()
    let calls = 0
    world.model.gateway = () => (calls++ < 2 ? limit('2,000,000')() : null)
    world.model.says('As I said.')
    await world.asks(world.david, 'and the salt?')
    await waits(world, 2)
    expect(world.answers().at(-1)).toBe('As I said.')
    expect(sent(world.model.prompts.at(-1) as Body)).toContain('tea: so it is')
  })
})

describe('a firewall that dislikes an old turn', () => {
  const json = (status: number) => () => Response.json({ message: 'Forbidden' }, { status })
  const plain = (status: number) => () => new Response('Not Acceptable!', { status })

  it.each([
    ['Forbidden, as JSON', json(403)],
    ['Not Acceptable', plain(406)],
    ['Not Implemented', plain(501)],
    ['Gateway Timeout', plain(504)],
  ])('%s, does not keep those that follow from being answered', async (_, refuses) => {
    for (const thing of ['tea is mint', 'cake is <script>', 'bread is rye']) {
      world.model.says('Noted.')
      await world.asks(world.david, `my ${thing}`)
    }
    world.model.gateway = (body) => (sent(body).includes('my cake is') ? refuses() : null)
    for (const [words, answer] of [
      ['what is my bread?', 'Rye.'],
      ['and my tea?', 'Mint.'],
      ['and what else?', 'Nothing.'],
    ] as const) {
      world.model.says(answer)
      await world.asks(world.david, words)
      await waits(world, 8)
    }

    expect(world.answers().slice(3)).toEqual([
      `Rye.\n\n${SENTENCES.partlyLeftOut}`,
      'Mint.',
      'Nothing.',
    ])
    expect(sent(world.model.prompts.at(-1) as Body)).toMatch(/what is my bread.*and my tea/)
    world.model.gateway = null
    await expectQuiet(world)
  })

  it('that is gone a moment later has forgotten nothing', async () => {
    world.model.says('Noted.')
    await world.asks(world.david, 'my tea is mint')
    let calls = 0
    world.model.gateway = () => (calls++ < 3 ? json(403)() : null)
    world.model.says('Hello.').says('Mint.')
    await world.asks(world.david, 'hello?')
    await waits(world, 5)
    expect(world.answers().at(-1)).toBe(`Hello.\n\n${SENTENCES.partlyLeftOut}`)
    // Once more, and no more than once.
    calls = 2
    await world.asks(world.david, 'what is my tea?')
    await waits(world, 1)

    expect(world.answers().at(-1)).toBe('Mint.')
    expect(sent(world.model.prompts.at(-1) as Body)).toContain('my tea is mint')
  })
})
