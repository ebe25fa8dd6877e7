import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { MINUTE } from '../../src/clock.ts'
import { signedIn } from '../operator/visitor.ts'
import { BEARER, HOME, SIGN_IN, useSignIns } from '../support/sign-ins.ts'

const { world, there, goesBy, opens, begins, signsIn, asks, knowsTheTools, standing, storedIn } =
  useSignIns()

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
    expect(there.tracker.used).toEqual([['find', {}]])

    const { rows, text } = await storedIn()
    expect(rows).toBe(1)
    const told = [text, JSON.stringify(said), ...world.model.bodies]
    told.push(JSON.stringify(await world.rows('SELECT * FROM servers')))
    for (const secret of there.auth.secrets)
      expect(told.filter((one) => one.includes(secret))).toEqual([])
  })

  it('is sent with all that OAuth 2.1 wants, and is taken back once, in the same browser', async () => {
    const { location, cookie, answer } = await begins()
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
    expect(await answer.text()).toContain(`href="${location.replaceAll('&', '&amp;')}"`)
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
      resource: there.tracker.url,
      redirect_uri: `${HOME}/mcp/callback`,
      scope: 'tools',
    })
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-.*HttpOnly; Secure; SameSite=Lax$/)
    const back = there.auth.allows(location)
    expect((await opens(back)).status).toBe(400)
    expect((await opens(back, { cookie })).status).toBe(400)
    const again = await begins()
    const known = there.auth.allows(again.location)
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
    [
      'to a bot that goes elsewhere by now',
      () => goesBy({ url: `${there.tracker.url}2` }),
      /not known/,
    ],
  ])('is told so who comes back %s', async (_, meddles, says) => {
    const { location, cookie } = await begins()
    const back = there.auth.allows(location)
    meddles(back)
    const answer = await opens(back, { cookie })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(says)
    expect(await standing()).toBe('out')
    expect(there.auth.tokens.size).toBe(0)
  })

  it('may come by a machine, which opens what it is given', async () => {
    const headers = { ...BEARER, accept: 'application/json' }
    const answer = await opens(SIGN_IN, { method: 'PUT', headers })
    const { location } = (await answer.json()) as { location: string }
    expect((await opens(there.auth.allows(location))).status).toBe(200)
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
    expect({ asked: there.auth.paths, rows: (await storedIn()).rows }).toEqual({
      asked: [],
      rows: 0,
    })
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
        there.auth.told = { issuer: 'https://evil.example.com' }
      },
      /issuer/,
    ],
    [
      'has codes fetched unencrypted',
      () => {
        there.auth.told = { token_endpoint: 'http://auth.example.com/token' }
      },
      /https/,
    ],
    [
      'sends people to this machine',
      () => {
        there.auth.told = { authorization_endpoint: 'https://127.0.0.1/authorize' }
      },
      /numbers/,
    ],
    [
      'sends people into a script',
      () => {
        there.auth.told = { authorization_endpoint: 'javascript:alert(1)' }
      },
      /not as the standards/,
    ],
    [
      'registers within the network',
      () => {
        there.auth.told = { registration_endpoint: 'https://vault.internal/r' }
      },
      /inner/,
    ],
    [
      'knows no PKCE',
      () => {
        there.auth.told = { code_challenge_methods_supported: ['plain'] }
      },
      /PKCE/,
    ],
    [
      'registers nobody',
      () => {
        there.auth.told = { registration_endpoint: undefined }
      },
      /clientId/,
    ],
    [
      'has it for another',
      () => {
        there.auth.resource = { resource: 'https://bank.example.com/mcp' }
      },
      /bank/,
    ],
    [
      'has it within the network',
      () => {
        there.auth.resource = { authorization_servers: ['http://10.0.0.1'] }
      },
      /10\.0\.0\.1/,
    ],
    [
      'sends us elsewhere',
      () => {
        there.auth.instead = async ({ url }) =>
          url.includes('register') ? Response.redirect('https://evil.example.com/r', 307) : null
      },
      /elsewhere/,
    ],
    [
      'answers without end',
      () => {
        there.auth.instead = async () => new Response('x'.repeat(300_000))
      },
      /without end/,
    ],
    [
      'is not there',
      () => {
        there.auth.instead = async () => new Response(null, { status: 404 })
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

it('a client that was made by hand is known by its number and its secret', async () => {
  Object.assign(env, { MCP_CLIENT: 'otter-by-hand' })
  there.auth.told = { registration_endpoint: undefined }
  there.auth.clients.set('by-hand', {
    redirect_uris: [`${HOME}/mcp/callback`],
    secret: 'otter-by-hand',
  })
  goesBy({ auth: { clientId: 'by-hand', clientSecret: 'MCP_CLIENT' } })
  await signsIn()
  expect(await standing()).toBe('in')
})
