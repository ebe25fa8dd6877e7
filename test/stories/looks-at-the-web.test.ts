import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { assistant } from '../../src/bots/assistant.ts'
import { ServerTools, serverToolsOf } from '../../src/bots/server-tools.ts'
import { checkRoster } from '../../src/bots.ts'
import { worstCaseOf } from '../../src/model/prices.ts'
import { worstOf } from '../../src/model/worst-case.ts'
import type { Prompt, Usage } from '../../src/model.ts'
import { hashOf } from '../../src/prompt.ts'
import { SENTENCES, sentencesFor } from '../../src/sentences.ts'
import { statusOfServerTool } from '../../src/step/server-tools.ts'
import { defineTool } from '../../src/tools/tool.ts'
import { useBotChanges } from '../support/bots.ts'
import { thinkingFirst } from '../support/model/border.ts'
import { cited, fetched, PAGE, ran, searched } from '../support/model/server-tools.ts'
import { type Block, type Body, eventsOf } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()
const IN_ALL = Object.fromEntries(
  (['de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh'] as const).map((one) => [
    one,
    sentencesFor(one),
  ]),
)
const DAY = 24 * 60 * 60_000
const HOUR = 60 * 60_000

function has(told: object = { webSearch: {}, webFetch: {} }, changes = {}) {
  change({ serverTools: ServerTools.parse(told), reply: 'whole', ...changes })
}

const types = () => (world.model.prompts.at(-1)?.tools ?? []).flatMap(({ type }) => type ?? [])
const sentLast = () => world.model.bodies.at(-1) ?? ''
const text = (words: string) => ({ type: 'text' as const, text: words })

describe('a bot that may look at the web', () => {
  it('says where its answer comes from, and goes on from what it has read', async () => {
    has({ webSearch: { maxUses: 3, allowedDomains: ['example.com'] }, webFetch: {} })
    world.model.gives([
      text('Let me look.'),
      ...searched('otters'),
      ...fetched(),
      cited('Otters hold hands'),
      text('.'),
    ])
    await world.asks(world.david, 'what do otters do?')
    expect(world.answers()).toEqual(['Let me look.\n\nOtters hold hands (Otters of Ohio).'])
    expect(world.model.prompts.at(-1)?.tools?.slice(-2)).toEqual([
      {
        type: 'web_search_20260318',
        name: 'web_search',
        allowed_callers: ['direct'],
        max_uses: 3,
        allowed_domains: ['example.com'],
      },
      expect.objectContaining({
        type: 'web_fetch_20260318',
        url_sources: {
          user_input: { type: 'all' },
          server_tool_results: { type: 'all' },
          client_tool_results: { type: 'none' },
        },
      }),
    ])

    world.model.says('They float.')
    await world.asks(world.david, 'and then?')
    const first = sentLast()
    expect(first).toContain('EqgfCioIARgB')
    expect(first).toContain('Otters hold hands.')
    await evictDurableObject(world.room())
    world.model.says('Yes.')
    await world.asks(world.david, 'sure?')
    // What was found is sent as it was, to the byte, or the cache and each thought are lost.
    const blocks = /\{"type":"server_tool_use".*?"They float\."/.exec(first.concat('"They float."'))
    expect(blocks).not.toBeNull()
    expect(JSON.parse(sentLast()).messages[1]).toEqual(JSON.parse(first).messages[1])
    expect(world.model.refused).toEqual([])
  })

  it('keeps no paper that is larger than a row, and opens it once more', async () => {
    has()
    const small = fetched(PAGE, 'srv_1')
    const [use, large] = fetched('https://example.com/a.pdf', 'srv_2')
    const data = 'JVBE'.repeat(600_000)
    const whole = JSON.parse(JSON.stringify(large).replace('Otters hold hands.', data)) as Block
    world.model.gives([text('I look.'), ...small, ...(use ? [use] : []), whole, text('They do.')])
    await world.asks(world.david, 'what does https://example.com/a.pdf say?')
    world.model.gives([...fetched('https://example.com/a.pdf', 'srv_3'), text('Yes.')])
    await world.asks(world.david, 'sure?')

    expect(world.answers()).toEqual([expect.stringMatching(/They do\.$/), 'Yes.'])
    const [{ size } = { size: 0 }] = await world.rows(
      'SELECT max(length(content)) AS size FROM steps',
    )
    expect(Number(size)).toBeLessThan(2_000_000)
    expect(sentLast()).toMatch(/Otters hold hands\..*They do\./)
    expect(sentLast()).not.toMatch(/srv_2|JVBE/)
  })

  it('goes on where the API has paused', async () => {
    has()
    const [use, result] = searched('otters')
    world.model
      .gives([text('Looking.'), ...(use ? [use] : [])], { stopReason: 'pause_turn' })
      .gives([...(result ? [result] : []), text('They hold hands.')])
    await world.asks(world.david, 'otters?')
    expect(world.answers().at(-1)).toContain('They hold hands.')
    expect(world.model.refused).toEqual([])
  })

  it('asks before it reaches out once it has read there, unless its file trusts it', async () => {
    const run = vi.fn(async () => 'sent')
    const input = z.strictObject({})
    const send = defineTool({ name: 'send', description: 'Sends.', input, effect: 'outside', run })
    const approval = { send: 'never' as const }
    has(undefined, { tools: [send], approval })
    world.model.gives([...searched('otters'), text('Read.')]).uses('send')
    await world.asks(world.david, 'otters?')
    await world.asks(world.david, 'send it')
    expect(run).not.toHaveBeenCalled()

    await world.asks(world.david, 'forget')
    has(undefined, { tools: [send], approval, trusted: ['web_search'] })
    world.model
      .gives([...searched('otters'), text('Read.')])
      .uses('send')
      .says('Sent.')
    await world.asks(world.david, 'otters?')
    await world.asks(world.david, 'send it')
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('runs code where it has run before, until that is gone', async () => {
    has({ code: {} })
    const expires_at = new Date(Date.now() + HOUR).toISOString()
    const container = { id: 'container_1', expires_at }
    world.model
      .gives([...ran('2 + 2'), text('4.')], { container })
      .says('Still 4.')
      .says('4!')
    await world.asks(world.david, 'how much is 2 + 2?')
    expect(world.model.prompts.at(-1)?.container).toBeUndefined()
    await world.asks(world.david, 'sure?')
    expect(world.model.prompts.at(-1)?.container).toBe('container_1')
    await world.passes(HOUR)
    await world.asks(world.david, 'still?')
    expect(world.model.prompts.at(-1)?.container).toBeUndefined()
  })
})

describe('an address', () => {
  it('that the model has put together is none in what is told of earlier, so nobody opens it', async () => {
    has({ webFetch: {} })
    world.model.says('Noted.')
    await world.asks(world.david, 'see https://example.com/ours')
    await world.passes(DAY + 60_000)
    world.model.says('They spoke of https://evil.example/?q=secret.').says('Hello.')
    await world.asks(world.david, 'open https://example.com/again please')
    expect(sentLast()).toContain('https[:]//evil.example/?q=secret')
    expect(sentLast()).toContain('open https://example.com/again please')
    expect(sentLast()).not.toContain('https://evil.example')
  })

  it('stands as it was told where the API opens nothing', async () => {
    has({ webSearch: {} })
    world.model.says('Noted.')
    await world.asks(world.david, 'hello')
    await world.passes(DAY + 60_000)
    world.model.says('They spoke of https://example.com/it.').says('Hello.')
    await world.asks(world.david, 'and?')
    expect(sentLast()).toContain('They spoke of https://example.com/it.')
  })
})

describe('how often it may look', () => {
  const uses = () =>
    world.model.prompts.map(({ tools = [] }) =>
      tools.flatMap((tool) => ('max_uses' in tool ? (tool.max_uses ?? []) : [])),
    )

  it('holds for all calls of a turn, and the next turn begins anew', async () => {
    has({ webSearch: { maxUses: 3 } })
    const [use, ...found] = searched('otters', { id: 'srv_8' })
    world.model
      .gives([...searched('otters', { id: 'srv_7' }), ...(use ? [use] : [])], {
        stopReason: 'pause_turn',
      })
      .gives([...found, ...searched('bears', { id: 'srv_9' })], { stopReason: 'pause_turn' })
      .says('That is all.')
      .says('Hello.')
    await world.asks(world.david, 'otters and bears?')
    expect(uses()).toEqual([[3], [1], [1]])
    // They are used up: the last call may use no tool.
    expect(world.model.prompts.map(({ tool_choice }) => tool_choice?.type)).toEqual([
      ...[undefined, undefined, 'none'],
    ])
    await world.asks(world.david, 'hello')
    expect(uses().at(-1)).toEqual([3])
    expect(world.model.refused).toEqual([])
  })
})

describe('an answer with searches, pages and code in it', () => {
  const content: Block[] = [
    text('Let me look.'),
    ...searched('otters'),
    ...fetched(),
    ...ran('2 + 2'),
    cited('Otters hold hands'),
    text('.'),
  ]
  const reply = (body: Body) => ({
    ...{ id: 'msg_cut', model: body.model, stopReason: 'end_turn' },
    content: thinkingFirst(body, content),
    usage: { input_tokens: 10, output_tokens: 10 } as Usage,
  })

  it('is asked for again wherever it is cut, and the session goes on', async () => {
    has({ webSearch: {}, webFetch: {}, code: {} })
    world.model.bindsThinking = true
    world.model.alwaysThinks = true
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    const last = [...eventsOf(reply(world.model.prompts[0] as Body))].length - 2
    const places = Array.from({ length: last }, (_, at) => at + 1).filter((at) => at % 5 === 1)
    for (const place of places) {
      world.model.cutsAt(place, reply).gives(content)
      await world.asks(world.david, `what do otters do? (${place})`)
      await world.passes(5_000)
      expect(world.answers().at(-1)).toMatch(/Otters hold hands \(Otters of Ohio\)\.$/)
    }
    expect(world.answers()).toHaveLength(1 + places.length)
    world.model.says('They float.')
    await world.asks(world.david, 'and then?')
    expect(world.answers().at(-1)).toBe('They float.')
    expect(world.model.refused).toEqual([])
  })
})

describe('while it looks', () => {
  it('says what it searches for and opens, where its answer grows', async () => {
    has(undefined, { reply: 'grow' })
    const told: string[] = []
    world.fault = async (request, when) => {
      if (when === 'before' && ['PATCH', 'PUT'].includes(request.method))
        told.push(await request.text())
      return undefined
    }
    const before = async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
      vi.setSystemTime(Date.now() + 2_000)
    }
    const words: Block[] = [text('I look it up now. It takes a moment. ')]
    const found = [...searched('otters *and* bears'), ...fetched()]
    world.model.gives([...words, ...found, text('Hands are held.')], { before })
    await world.asks(world.david, 'what do otters do?')
    world.fault = null
    expect(told.join('\n')).toContain('Opening example.com')
    expect(world.answers()[0]).toContain('Hands are held.')
  })

  it.each(Object.entries(IN_ALL))('in %s', (_, words) => {
    const input = { query: 'cats *and* @Kevin', url: 'https://example.com/x?y' }
    const said = ['web_search', 'web_fetch', 'bash_code_execution'].map((name) =>
      statusOfServerTool({ name, input }, words),
    )
    expect(said[0]).toContain('cats and Kevin')
    expect(said[1]).toContain('example.com')
    expect(said[1]).not.toContain('y')
    expect(new Set(said).size).toBe(3)
  })
})

describe('what it may come to', () => {
  const prompt = (told: object): Prompt => ({
    model: 'claude-sonnet-5-5',
    system: 'x',
    tools: serverToolsOf(ServerTools.parse(told)).map((server) => ({
      ...{ name: server.name, description: '', inputSchema: {}, server },
    })),
    messages: [{ role: 'user' as const, content: 'hello' }],
    maxTokens: 1_000,
    mayUseTools: true,
  })
  const worst = (told: object) => worstOf(prompt(told), [], hashOf)?.read ?? 0

  it('is reserved with each use, and the code that the API runs', () => {
    const two = { webSearch: { maxUses: 2 } }
    // Two searches at a cent, beside what they find: read twice the first, once the second, at $2.50 a million.
    const least = 20_000 + 3 * 15_000 * 2.5
    expect(worst(two) - worst({})).toBeGreaterThan(least)
    expect((worstCaseOf(prompt(two)) ?? 0) - (worstCaseOf(prompt({})) ?? 0)).toBeGreaterThan(least)
    expect(worst({ webFetch: { maxUses: 3 } })).toBeGreaterThan(worst({ webFetch: { maxUses: 2 } }))
    expect(worst({ code: {} })).toBeGreaterThan(worst({}) * 10)
  })

  it.each([
    [{ webSearch: { allowedDomains: ['a.com'], blockedDomains: ['b.com'] } }, {}],
    [{ webSearch: { allowedDomains: ['https://a.com'] } }, {}],
    [{ webFetch: { maxUses: 0 } }, {}],
    [{ webSearch: {} }, { approval: { web_search: 'once' } }],
  ])('is not left open by a file: %j %j', (serverTools, more) => {
    const file = { ...assistant, serverTools, ...more }
    expect(checkRoster([file as never]).broken).toHaveLength(1)
  })
})

describe('a gateway without the tools of the API', () => {
  it.each([
    [
      "tools.9: Input tag 'web_search_20260318' found using 'type' does not match any of the expected tags: 'custom', 'tool_search_tool_bm25', 'web_fetch_20260318'",
      'web_search_20260318',
    ],
    ["'claude-x' does not support web_fetch.", 'web_fetch_20260318'],
    [
      'tools.9.web_fetch_20260318.url_sources: Extra inputs are not permitted',
      'web_fetch_20260318',
    ],
    ['Web search is not enabled for this organization.', 'web_search_20260318'],
  ])('%s: is done without, said once, and tried again a day later', async (message, gone) => {
    has()
    world.model.gives([...searched('otters'), ...fetched(), cited('Hands.')])
    await world.asks(world.david, 'otters?')
    world.model.fails(400, { message }).says('I cannot look.').says('Still not.')
    await world.asks(world.david, 'and bears?')
    expect(world.answers().at(-1)).toBe(`I cannot look.\n\n${SENTENCES.serverTools.lost}`)
    expect(types()).not.toContain(gone)
    expect(types().filter((type) => type.startsWith('web'))).toHaveLength(1)
    expect(sentLast()).not.toContain(gone.replace(/_\d+$/, '_tool_result'))

    await world.asks(world.david, 'and cats?')
    expect(world.answers().at(-1)).toBe('Still not.')
    expect(types()).not.toContain(gone)
    await world.passes(DAY + 60_000)
    world.model.says('They had spoken of otters.').says('Hello.')
    await world.asks(world.david, 'hello')
    expect(types()).toContain(gone)
    expect(world.model.refused).toEqual([])
  })
})

describe('where an answer comes from', () => {
  it.each([
    [
      'a page that bears the name of somebody',
      { title: 'Ask @Kevin [now](x) ![y](z)' },
      'Ask Kevin now x y z',
    ],
    ['a page of no name', { title: null }, 'example.com'],
    ['an address that ends a link', { url: 'https://example.com/a_(b)' }, 'Otters of Ohio'],
  ])('is named with a link: %s', async (_, source, label) => {
    has()
    world.model.gives([...searched('otters'), cited('Hands!', source)])
    await world.asks(world.david, 'otters?')
    const html = world.campfire.postsOf(world.assistant, world.watercooler).at(-1)?.html
    expect(html).toContain(`>${label}</a>`)
    expect(html).not.toMatch(/<img|bc-attachment|mention/)
    expect(html?.match(/<a /g)).toHaveLength(1)
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://bank.example@evil.example/',
    'not an address',
  ])('is not named where nobody should go: %s', async (url) => {
    has()
    world.model.gives([...searched('otters', { url: PAGE }), cited('Hands.', { url })])
    await world.asks(world.david, 'otters?')
    expect(world.answers().at(-1)).toBe('Hands.')
  })
})
