import { env, exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import app from '../../src/index.ts'
import { useWorld } from '../support/world.ts'

const HOME = 'https://firekeeper.example.com'

useWorld()

describe('an operator with a browser', () => {
  it('is led to the sign-in, and back to where they were going', async () => {
    const closed = await browse('/rooms/1/assistant?before=3')
    expect(closed.status).toBe(303)
    expect(closed.headers.get('location')).toBe('/sign-in?to=%2Frooms%2F1%2Fassistant%3Fbefore%3D3')

    const { status, headers } = await signIn('letmein', { to: '/costs' })
    expect([status, headers.get('location')]).toEqual([303, '/costs'])
  })

  it('sees the page that machines get as JSON', async () => {
    const cookie = await signedIn()
    const page = await browse('/', { cookie })
    const json = await exports.default.fetch(`${HOME}/`, {
      headers: { authorization: 'Bearer letmein' },
    })

    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('<h1>All is quiet</h1>')
    expect(await json.json()).toMatchObject({ queue: { running: 0, waiting: 0, rooms: [] } })
  })

  it('is not read to the end by whoever sends more than a form holds', async () => {
    const { status } = await signIn('x'.repeat(600_000))
    expect(status).toBe(413)
  })

  it('keeps the cookie to themselves: no script, no other site, no other host, twelve hours', async () => {
    const { headers } = await signIn('letmein')

    const [name, ...attributes] = (headers.get('set-cookie') ?? '').split('; ')
    expect(name).toMatch(/^__Host-firekeeper=/)
    expect(attributes.sort()).toEqual(
      ['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict', 'Secure'].sort(),
    )
    expect(name).not.toContain('letmein')
  })

  it('needs no https on their own machine', async () => {
    const { headers } = await signIn('letmein', { home: 'http://127.0.0.1:8787' })

    expect(headers.get('set-cookie')).toMatch(/^firekeeper=(?!.*Secure)/)
  })

  it('sends no token where somebody on the way could read it', async () => {
    const home = 'http://office-pc:8787'
    const form = await (await exports.default.fetch(`${home}/sign-in`)).text()
    const answer = await signIn('letmein', { home })

    expect(form).toContain('Please sign in by https')
    expect(form).not.toContain('<form')
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
  })

  it('is out after twelve hours', async () => {
    const cookie = await signedIn()
    vi.useFakeTimers({ now: Date.now() + 12 * 3_600_000 + 1, toFake: ['Date'] })

    expect((await browse('/', { cookie })).status).toBe(303)
    vi.useRealTimers()
  })

  it('takes every copy of the cookie along when signing out', async () => {
    const cookie = await signedIn()
    await post('/sign-out', {}, { cookie, origin: HOME })

    expect((await browse('/', { cookie })).status).toBe(303)
    expect((await browse('/', { cookie: await signedIn() })).status).toBe(200)
  })

  it('is out, with everybody else, once there is a new token', async () => {
    const cookie = await signedIn()
    const request = new Request(`${HOME}/costs`, { headers: { cookie, accept: 'text/html' } })

    for (const ADMIN_TOKEN of ['another', ''])
      expect((await app.fetch(request, { ...env, ADMIN_TOKEN })).status).toBe(303)
  })
})

describe('whoever is not the operator', () => {
  it.each(['', 'letmei', 'letmein2', 'undefined', 'LETMEIN'])(
    'is told that %j is wrong',
    async (token) => {
      const answer = await signIn(token)

      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
      expect(await answer.text()).toContain('That is not the ADMIN_TOKEN of this Worker.')
    },
  )

  it('is not listened to after ten wrong tokens, and the operator elsewhere is', async () => {
    const from = { 'cf-connecting-ip': '203.0.113.9' }
    for (let miss = 0; miss < 10; miss++) await signIn(`wrong${miss}`, { headers: from })

    expect((await signIn('letmein', { headers: from })).status).toBe(429)
    expect(
      (await signIn('letmein', { headers: { 'cf-connecting-ip': '203.0.113.8' } })).status,
    ).toBe(303)

    vi.useFakeTimers({ now: Date.now() + 15 * 60_000 + 1, toFake: ['Date'] })
    expect((await signIn('letmein', { headers: from })).status).toBe(303)
    vi.useRealTimers()
  })

  it('has one chance for a whole network of IPv6', async () => {
    for (let miss = 0; miss < 10; miss++)
      await signIn(`wrong${miss}`, { headers: { 'cf-connecting-ip': `2001:db8::${miss}:0:0:1` } })

    const next = { 'cf-connecting-ip': '2001:db8::ffff:0:0:1' }
    expect((await signIn('letmein', { headers: next })).status).toBe(429)
  })

  it('cannot say themselves where they come from', async () => {
    const statuses: number[] = []
    for (let miss = 0; miss < 12; miss++) {
      const other = `198.51.100.${miss}`
      const headers = {
        'cf-connecting-ip': '203.0.113.9',
        'x-forwarded-for': other,
        'x-real-ip': other,
        'true-client-ip': other,
        forwarded: `for=${other}`,
        'cf-connecting-ipv6': `2001:db8:${miss}::1`,
        'cf-pseudo-ipv4': other,
      }
      statuses.push((await signIn(`wrong${miss}`, { headers })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429])
  })

  it('may guess no more often with Authorization than at the page', async () => {
    const from = { 'cf-connecting-ip': '203.0.113.9' }
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async (_, guess) => await bears(`wrong${guess}`, from)),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    expect([
      await bears('letmein', from),
      (await signIn('letmein', { headers: from })).status,
    ]).toEqual([429, 429])
    expect(await bears('letmein', { 'cf-connecting-ip': '203.0.113.8' })).toBe(200)
  })

  it('does not keep out the people beside it with an old token that a script still sends', async () => {
    const from = { 'cf-connecting-ip': '203.0.113.9' }
    for (let minute = 0; minute < 30; minute++) expect(await bears('last-year', from)).toBe(401)

    expect((await signIn('letmein', { headers: from })).status).toBe(303)
  })

  it.each([
    'x',
    'firekeeper=1',
    '__Host-firekeeper=9999999999999.00000000-0000-4000-8000-000000000000.AAAA',
    `__Host-firekeeper=${encodeURIComponent('9999999999999.00000000-0000-4000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')}`,
  ])('gets nowhere with a cookie of their own: %s', async (cookie) => {
    expect((await browse('/', { cookie })).status).toBe(303)
    expect((await remove('/rooms/1/assistant/session', { cookie, origin: HOME })).status).toBe(401)
  })

  it('cannot bring a cookie over from where nobody is on the way', async () => {
    const { headers } = await signIn('letmein', { home: 'http://127.0.0.1:8787' })
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''

    expect((await browse('/', { cookie })).status).toBe(303)
  })

  it('cannot bring a cookie over from another Worker, be its token the same', async () => {
    for (const home of ['https://staging.example.com', `${HOME}:8443`]) {
      const { headers } = await signIn('letmein', { home })
      const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''

      expect([home, (await browse('/', { cookie })).status]).toEqual([home, 303])
      expect((await remove('/rooms/1/assistant/session', { cookie, origin: HOME })).status).toBe(
        401,
      )
    }
  })

  it('cannot make a cookie last longer', async () => {
    const cookie = await signedIn()
    const longer = cookie.replace(/=(\d+)/, '=9$1')

    expect((await browse('/', { cookie: longer })).status).toBe(303)
  })

  it('cannot use the browser of the operator from another site', async () => {
    const cookie = await signedIn()
    const elsewhere = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://firekeeper.example.com.evil.example' },
      { origin: 'http://firekeeper.example.com' },
      { origin: 'https://firekeeper.example.com:8443' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { origin: '' },
      { 'sec-fetch-site': 'none' },
      { referer: `${HOME}/rooms/1/assistant` },
      {},
    ]
    for (const headers of elsewhere) {
      const answer = await remove('/rooms/1/assistant/session', { cookie, ...headers })
      expect(answer.status).toBe(403)
    }
    expect((await remove('/rooms/1/assistant/session', { cookie, origin: HOME })).status).toBe(303)
  })

  it('cannot lead a signed-in operator away', async () => {
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:x',
      '/\t/evil.example',
      '/\r\nset-cookie: x=1',
      '/\u0000',
      '/\u007f',
      '/ü',
      ' //evil.example',
      '',
    ]) {
      const { status, headers } = await signIn('letmein', { to })
      expect([to, status, headers.get('location')]).toEqual([to, 303, '/'])
    }
  })

  it('gets nothing that Campfire would post, whatever address of ours it is pointed at', async () => {
    for (const path of ['/', '/sign-in', '/sign-out', '/rooms/1/assistant/session', '/budgets']) {
      const answer = await exports.default.fetch(`${HOME}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      expect([answer.status, await answer.text()]).toEqual([404, ''])
    }
  })
})

describe('an operator behind Cloudflare Access', () => {
  const identity = { email: 'ada@example.com' }
  const context = {
    waitUntil() {},
    passThroughOnException() {},
    props: {},
    access: { aud: 'x', getIdentity: async () => identity },
  }

  it('is in without a token, and goes by their name in the log of acts', async () => {
    const page = await app.fetch(new Request(`${HOME}/costs`), env, context)
    expect(page.status).toBe(200)

    const init = { method: 'DELETE', headers: { origin: HOME } }
    const act = await app.fetch(
      new Request(`${HOME}/rooms/1/assistant/session`, init),
      env,
      context,
    )
    expect(act.status).toBe(204)
    const [newest] = await env.ACCOUNTS.getByName('https://chat.example.com').acts(10)
    expect(newest).toMatchObject({
      who: 'ada@example.com',
      what: 'reset',
      about: 'room 1, assistant',
    })
  })

  it('is nobody by a header, which everybody can write', async () => {
    const headers = {
      'cf-access-jwt-assertion': 'x.y.z',
      'cf-access-authenticated-user-email': 'ada@example.com',
      'cf-access-client-id': 'x.access',
      'cf-access-client-secret': 'x',
      cookie: 'CF_Authorization=x.y.z; CF_AppSession=x',
    }
    for (const path of ['/costs', '/acts', '/rooms/1/assistant', '/rooms/1/assistant/live'])
      expect((await app.fetch(new Request(HOME + path, { headers }), env)).status).toBe(401)
    const origin = HOME
    const init = { method: 'DELETE', headers: { ...headers, origin } }
    const act = await app.fetch(new Request(`${HOME}/rooms/1/assistant/session`, init), env)
    expect(act.status).toBe(401)
  })

  it('cannot be used from another site either', async () => {
    const init = { method: 'DELETE', headers: { origin: 'https://evil.example' } }
    const act = await app.fetch(
      new Request(`${HOME}/rooms/1/assistant/session`, init),
      env,
      context,
    )
    expect(act.status).toBe(403)
  })
})

describe('a page', () => {
  it('takes nothing from elsewhere and is shown in no frame', async () => {
    const { headers } = await browse('/sign-in')
    const policy = headers.get('content-security-policy') ?? ''

    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('brings its own style and script', async () => {
    const html = await (await browse('/sign-in')).text()
    const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, to]) => to)

    expect(addresses).toHaveLength(2)
    for (const to of addresses) expect((await browse(String(to))).status).toBe(200)
    expect((await browse('/assets/nothing.js')).status).toBe(404)
  })
})

/** As a form of the page sends it. */
async function post(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string>,
  home = HOME,
) {
  return await exports.default.fetch(`${home}${path}`, {
    method: 'POST',
    headers: { accept: 'text/html', ...headers },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
}

async function signIn(
  token: string,
  {
    to = '/',
    home = HOME,
    headers = {},
  }: { to?: string; home?: string; headers?: Record<string, string> } = {},
) {
  return await post('/sign-in', { token, to }, { origin: home, ...headers }, home)
}

async function signedIn() {
  const { headers } = await signIn('letmein')
  return headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function bears(token: string, headers: Record<string, string>) {
  const authorization = `Bearer ${token}`
  const answer = await exports.default.fetch(`${HOME}/acts`, {
    headers: { authorization, ...headers },
  })
  return answer.status
}

async function remove(path: string, headers: Record<string, string>) {
  return await post(path, { _method: 'DELETE' }, headers)
}

async function browse(path: string, headers: Record<string, string> = {}) {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  return await exports.default.fetch(`${HOME}${path}`, {
    headers: { accept, ...headers },
    redirect: 'manual',
  })
}
