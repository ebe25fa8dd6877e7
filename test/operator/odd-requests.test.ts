import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { Room } from '../../src/room.ts'
import { OUT_OF_ORDER } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'
import { ask, HOME, page, sends, signedIn } from './visitor.ts'

const world = useWorld()

describe('an address that nobody has made', () => {
  it.each([
    '/rooms/%2e%2e/assistant',
    '/rooms/1%2Fassistant',
    '/rooms/1/assistant%00',
    '/rooms/01/assistant',
    '/rooms/1e3/assistant',
    '/rooms/-1/assistant',
    '/rooms/0x1/assistant',
    '/rooms/99999999999999999999/assistant',
    '/rooms/1/3',
    '/rooms/1/__proto__',
    '/rooms/1/assistant/turns/1;x',
    '/rooms/1/assistant/turns/%F0%28%8C%28',
    '/bots/constructor',
    '/bots/assistant/versions/0',
    '/kept/people/0x10',
    '/assets/..%2F..%2Fwrangler.toml',
    '//rooms/1/assistant',
    '/%00',
    '/webhook/..%2fdoctor',
    '/rooms/%EF%BC%91/assistant',
    '/rooms/%D9%A1/assistant',
    '/rooms/1%0d%0aset-cookie:%20x/assistant',
    '/rooms/1/assistant/turns/-1',
    '/rooms/1/assistant/turns/9007199254740993',
    '/rooms/1/assistant%2Fturns%2F1',
    '/rooms/1/assistant/%2e%2e%2f%2e%2e%2facts',
    '/kept/rooms/1/assistant/lists/-1',
    '/kept/rooms/-1/assistant',
    '/bots/assistant/versions/%EF%BC%92',
    '/bots/%E2%80%AEtnatsissa',
  ])('is nowhere, for the operator and for everybody: %s', async (path) => {
    expect((await ask(path)).status).toBe(404)
    const html = await ask(path, { headers: { accept: 'text/html' } })
    expect([html.status, await html.text()]).toEqual([404, expect.stringContaining('<h1>')])
    const { status } = await ask(path, { headers: { authorization: 'Bearer no' } })
    expect([401, 404]).toContain(status)
  })
})

describe('a request of another method', () => {
  it('is told with HEAD what GET would tell, and no more than GET lets it', async () => {
    const told = await ask('/acts', { method: 'HEAD' })
    expect([told.status, await told.text()]).toEqual([200, ''])
    const headers = { authorization: 'Bearer no' }
    expect((await ask('/acts', { method: 'HEAD', headers })).status).toBe(401)
  })

  it.each(['OPTIONS', 'PUT', 'POST', 'DELETE', 'PATCH', 'PROPFIND'])(
    'does nothing by %s where only GET does something, and no other site may ask',
    async (method) => {
      const answer = await ask('/acts', { method, headers: { origin: 'https://evil.example' } })
      expect([answer.status, await answer.text()]).toEqual([404, ''])
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([])
    },
  )

  it('does nothing by GET, whatever it says that it means', async () => {
    const cookie = await signedIn()
    const means = { 'x-http-method-override': 'DELETE', 'x-http-method': 'DELETE', origin: HOME }
    for (const path of ['/rooms/1/assistant/session', '/rooms/1/assistant/turn', '/kept/people/1'])
      await ask(`${path}?_method=DELETE`, { headers: { ...means, cookie } })
    expect(await (await ask('/acts')).json()).toEqual({ acts: [], next: null })
  })

  it('leads back to a page of ours, wherever it says to come from', async () => {
    for (const on of [
      '//evil.example/',
      '//a//evil.example/',
      '/.//evil.example/',
      '/\\evil.example',
    ]) {
      const answer = await sends('/rooms/1/assistant/session', { _method: 'DELETE' }, { on })
      const back = answer.headers.get('location') ?? ''
      expect([on, new URL(back, HOME).origin]).toEqual([on, HOME])
      const problem = await sends('/budgets', { _method: 'PATCH', budgets: 'x' }, { on })
      for (const [, to = ''] of (await problem.text()).matchAll(/<a [^>]*href="([^"]*)"/g))
        expect([on, new URL(to, HOME).origin]).toEqual([on, HOME])
    }
  })

  it('does nothing by GET that is to be done by a form', async () => {
    const cookie = await signedIn()
    for (const path of ['/rooms/1/assistant/turns/1/again', '/bots/assistant/version', '/sign-out'])
      expect((await ask(path, { headers: { cookie } })).status).toBe(404)
    const acts = await (await ask('/acts')).json()
    expect(acts).toEqual({ acts: [], next: null })
  })
})

describe('a question that nobody would ask', () => {
  it.each([
    '/rooms?page=99999999999999999999',
    '/rooms?page=-1',
    '/rooms?page=9007199254740991',
    '/rooms?page=1e9&page=2&page[]=3',
    '/rooms?q=%00%FF%E0%A4',
    "/rooms?q=%25_%27%22)%3B DROP TABLE rooms--&page='",
    `/rooms?q=${'x'.repeat(8_000)}`,
    '/rooms/1/assistant?before=-1',
    '/rooms/1/assistant?before=9007199254740991',
    '/rooms/9007199254740991/assistant',
    '/bots/assistant?before=9007199254740991',
    '/bots/assistant?before=1.5',
    '/bots/assistant/versions/file?with=file',
    '/kept?after=999999999999999-999999999999999',
    '/kept?after=-1--1',
    '/kept/people?after=9007199254740991',
    '/kept/people/9007199254740991',
    '/acts?before=9007199254740991',
    '/acts?before=NaN',
    '/costs?from=0000-01-01',
    '/costs?to=0000-01-01',
    '/costs?from=9999-12-31',
    '/costs?from=0000-01-01&to=9999-12-31',
    '/costs?by=day,bot,room,person,model',
    '/costs?by=day&done=__proto__',
    '/?done=constructor',
    '/status?page=2&__proto__=x',
  ])('is answered as if it were a sensible one: %s', async (path) => {
    for (const accept of ['text/html', 'application/json', 'text/csv']) {
      const answer = await ask(path, { headers: { accept } })
      expect([accept, answer.status]).toEqual([accept, 200])
      expect(await answer.text()).not.toMatch(/NaN|undefined|\[object|Invalid Date/)
    }
  })

  it.each([
    '/costs?by=colour',
    '/costs?from=2026-02-31',
    '/costs?from=2026-12-01&to=2026-01-01',
    '/costs?from=-000001-01-01',
    '/costs?from=%00',
    '/costs?colour=red',
    '/costs.csv?by=__proto__',
  ])('is told what is wrong with it: %s', async (path) => {
    const answer = await ask(path)
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.any(String) }])
    expect((await ask(path, { headers: { accept: 'text/html' } })).status).toBe(400)
  })

  it.each([
    ['', 'json'],
    ['*/*', 'json'],
    ['image/avif,*/*;q=0.1', 'json'],
    [',,;;q=,', 'json'],
    ['text/html;q=0', 'json'],
    ['text/html;q=abc', 'html'],
    ['TEXT/HTML', 'html'],
    ['text/*', 'html'],
    ['application/json;q=0.5, text/html', 'html'],
    ['text/html;q="', 'html'],
    [`${'a/b,'.repeat(4_000)}text/html`, 'html'],
    ['"text/html"', 'json'],
    ['../../text/html', 'json'],
  ])('gets a page or JSON, whatever it says that it accepts: %j', async (accept, kind) => {
    const { status, headers } = await ask('/bots', { headers: { accept } })
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining(kind)])
  })

  it.each(['/rooms/', '/bots/assistant/', '/rooms/1/assistant/', '/costs/', '/kept/people/'])(
    'is at the same place with a slash behind it, and closed there too: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(200)
      const headers = { authorization: 'Bearer no', cookie: 'firekeeper=x' }
      for (const method of ['GET', 'HEAD'])
        expect((await ask(path, { method, headers })).status).toBe(401)
    },
  )
})

describe('what an operator was shown', () => {
  it.each([
    '/',
    '/rooms',
    '/rooms/1/assistant',
    '/bots',
    '/costs',
    '/costs.csv',
    '/kept',
    '/doctor',
  ])('is kept by no browser and no cache on the way: %s', async (path) => {
    for (const accept of ['text/html', 'application/json']) {
      const { status, headers } = await ask(path, { headers: { accept } })
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(headers.get('etag')).toBe(null)
    }
  })
})

describe('a room that breaks', () => {
  it('keeps no page from showing the others', async () => {
    await twoRooms()
    breaks('view', 'tellNow', 'queueNow', 'condition', 'countKept', 'kept')

    for (const path of ['/', '/status', '/costs?by=room', '/bots', '/doctor']) await page(path)
    expect(await page('/rooms')).toMatch(/Watercooler[\s\S]*Office|Office[\s\S]*Watercooler/)
    expect(await page('/kept')).toContain('does not answer right now')
    for (const path of ['/', '/rooms', '/status', '/costs?by=room', '/bots', '/kept', '/doctor'])
      expect((await ask(path, { headers: { accept: 'text/html' } })).status).toBe(200)
  })

  it('says on its own page that it does, to people and to programs, and nothing of why', async () => {
    await twoRooms()
    breaks('view', 'kept')
    for (const path of ['/rooms/1/assistant', '/kept/rooms/1/assistant']) {
      const html = await ask(path, { headers: { accept: 'text/html' } })
      expect([html.status, await html.text()]).toEqual([
        500,
        expect.stringContaining('That could not be answered just now.'),
      ])
      const json = await ask(path)
      expect([json.status, await json.json()]).toEqual([
        500,
        { error: expect.not.stringContaining('canceled') },
      ])
    }
  })

  it('says so also to whoever has sent a form', async () => {
    await twoRooms()
    breaks('resetSession')
    const answer = await sends('/rooms/1/assistant/session', { _method: 'DELETE' })

    expect([answer.status, await answer.text()]).toEqual([
      500,
      expect.stringContaining('That could not be answered just now.'),
    ])
  })

  it('gives Campfire nothing that it would post', async () => {
    breaks('receive')
    const answer = await exports.default.fetch(`${HOME}/sign-in`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })
})

async function twoRooms() {
  const { model, david, office } = world
  model.says('Hello.').says('Hello.')
  await world.asks(david, 'hello')
  await world.asks(david, 'hello', office)
}

function breaks(
  ...methods: (
    | 'view'
    | 'tellNow'
    | 'queueNow'
    | 'condition'
    | 'countKept'
    | 'kept'
    | 'resetSession'
    | 'receive'
  )[]
) {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  for (const method of methods)
    vi.spyOn(Room.prototype, method).mockImplementation(async () => {
      throw new Error(OUT_OF_ORDER)
    })
}
