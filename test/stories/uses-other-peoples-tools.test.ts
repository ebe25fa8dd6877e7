import { env } from 'cloudflare:workers'
import type { Tool as Definition } from '@anthropic-ai/sdk/resources/messages/messages'
import { beforeEach, describe, expect, it } from 'vitest'
import { fetchPage } from '../../src/tools/fetch-page.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import { readMessages } from '../../src/tools/read-messages.ts'
import { useBotChanges } from '../support/bots.ts'
import { McpServer } from '../support/mcp.ts'
import type { Block } from '../support/model.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()
let tracker: McpServer

const HOUR = 60 * 60_000
/** In real time: so long a turn may wait for a list that has never come. */
const PATIENCE = 2_500
const entry = (changes: object = {}) =>
  Server.parse({ name: 'tracker', url: tracker.url, about: 'our issue tracker', ...changes })
/** Whose bot takes what the tracker says for what people say: what becomes of it else is in `wary-of-what-it-read`. */
const has = (changes: object = {}) =>
  change({ mcp: [entry(changes)], trusted: ['tracker'], reply: 'whole' })
const find = {
  name: 'find',
  description: 'Finds issues.',
  inputSchema: {
    type: 'object',
    properties: { words: { type: 'string' } },
    required: ['words'],
  },
}
const toldLast = () => JSON.stringify(world.model.prompts.at(-1)?.messages)
const toolsNow = () =>
  (world.model.prompts.at(-1)?.tools ?? []) as (Definition & { defer_loading?: boolean })[]
const theirs = () => toolsNow().flatMap(({ name }) => (name.includes('__') ? [name] : []))

beforeEach(() => {
  tracker = new McpServer(world).offer(find, ({ words }) => `Nobody reported ${words}.`)
})

describe('a bot with a server', () => {
  it('finds its tools, asks for a yes once, and tells what it answers', async () => {
    has()
    world.model.uses('tracker__find', { words: 'otters' })
    await world.asks(world.david, 'is there an issue about otters?')
    expect(tracker.used).toEqual([])
    expect(world.answers().at(-1)).toMatch(/May I use find of tracker\?/)
    expect(toolsNow().filter(({ name }) => name.includes('__'))).toMatchObject([
      { name: 'tracker__tools', defer_loading: true },
      { name: 'tracker__find', defer_loading: true, input_schema: find.inputSchema },
    ])

    world.model.says('There is none.')
    await world.asks(world.david, 'yes')
    expect(tracker.used).toEqual([['find', { words: 'otters' }]])
    expect(toldLast()).toContain('Nobody reported otters.')

    world.model.uses('tracker__find', { words: 'bears' }).says('None either.')
    await world.asks(world.david, 'and bears?')
    expect(world.answers().at(-1)).toBe('None either.')
    expect(tracker.used).toHaveLength(2)
  })

  it('asks nothing where its file says so, and looks at the input first', async () => {
    has({ approval: { find: 'never' } })
    world.model
      .uses('tracker__find', { words: 7 })
      .uses('tracker__find', { words: 'otters' })
      .says('None.')
    await world.asks(world.david, 'otters?')
    expect(world.model.bodies.at(-2)).toContain('words: must be string')
    expect(tracker.used).toEqual([['find', { words: 'otters' }]])
  })

  it('sends its token, to the one address that its file names', async () => {
    Object.assign(env, { MCP_TRACKER: 'sesame' })
    tracker.token = 'sesame'
    has({ auth: 'MCP_TRACKER', approval: { find: 'never' } })
    world.model.uses('tracker__find', { words: 'otters' }).says('None.')
    await world.asks(world.david, 'otters?')
    expect(tracker.used).toHaveLength(1)
    expect(world.model.bodies.join()).not.toContain('sesame')
    Reflect.deleteProperty(env, 'MCP_TRACKER')
  })

  it('says that a secret is missing, and asks without it nowhere', async () => {
    has({ auth: 'MCP_NONE' })
    world.model.uses('tracker__tools').says('It is not set up.')
    await world.asks(world.david, 'otters?')
    expect(toldLast()).toContain('The secret MCP_NONE is missing')
    expect(tracker.asked).toEqual([])
  })

  it('asks for no more pages at once than the free plan has', async () => {
    has({ approval: { find: 'never' } })
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    const uses = Array.from({ length: 12 }, (_, n): [string, object] => [
      'tracker__find',
      { words: `${n}` },
    ])
    let requests = 0
    world.fault = async (_, when) => {
      if (when === 'before') requests++
      return undefined
    }
    world.model.uses(uses).says('All of them.')
    await world.asks(world.david, 'each of them')
    expect(world.answers().at(-1)).toBe('All of them.')
    const done = JSON.stringify(world.model.prompts.at(-1)?.messages).match(/Nobody reported/g)
    expect(done?.length).toBe(tracker.used.length)
    expect(tracker.used.length).toBeGreaterThan(8)
    expect(requests).toBeLessThan(100)
  })

  it('has its own tools before it as ever, however many others there are', async () => {
    for (let n = 0; n < 12; n++) tracker.offer(`more_${n}`)
    has()
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    const later = toolsNow().filter((tool) => tool.defer_loading)
    const own = later.filter(({ name }) => !name.startsWith('tracker__')).map(({ name }) => name)
    expect(later).toHaveLength(14 + own.length)
    // What it seldom needs it has left to the search before.
    expect(own).not.toContain('read_messages')
    expect(own).not.toContain('memory')
  })

  it('has few tools of its own whole, however many others there are', async () => {
    for (let n = 0; n < 12; n++) tracker.offer(`more_${n}`)
    change({ tools: [readMessages, fetchPage], skills: [] })
    has()
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    const whole = toolsNow().filter((tool) => !tool.defer_loading)
    expect(whole.map(({ name }) => name)).toContain('fetch_page')
  })

  it('has only what its file allows', async () => {
    tracker.offer('delete_all')
    has({ allow: ['find'] })
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find'])
  })
})

describe('help', () => {
  it('says which services there are', async () => {
    has()
    await world.asks(world.david, 'help')
    expect(world.answers().at(-1)).toContain('other services offer: tracker (our issue tracker).')
  })
})

describe('a list', () => {
  it('is asked for once in an hour, and nobody waits for the next', async () => {
    has()
    world.model.thinks('Tea.').says('One.').says('Two.').says('Three.').says('Four.')
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')
    const lists = () => tracker.asked.filter((method) => method === 'tools/list').length
    expect(lists()).toBe(1)

    tracker.offer('create')
    const gate = Promise.withResolvers<void>()
    tracker.instead = async () => {
      await gate.promise
      return null
    }
    await world.passes(HOUR + 1_000)
    const began = performance.now()
    await world.asks(world.david, 'three')
    expect(performance.now() - began).toBeLessThan(PATIENCE)
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find'])
    gate.resolve()
    await expect.poll(lists).toBe(2)
    await expect
      .poll(() => world.rows("SELECT offered FROM servers WHERE offered LIKE '%create%'"))
      .toHaveLength(1)
    await world.asks(world.david, 'four')
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find', 'tracker__create'])
    // What was read before stays what it was, and so does what was thought behind it.
    const [first, last] = [world.model.prompts[0], world.model.prompts.at(-1)]
    expect(JSON.stringify(last?.system)).toBe(JSON.stringify(first?.system))
    expect(toldLast()).toContain('Tea.')
  })

  it('keeps what is gone, for a session that speaks of it, and says so to whoever uses it', async () => {
    has({ approval: { find: 'never' } })
    world.model.says('One.')
    await world.asks(world.david, 'one')
    tracker.offers = []
    await world.passes(HOUR + 1_000)
    world.model.says('Two.').uses('tracker__find', { words: 'x' }).says('It is gone.')
    await world.asks(world.david, 'two')
    await expect
      .poll(() => world.rows('SELECT 1 FROM servers WHERE offered LIKE \'%"isGone":true%\''))
      .toHaveLength(1)
    await world.asks(world.david, 'three')
    expect(toldLast()).toContain('does not offer it any more. Nothing was done.')
    expect(tracker.used).toEqual([])
  })

  it('stays as long as a session where all tools are read each time', async () => {
    has()
    const refusal =
      "tools.0: Input tag 'tool_search_tool_bm25_20251119' found using 'type' does not match any of the expected tags"
    world.model.says('One.').fails(400, { message: refusal }).thinks('Tea.').says('Two.')
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')
    tracker.offer('create')
    await world.passes(HOUR + 1_000)
    world.model.says('Three.').says('Four.')
    await world.asks(world.david, 'three')
    await world.asks(world.david, 'four')
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find'])
    expect(toldLast()).toContain('Tea.')
  })
})

describe('a server that is down', () => {
  it('costs no turn: the bot answers, and is told when it looks for its tools', async () => {
    has()
    tracker.instead = async () => new Response('Bad gateway', { status: 502 })
    world.model.says('Hello.').uses('tracker__tools').says('The tracker is down.')
    await world.asks(world.david, 'hello')
    await world.asks(world.david, 'otters?')
    expect(world.answers()).toEqual(['Hello.', 'The tracker is down.'])
    expect(toldLast()).toContain('tracker cannot be reached just now')
    expect(theirs()).toEqual(['tracker__tools'])
  })

  it('and does not even say so, keeps the first turn waiting for a moment, and no other', async () => {
    has()
    tracker.instead = async () => await new Promise(() => {})
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    const began = performance.now()
    await world.asks(world.david, 'two')
    expect(performance.now() - began).toBeLessThan(PATIENCE)
    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('and is asked what it offers, is asked no more after a stop', async () => {
    has()
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    const asked: Request[] = []
    world.elsewhere.set(new URL(tracker.url).origin, async (request) => {
      asked.push(request)
      return await new Promise(() => {})
    })
    world.model.uses('tracker__tools')
    await world.says(world.david, 'otters?')
    const ringing = world.rings()
    await until(() => asked.length === 1)
    await world.says(world.david, 'stop')
    await ringing
    expect(asked[0]?.signal.aborted).toBe(true)
  })

  it('is asked for no more at once than a handler may ask', async () => {
    has()
    const looks = (n: number): Block[] =>
      Array.from({ length: 6 }, (_, at) => ({
        type: 'tool_use',
        id: `toolu_${n}${at}`,
        name: 'tracker__tools',
        input: {},
      }))
    world.model
      .answers(() => looks(1))
      .answers(() => looks(2))
      .says('There they are.')
    await world.asks(world.david, 'what is there?')
    expect(toldLast()).toContain('that is too much at once')
    expect(world.answers()).toEqual(['There they are.'])
  })

  it('is used again when it is back', async () => {
    has({ approval: { find: 'never' } })
    tracker.instead = async () => new Response('Bad gateway', { status: 502 })
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    tracker.instead = null
    world.model.uses('tracker__tools').says('There it is.')
    await world.asks(world.david, 'and now?')
    expect(toldLast()).toContain('find')
    world.model.uses('tracker__find', { words: 'otters' }).says('None.')
    await world.asks(world.david, 'otters?')
    expect(tracker.used).toHaveLength(1)
  })

  it('and breaks off in a use, is said to have done nobody knows what', async () => {
    has({ approval: { find: 'never' } })
    tracker.offer(find, () => new Response('Bad gateway', { status: 502 }))
    world.model.uses('tracker__find', { words: 'otters' }).says('I cannot tell.')
    await world.asks(world.david, 'otters?')
    expect(toldLast()).toContain('outcome unknown')
    expect(tracker.used).toHaveLength(1)
  })

  it.each<[string, () => Response, RegExp]>([
    ['refuses by its status', () => new Response('No', { status: 403 }), /Nothing was done/],
    [
      'says that it failed',
      () => result({ isError: true, text: 'No such project' }),
      /says that it failed: No such project/,
    ],
    ['refuses in words', () => failure('Unknown project'), /refuses it: .*Unknown project/],
  ])('%s, and the model reads why', async (_, answer, why) => {
    has({ approval: { find: 'never' } })
    tracker.offer(find, answer)
    world.model.uses('tracker__find', { words: 'otters' }).says('No.')
    await world.asks(world.david, 'otters?')
    expect(toldLast()).toMatch(why)
    expect(toldLast()).not.toContain('outcome unknown')
  })
})

describe('a tool that says of itself', () => {
  it('that it destroys is asked for each time, whatever the file says', async () => {
    tracker.offer({ name: 'drop', annotations: { destructiveHint: true } })
    has({ approval: { drop: 'never' } })
    for (const _ of [1, 2]) {
      world.model.uses('tracker__drop')
      await world.asks(world.david, 'drop it')
      expect(world.answers().at(-1)).toMatch(/May I use drop of tracker\?/)
      world.model.says('Dropped.')
      await world.asks(world.david, 'yes')
    }
    expect(tracker.used).toHaveLength(2)
  })

  it('that it only reads is asked for all the same', async () => {
    tracker.offer({ ...find, annotations: { readOnlyHint: true, destructiveHint: false } })
    has()
    world.model.uses('tracker__find', { words: 'otters' })
    await world.asks(world.david, 'otters?')
    expect(tracker.used).toEqual([])
    expect(world.answers().at(-1)).toMatch(/May I use/)
  })

  it('something else than when it was approved is asked for again', async () => {
    has()
    world.model.uses('tracker__find', { words: 'otters' })
    await world.asks(world.david, 'otters?')
    world.model.says('None.')
    await world.asks(world.david, 'yes')

    await changes()
    world.model.says('Three.').uses('tracker__find', { words: 'bears' })
    await world.asks(world.david, 'three')
    await known()
    await world.asks(world.david, 'bears?')
    expect(world.answers().at(-1)).toMatch(/May I use find of tracker\?/)
    expect(tracker.used).toHaveLength(1)
  })

  it('something else than when a yes was asked for is not run by that yes', async () => {
    has()
    world.model.uses('tracker__find', { words: 'otters' })
    await world.asks(world.david, 'otters?')
    await changes()
    // Somebody else speaks meanwhile, so the list is asked for.
    world.model.says('Hello.')
    await world.asks(world.jason, 'hello')
    await known()
    world.model.says('It has changed.')
    const request = world.campfire.postsOf(world.assistant, world.watercooler)[0]
    await world.posts(world.david, {
      text: 'yes',
      mentions: [world.assistant.id],
      ...(request && { quotes: request.id }),
    })
    await world.rings()
    expect(toldLast()).toContain('has changed since it was asked for')
    expect(tracker.used).toEqual([])
  })

  it('something else than it did asks once, though its file says never', async () => {
    has({ approval: { find: 'never' } })
    world.model.uses('tracker__find', { words: 'otters' }).says('None.')
    await world.asks(world.david, 'otters?')
    await changes()
    world.model.says('Hello.').uses('tracker__find', { words: 'bears' })
    await world.asks(world.david, 'hello')
    await known()
    await world.asks(world.david, 'bears?')
    expect(world.answers().at(-1)).toMatch(/May I use find of tracker\?/)
    expect(tracker.used).toHaveLength(1)
  })

  async function changes() {
    tracker.offer({ ...find, description: 'Finds issues, and deletes them.' }, () => 'Gone.')
    await world.passes(HOUR + 1_000)
  }

  async function known() {
    const rows = () => world.rows("SELECT 1 FROM servers WHERE offered LIKE '%deletes them%'")
    await expect.poll(rows).toHaveLength(1)
  }
})

function result({ text, isError }: { text: string; isError?: boolean }) {
  return Response.json({
    jsonrpc: '2.0',
    id: idNow(),
    result: { content: [{ type: 'text', text }], isError },
  })
}

function failure(message: string) {
  return Response.json({ jsonrpc: '2.0', id: idNow(), error: { code: -32_602, message } })
}

/** The client counts from nought for each connection: initialize, and then the call. */
function idNow() {
  return tracker.lastId
}
