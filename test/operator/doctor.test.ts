import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bot, membersIn } from '../../src/bots.ts'
import app from '../../src/index.ts'
import { examineModels } from '../../src/operator/doctor/models.ts'
import { tokensIn } from '../../src/operator/doctor/settings.ts'
import { examine, type Finding, type Settings } from '../../src/operator/doctor.ts'
import { Bots, Doctor, Refusal } from '../../src/operator/schemas.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import type { Dialect } from '../campground/dialect.ts'
import { useWorld } from '../support/world.ts'

const HOME = 'https://firekeeper.example.com'
const LONG = 'b6a1e0c94f7d2385b6a1e0c94f7d2385'
const NOW = Date.parse('2026-11-29T12:00:00Z')

const GOOD = {
  CAMPFIRE_URL: 'https://chat.example.com',
  BOT_KEYS: 'assistant=3-7876b7cdc3d5,analyst=7-XyZ789abcdef',
  ANTHROPIC_API_KEY: 'sk-test',
  ADMIN_TOKEN: LONG,
}

/** What the API says of each model, by its name; null where it knows none. */
let models: Record<string, object | null>
let refusal: Response | null
beforeEach(() => {
  models = {}
  refusal = null
})

describe.each<Dialect>(['rails', 'port', 'v1.4.9'])('in a Campfire (%s)', (dialect) => {
  const world = useWorld(dialect)

  it('all is well where all is right, and nothing is posted', async () => {
    const found = await examined(GOOD)

    expect(wrongs(found)).toEqual([])
    const doubts = found.filter(({ state }) => state === 'doubtful').map(({ about }) => about)
    expect(doubts).toEqual(dialect === 'v1.4.9' ? ['key of assistant', 'key of analyst'] : [])
    expect(world.campfire.messages.all).toEqual([])
  })

  it('finds a key that is not taken, wherever it can be tried', async () => {
    const BOT_KEYS = 'assistant=3-000000000000,analyst=7-XyZ789abcdef'
    const found = await examined({ ...GOOD, BOT_KEYS })

    if (dialect === 'v1.4.9') expect(wrongs(found)).toEqual([])
    else expect(wrongs(found)).toEqual(['key of assistant'])
    expect(JSON.stringify(found)).not.toContain('000000000000')
  })

  async function examined(settings: Settings, more = {}) {
    return await examine(settings, { now: NOW, isLocal: false, fetch: fetchIn(world), ...more })
  }

  it('finds a room that a bot is out of, where that can be told', async () => {
    const known = new Map([
      [3, { rooms: [1, 99], heard: NOW }],
      [7, { rooms: [2], heard: NOW }],
    ])
    const found = await examined(GOOD, { known })

    const lost = found.filter(({ says }) => says.includes('not in room 99'))
    expect(lost).toHaveLength(dialect === 'v1.4.9' ? 0 : 1)
    expect(found.filter(({ about }) => about.startsWith('webhook'))).toMatchObject([
      { state: 'well' },
      { state: 'well' },
    ])
  })
})

describe('the doctor', () => {
  const world = useWorld()
  const examined = (settings: Settings, more = {}) =>
    examine(settings, { now: NOW, isLocal: false, fetch: fetchIn(world), ...more })

  it.each<[string, Settings, string]>([
    ['no address', { CAMPFIRE_URL: '' }, 'CAMPFIRE_URL'],
    ['an address of nobody', { CAMPFIRE_URL: 'http://127.0.0.1:3000' }, 'CAMPFIRE_URL'],
    ['no address at all', { CAMPFIRE_URL: 'chat' }, 'CAMPFIRE_URL'],
    ['no bots', { BOT_KEYS: '' }, 'BOT_KEYS'],
    ['a bot of no name', { BOT_KEYS: `${GOOD.BOT_KEYS},ghost=9-abc` }, 'bot ghost'],
    ['a key that is none', { BOT_KEYS: 'assistant=nonsense' }, 'bot assistant'],
    ['no key for Claude', { ANTHROPIC_API_KEY: '' }, 'ANTHROPIC_API_KEY'],
    ['no token', { ADMIN_TOKEN: '' }, 'ADMIN_TOKEN'],
    ['a token of one word', { ADMIN_TOKEN: 'letmein' }, 'ADMIN_TOKEN'],
    ['a long token of one letter', { ADMIN_TOKEN: 'a'.repeat(40) }, 'ADMIN_TOKEN'],
    ['a short secret', { WEBHOOK_SECRET: 'x' }, 'WEBHOOK_SECRET'],
  ])('finds %s, and says what to do', async (_, changes, about) => {
    const found = await examined({ ...GOOD, ...changes })

    const wrong = found.filter(({ state }) => state === 'wrong')
    expect(wrong.map((one) => one.about)).toContain(about)
    for (const { todo } of wrong) expect(todo?.length).toBeGreaterThan(20)
    expect(JSON.stringify(found)).not.toMatch(/7876b7cdc3d5|XyZ789|sk-test|letmein|aaaa/)
  })

  it('says of an address without encryption that keys can be read on the way', async () => {
    const [found] = await examined({ ...GOOD, CAMPFIRE_URL: 'http://chat.example.com' })
    expect(found).toMatchObject({ state: 'doubtful' })
  })

  it('finds what answers in the place of Campfire', async () => {
    const fetch = async () => new Response('<h1>Hello</h1>', { status: 200 })
    expect(wrongs(await examined(GOOD, { fetch }))).toContain('key of assistant')

    // To everything that it does not know it says what a Campfire says that is too old.
    const unknown = async () => new Response('<h1>Not found</h1>', { status: 404 })
    expect(wrongs(await examined(GOOD, { fetch: unknown }))).toContain('key of assistant')
  })

  it('finds a clock that is wrong by minutes', async () => {
    const late = new Date(NOW - 10 * 60_000).toUTCString()
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await fetchIn(world)(input, init)
      return new Response(answer.body, { status: answer.status, headers: { date: late } })
    }
    expect(await examined(GOOD, { fetch })).toContainEqual(
      expect.objectContaining({ about: 'clock of Campfire', state: 'doubtful' }),
    )
  })

  it.each<[string, object | null, string, string]>([
    ['is gone', null, 'wrong', "That model doesn't exist"],
    ['is retired', { lifecycle: 'retired', retires_at: null }, 'wrong', 'It is retired'],
    [
      'will be gone in a month',
      { lifecycle: 'deprecated', retires_at: '2026-12-28T00:00:00Z' },
      'doubtful',
      'It will be retired in 29 days, on 2026-12-28.',
    ],
    [
      'will go some day',
      { lifecycle: 'deprecated', retires_at: null },
      'doubtful',
      'no day is set',
    ],
    [
      'will be gone in a year',
      { lifecycle: 'deprecated', retires_at: '2027-11-29T00:00:00Z' },
      'well',
      'on 2027-11-29',
    ],
    ['answers in short', { max_tokens: 4_000 }, 'wrong', 'at most 4000 tokens'],
    [
      'lacks a tool',
      { capabilities: { server_tools: { supported: true, boost: { supported: false } } } },
      'wrong',
      'It cannot use boost',
    ],
    [
      'says odd things',
      { lifecycle: 7, max_tokens: 'x', capabilities: [] },
      'well',
      'It is there.',
    ],
  ])('finds a model that %s', async (_, facts, state, words) => {
    models = { 'claude-sonnet-5-5': facts }
    const found = await examined(GOOD)
    expect(found.filter(({ about }) => about === 'model claude-sonnet-5-5')).toContainEqual(
      expect.objectContaining({ state, says: expect.stringContaining(words) }),
    )
  })

  it('finds an effort that a model lacks, and one without a price', async () => {
    const bot = { ...(membersIn(GOOD.BOT_KEYS).members[0]?.bot as Bot), effort: 'max' as const }
    models = {
      'claude-unheard-of': {
        capabilities: { effort: { supported: true, max: { supported: false } } },
      },
    }
    const bots = [{ ...bot, model: 'claude-unheard-of' }]
    const found = await examineModels(GOOD, bots, { now: NOW, fetch: fetchIn(world) })

    expect(found).toContainEqual(
      expect.objectContaining({ state: 'wrong', says: expect.stringContaining('no effort "max"') }),
    )
    expect(found).toContainEqual(expect.objectContaining({ about: 'prices', state: 'doubtful' }))
  })

  it.each<[string, Response | null, string, string]>([
    ['a key that is not taken', new Response('{}', { status: 401 }), 'ANTHROPIC_API_KEY', 'wrong'],
    ['a gateway that lists no models', new Response('no', { status: 404 }), 'model', 'doubtful'],
    ['an API that is down', new Response('no', { status: 503 }), 'model', 'wrong'],
  ])('says once of %s what is wrong', async (_, answer, about, state) => {
    refusal = answer
    const found = await examined(GOOD)
    expect(found.filter((one) => one.about === about)).toMatchObject([{ state }])
  })
})

describe('the doctor in the Worker', () => {
  const world = useWorld()

  it.each(['/doctor', '/bots'])('is for operators only: %s', async (path) => {
    const answer = await exports.default.fetch(`${HOME}${path}`)

    expect(answer.status).toBe(401)
    Refusal.parse(await answer.json())
  })

  it('says who was spoken to, when, and what is kept', async () => {
    expect(Bots.parse(await told('/bots')).bots).toMatchObject([
      { name: 'assistant', user: 3, rooms: 0, heardAt: null },
      { name: 'analyst', user: 7, rooms: 0, heardAt: null },
    ])

    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    const heard = Bots.parse(await told('/bots')).bots
    expect(heard).toMatchObject([
      { name: 'assistant', rooms: 1 },
      { name: 'analyst', heardAt: null },
    ])
    expect(Math.abs(Date.parse(heard[0]?.heardAt ?? '') - Date.now())).toBeLessThan(60_000)

    // Models are asked for by name, which costs nothing.
    world.fault = async ({ url }) =>
      url.includes('/v1/models/') ? Response.json({ type: 'model', id: 'x' }) : undefined
    const { findings } = Doctor.parse(await told('/doctor'))
    expect(findings).toContainEqual(
      expect.objectContaining({ about: 'webhook of assistant', state: 'well' }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ about: 'webhook of analyst', state: 'doubtful' }),
    )
    expect(findings).toContainEqual(expect.objectContaining({ about: 'storage', state: 'well' }))
  })

  it('knows at once of a second word, though the room has told a moment ago', async () => {
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    const first = Bots.parse(await told('/bots')).bots[0]?.heardAt
    vi.setSystemTime(Date.now() + 1_000)
    await world.asks(world.david, 'two')
    const second = Bots.parse(await told('/bots')).bots[0]?.heardAt

    expect(Date.parse(second ?? '')).toBeGreaterThan(Date.parse(first ?? ''))
  })

  async function told(path: string) {
    const request = new Request(`${HOME}${path}`, { headers: { authorization: 'Bearer letmein' } })
    return await (await exports.default.fetch(request)).json()
  }
})

describe('a Worker that nobody has set up', () => {
  useWorld()
  const NOTHING = {
    CAMPFIRE_URL: 'http://127.0.0.1:3000',
    BOT_KEYS: undefined,
    ANTHROPIC_API_KEY: undefined,
    ADMIN_TOKEN: undefined,
  }

  it('says at / what is missing, and how to set it', async () => {
    const answer = await app.fetch(new Request(`${HOME}/`), { ...env, ...NOTHING })
    const page = await answer.text()

    expect(answer.status).toBe(200)
    for (const name of ['CAMPFIRE_URL', 'BOT_KEYS', 'ANTHROPIC_API_KEY', 'ADMIN_TOKEN']) {
      expect(page).toContain(`<code>${name}</code>`)
    }
    expect(page).toContain('npm run setup')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('names what is still missing, and no value of what is there', async () => {
    const { ANTHROPIC_API_KEY } = NOTHING
    const answer = await app.fetch(new Request(`${HOME}/`), { ...env, ANTHROPIC_API_KEY })
    const page = await answer.text()

    expect(page).toContain('Or by hand, one setting:')
    expect(page).not.toMatch(/letmein|7876b7cdc3d5|chat\.example\.com<|BOT_KEYS/)
  })

  it('has nothing to say to strangers when all is there', async () => {
    const answer = await exports.default.fetch(`${HOME}/`)
    expect(answer.status).toBe(401)
  })

  it('lets its operator ask the doctor, whatever else is missing', async () => {
    const headers = { authorization: 'Bearer letmein' }
    const asked = new Request(`${HOME}/doctor`, { headers })
    const answer = await app.fetch(asked, {
      ...env,
      ...NOTHING,
      ADMIN_TOKEN: 'letmein',
      CAMPFIRE_URL: '',
    })
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('BOT_KEYS')])
  })

  it.each(['/health', '/webhook', '/doctor', '/bots', '/queue/stats'])(
    'breaks nowhere: %s',
    async (path) => {
      for (const method of ['GET', 'POST']) {
        const answer = await app.fetch(new Request(`${HOME}${path}`, { method }), {
          ...env,
          ...NOTHING,
          CAMPFIRE_URL: undefined,
        })
        expect(answer.status).toBeLessThan(500)
      }
    },
  )
})

function wrongs(found: Finding[]) {
  return found.filter(({ state }) => state === 'wrong').map(({ about }) => about)
}

/** The Campfire of that world, and an API that has every model of which nothing else is said. */
function fetchIn(world: {
  campfire: { handle(request: Request): Promise<Response> }
}): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { hostname, pathname } = new URL(request.url)
    if (hostname === 'chat.example.com') return await world.campfire.handle(request)
    if (refusal) return refusal.clone()
    const id = pathname.split('/').at(-1) ?? ''
    const facts = id in models ? models[id] : {}
    if (!facts)
      return Response.json({ type: 'error', error: { type: 'not_found_error' } }, { status: 404 })
    return Response.json({ type: 'model', id, lifecycle: 'active', retires_at: null, ...facts })
  }
}

it('says which server of a bot has no token yet', () => {
  const mcp = [
    { name: 'tracker', url: 'https://mcp.example.com/mcp', auth: 'MCP_TRACKER' },
    { name: 'open', url: 'https://open.example.com/mcp' },
  ].map((server) => Server.parse(server))
  const [member] = membersIn(GOOD.BOT_KEYS).members
  const members = member ? [{ ...member, bot: { ...member.bot, mcp } }] : []

  expect(tokensIn(GOOD, members)).toMatchObject([
    { about: 'MCP_TRACKER', todo: expect.stringContaining('wrangler secret put MCP_TRACKER') },
  ])
  expect(tokensIn({ ...GOOD, ...{ MCP_TRACKER: 'sesame' } }, members)).toEqual([])
})
