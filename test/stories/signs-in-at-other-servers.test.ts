import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { BotView } from '../../src/operator/schemas.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import { signedIn } from '../operator/visitor.ts'
import { useBotChanges } from '../support/bots.ts'
import { McpServer } from '../support/mcp.ts'
import { AuthServer } from '../support/oauth.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()
const HOME = 'https://firekeeper.example.com'
const BEARER = { authorization: 'Bearer letmein' }
const SIGN_IN = '/bots/assistant/servers/tracker/sign-in'
let tracker: McpServer
let auth: AuthServer

beforeEach(() => {
  tracker = new McpServer(world).offer('find', () => 'Found it.')
  auth = new AuthServer(world, tracker)
  goesBy()
})

// Files of tests share one runtime.
afterEach(() => {
  Object.assign(env, { OPERATOR_ROOM: '' })
  Reflect.deleteProperty(env, 'MCP_CLIENT')
})

function goesBy(changes = {}) {
  const entry = { name: 'tracker', url: tracker.url, auth: 'oauth', approval: { find: 'never' } }
  change({ reply: 'whole', trusted: ['tracker'], mcp: [Server.parse({ ...entry, ...changes })] })
}

/** A browser, with the cookies that we gave it. */
async function opens(path: string | URL, how: RequestInit & { cookie?: string | null } = {}) {
  const { cookie = null, ...init } = how
  const headers = { accept: 'text/html', ...(cookie && { cookie }), ...init.headers }
  const url = new URL(path, HOME)
  return await exports.default.fetch(url.href, { redirect: 'manual', ...init, headers })
}

/** The button of the page, and where the page after it leads. */
async function begins() {
  const body = new URLSearchParams({ _method: 'PUT' })
  const answer = await opens(SIGN_IN, { method: 'POST', headers: BEARER, body })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const [, location = ''] = /^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '') ?? []
  return { answer, cookie, location }
}

async function signsIn() {
  const { location, cookie } = await begins()
  const answer = await opens(auth.allows(location), { cookie })
  expect({ status: answer.status, says: await answer.text() }).toMatchObject({
    status: 200,
    says: expect.stringContaining('assistant can use the tools of tracker'),
  })
}

async function asks(room = world.watercooler) {
  world.model.uses('tracker__find', {}).says('Done.')
  await world.asks(world.david, 'what does the tracker say?', room)
  return JSON.stringify(world.model.prompts.at(-1))
}

/** The list is known from here on, and `find` is a tool. */
async function knowsTheTools(room = world.watercooler) {
  world.model.says('Hello.')
  await world.asks(world.david, 'hello', room)
}

async function standing() {
  const answer = await opens('/bots/assistant', {
    headers: { ...BEARER, accept: 'application/json' },
  })
  return BotView.parse(await answer.json()).servers[0]?.signIn
}

async function storedIn() {
  return await runInDurableObject(
    env.ACCOUNTS.getByName(world.campfire.origin),
    (_, { storage }) => {
      const rows = ['sign_ins', 'sign_ins_begun'].flatMap((table) =>
        storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
      )
      const texts = rows.flatMap((row) => Object.values(row))
      const read = (value: unknown) =>
        value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : String(value)
      return { rows: rows.length, text: texts.map(read).join('\n') }
    },
  )
}

describe('an operator who signs in at a server', () => {
  it('does so once, and its tools are used with that; nobody else sees a token', async () => {
    const said: unknown[] = []
    for (const level of ['log', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation((...words) => said.push(words))
    expect(await standing()).toBe('out')
    await signsIn()
    expect(await standing()).toBe('in')
    await knowsTheTools()
    await asks()
    expect(tracker.used).toEqual([['find', {}]])

    const { rows, text } = await storedIn()
    expect(rows).toBe(1)
    const told = [text, JSON.stringify(said), ...world.model.bodies]
    told.push(JSON.stringify(await world.rows('SELECT * FROM servers')))
    for (const secret of auth.secrets)
      expect(told.filter((one) => one.includes(secret))).toEqual([])
  })

  it('is sent with all that OAuth 2.1 wants, and is taken back once, in the same browser', async () => {
    const { location, cookie, answer } = await begins()
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
    expect(await answer.text()).toContain(`href="${location.replaceAll('&', '&amp;')}"`)
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
      resource: tracker.url,
      redirect_uri: `${HOME}/mcp/callback`,
      scope: 'tools',
    })
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-.*HttpOnly; Secure; SameSite=Lax$/)
    const back = auth.allows(location)
    expect((await opens(back)).status).toBe(400)
    expect((await opens(back, { cookie })).status).toBe(400)
    const again = await begins()
    const known = auth.allows(again.location)
    expect((await opens(known, { cookie: again.cookie })).status).toBe(200)
    expect((await opens(known, { cookie: again.cookie })).status).toBe(400)
  })

  it.each<[string, (back: URL) => void, RegExp]>([
    [
      'with a state of nobody',
      (back) => back.searchParams.set('state', 'x'.repeat(43)),
      /not known/,
    ],
    [
      'from another one',
      (back) => back.searchParams.set('iss', 'https://evil.example.com'),
      /issuer/,
    ],
    ['without saying from whom', (back) => back.searchParams.delete('iss'), /issuer/],
    ['with another code', (back) => back.searchParams.set('code', 'x'), /no token/],
    ['without a code', (back) => back.searchParams.delete('code'), /declined/],
    ['after ten minutes', () => vi.setSystemTime(Date.now() + 11 * MINUTE), /not known/],
    ['to a bot that goes elsewhere by now', () => goesBy({ url: `${tracker.url}2` }), /not known/],
  ])('is told so who comes back %s', async (_, meddles, says) => {
    const { location, cookie } = await begins()
    const back = auth.allows(location)
    meddles(back)
    const answer = await opens(back, { cookie })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(says)
    expect(await standing()).toBe('out')
    expect(auth.tokens.size).toBe(0)
  })

  it('may come by a machine, which opens what it is given', async () => {
    const headers = { ...BEARER, accept: 'application/json' }
    const answer = await opens(SIGN_IN, { method: 'PUT', headers })
    const { location } = (await answer.json()) as { location: string }
    expect((await opens(auth.allows(location))).status).toBe(200)
  })

  it('is let in nowhere who is no operator, and where there is no such server', async () => {
    expect((await opens(SIGN_IN, { method: 'PUT' })).status).toBe(401)
    const path = '/bots/assistant/servers/other/sign-in'
    expect((await opens(path, { method: 'PUT', headers: BEARER })).status).toBe(404)
  })

  it('begins nothing by a link, be it of ours or of another site', async () => {
    const cookie = await signedIn()
    for (const headers of [BEARER, {}, { origin: HOME }, { 'sec-fetch-site': 'cross-site' }])
      expect((await opens(SIGN_IN, { headers, cookie })).status).toBe(404)
    const page = await (await opens('/bots/assistant', { cookie })).text()
    expect(page).not.toContain(`href="${SIGN_IN}"`)
    expect(page).toContain(`<form method="post" action="${SIGN_IN}"`)
    expect({ asked: auth.paths, rows: (await storedIn()).rows }).toEqual({ asked: [], rows: 0 })
  })

  it('begins nothing by a form of another site', async () => {
    const cookie = await signedIn()
    const body = new URLSearchParams({ _method: 'PUT' })
    for (const origin of ['https://evil.example', 'null']) {
      const headers = { origin }
      const { status } = await opens(SIGN_IN, { method: 'POST', headers, cookie, body })
      expect([origin, status]).toEqual([origin, 403])
    }
    const headers = { origin: HOME }
    expect((await opens(SIGN_IN, { method: 'POST', headers, cookie, body })).status).toBe(200)
    expect((await storedIn()).rows).toBe(1)
  })
})

describe('a server that is not to be trusted with it', () => {
  it.each<[string, () => void, RegExp]>([
    [
      'says that it is another',
      () => {
        auth.told = { issuer: 'https://evil.example.com' }
      },
      /issuer/,
    ],
    [
      'has codes fetched unencrypted',
      () => {
        auth.told = { token_endpoint: 'http://auth.example.com/token' }
      },
      /https/,
    ],
    [
      'sends people to this machine',
      () => {
        auth.told = { authorization_endpoint: 'https://127.0.0.1/authorize' }
      },
      /numbers/,
    ],
    [
      'sends people into a script',
      () => {
        auth.told = { authorization_endpoint: 'javascript:alert(1)' }
      },
      /not as the standards/,
    ],
    [
      'registers within the network',
      () => {
        auth.told = { registration_endpoint: 'https://vault.internal/r' }
      },
      /inner/,
    ],
    [
      'knows no PKCE',
      () => {
        auth.told = { code_challenge_methods_supported: ['plain'] }
      },
      /PKCE/,
    ],
    [
      'registers nobody',
      () => {
        auth.told = { registration_endpoint: undefined }
      },
      /clientId/,
    ],
    [
      'has it for another',
      () => {
        auth.resource = { resource: 'https://bank.example.com/mcp' }
      },
      /bank/,
    ],
    [
      'has it within the network',
      () => {
        auth.resource = { authorization_servers: ['http://10.0.0.1'] }
      },
      /10\.0\.0\.1/,
    ],
    [
      'sends us elsewhere',
      () => {
        auth.instead = async ({ url }) =>
          url.includes('register') ? Response.redirect('https://evil.example.com/r', 307) : null
      },
      /elsewhere/,
    ],
    [
      'answers without end',
      () => {
        auth.instead = async () => new Response('x'.repeat(300_000))
      },
      /without end/,
    ],
    [
      'is not there',
      () => {
        auth.instead = async () => new Response(null, { status: 404 })
      },
      /does not say/,
    ],
  ])('is not gone to where it %s', async (_, meddles, says) => {
    meddles()
    const { answer, location } = await begins()
    expect({ status: answer.status, location }).toEqual({ status: 502, location: '' })
    expect(await answer.text()).toMatch(says)
    expect((await storedIn()).rows).toBe(0)
  })
})

describe('a sign-in', () => {
  beforeEach(async () => {
    await signsIn()
    await knowsTheTools()
  })

  it('is renewed before it runs out, once, however many rooms want it', async () => {
    await knowsTheTools(world.office)
    vi.setSystemTime(Date.now() + HOUR - 30_000)
    world.model.uses('tracker__find', {}).uses('tracker__find', {}).says('Done.').says('Done.')
    await Promise.all([
      world.asks(world.david, 'and now?'),
      world.asks(world.jason, 'and now?', world.office),
    ])
    expect(tracker.used).toHaveLength(2)
    expect(auth.refreshes).toBe(1)
    vi.setSystemTime(Date.now() + HOUR)
    await asks()
    expect({ used: tracker.used.length, refreshes: auth.refreshes }).toEqual({
      used: 3,
      refreshes: 2,
    })
  })

  it('is renewed where the server does not take it any more, and the tool runs once', async () => {
    const [[access, issued] = ['', null]] = [...auth.tokens]
    if (issued) auth.tokens.set('gone', issued)
    auth.tokens.delete(access)
    await asks()
    expect({ used: tracker.used.length, refreshes: auth.refreshes }).toEqual({
      used: 1,
      refreshes: 1,
    })
  })

  it('holds on while nobody can be reached who would renew it', async () => {
    vi.setSystemTime(Date.now() + HOUR - 30_000)
    auth.instead = async () => new Response('Bad gateway', { status: 502 })
    await asks()
    expect(tracker.used).toHaveLength(1)
    vi.setSystemTime(Date.now() + MINUTE)
    expect(await asks()).toContain('could not be renewed just now')
    auth.instead = null
    await asks()
    expect({ used: tracker.used.length, state: await standing() }).toEqual({ used: 2, state: 'in' })
  })

  it('that ended costs no turn: the model is told, and the operator, once', async () => {
    Object.assign(env, { OPERATOR_ROOM: String(world.office.id) })
    auth.endsAll()
    expect(await asks()).toContain('The sign-in to tracker has ended')
    expect(await asks()).toContain('The sign-in to tracker has ended')
    await world.rings(world.office)
    expect(world.answers(world.office)).toEqual([
      "I'm not signed in to tracker any more, so assistant can't use its tools. Please sign in again on the page of assistant.",
    ])
    expect({ state: await standing(), refreshes: auth.refreshes }).toEqual({
      state: 'ended',
      refreshes: 1,
    })
    vi.setSystemTime(Date.now() + HOUR)
    expect(await asks()).toContain('The sign-in to tracker has ended')
    await world.rings(world.office)
    expect({ told: world.answers(world.office).length, refreshes: auth.refreshes }).toEqual({
      told: 1,
      refreshes: 2,
    })
    await signsIn()
    await asks()
    expect(tracker.used).toHaveLength(1)
  })

  it('that was ended here is gone here and there', async () => {
    expect((await opens(SIGN_IN, { method: 'DELETE', headers: BEARER })).status).toBe(303)
    expect({ rows: (await storedIn()).rows, left: auth.tokens.size }).toEqual({ rows: 0, left: 0 })
    expect(await asks()).toContain('Nobody has signed in to tracker')
    expect((await opens(SIGN_IN, { method: 'DELETE', headers: BEARER })).status).toBe(404)
  })

  it.each([
    ['before its server has renewed it', false],
    ['after its server has renewed it', true],
  ])('stays ended where that was done %s, and the answer comes late', async (_, isRenewed) => {
    vi.setSystemTime(Date.now() + HOUR)
    auth.instead = async (request) => {
      if (!request.url.endsWith('/token')) return null
      auth.instead = null
      const renewed = isRenewed ? await world.fetch(request) : null
      await opens(SIGN_IN, { method: 'DELETE', headers: BEARER })
      return renewed
    }
    expect(await asks()).toContain('Nobody has signed in to tracker')
    expect({ rows: (await storedIn()).rows, left: auth.tokens.size }).toEqual({ rows: 0, left: 0 })
  })

  it('goes to no other address that the bot’s file names later', async () => {
    const other = new McpServer(world, 'https://other.example.com').offer('find')
    goesBy({ url: other.url })
    await knowsTheTools()
    expect({ asked: other.asked, state: await standing() }).toEqual({ asked: [], state: 'out' })
  })

  it('is worth nothing with another ADMIN_TOKEN', async () => {
    Object.assign(env, { ADMIN_TOKEN: 'another' })
    try {
      expect(await asks()).toContain('Nobody has signed in to tracker')
    } finally {
      Object.assign(env, { ADMIN_TOKEN: 'letmein' })
    }
  })
})

it('a client that was made by hand is known by its number and its secret', async () => {
  Object.assign(env, { MCP_CLIENT: 'otter-by-hand' })
  auth.told = { registration_endpoint: undefined }
  auth.clients.set('by-hand', { redirect_uris: [`${HOME}/mcp/callback`], secret: 'otter-by-hand' })
  goesBy({ auth: { clientId: 'by-hand', clientSecret: 'MCP_CLIENT' } })
  await signsIn()
  expect(await standing()).toBe('in')
})
