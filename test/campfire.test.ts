import { describe, expect, it } from 'vitest'
import { toHtml } from '../src/campfire/html.ts'
import { fileNameOf } from '../src/campfire/request.ts'
import {
  type Abilities,
  Campfire,
  CampfireError,
  isFinal,
  isPassing,
  type Kind,
} from '../src/campfire.ts'

const KEY = '3-7876b7cdc3d5'
const ROOM = 'https://chat.example.com/rooms/1/3-7876b7cdc3d5/messages'

type Reply = () => Response | Promise<Response>

/** A network with one answer to everything, that remembers what it was asked. */
function network(reply: Reply) {
  const asked: Request[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(new Request(input, init))
    return await reply()
  }
  const abilities: Abilities = {}
  // Whether one page is believed is not for it to say.
  const learn = (ability: keyof Abilities, can: boolean) => {
    abilities[ability] = can
  }
  const place = { url: 'https://chat.example.com', room: 1, key: KEY, fetch, abilities, learn }
  return { campfire: new Campfire(place), asked, place }
}

function answer(status: number, body: unknown = null, headers: Record<string, string> = {}): Reply {
  const text = body === null || typeof body === 'string' ? body : JSON.stringify(body)
  return () => new Response(text, { status, headers })
}

/** A message as the Express port lists it; changed where a test says so. */
function listed(id: number, changes: object = {}) {
  return {
    id,
    created_at: '2026-11-20T21:36:02.047Z',
    body: { plain_text: 'hi', html: '<div class="lexxy-content"><div>hi</div></div>' },
    creator: { id: 1, name: 'Ada Admin', role: 'administrator', avatar_url: 'https://x/y' },
    room: { id: 1 },
    ...changes,
  }
}

const BOOST = { id: 9, content: '👀', booster: { id: 3 }, message: { id: 7 } }

const CALLS = {
  post: (campfire: Campfire) => campfire.post('a secret plan'),
  attach: (campfire: Campfire) => campfire.attach({ name: 'a.csv', type: 'text/csv', body: '1' }),
  list: (campfire: Campfire) => campfire.list(),
  before: (campfire: Campfire) => campfire.list({ before: 7 }),
  edit: (campfire: Campfire) => campfire.edit(7, 'a secret plan'),
  boost: (campfire: Campfire) => campfire.boost(7, '👀'),
  delete: (campfire: Campfire) => campfire.delete(7),
  unboost: (campfire: Campfire) => campfire.unboost(7, 9),
}
type Call = keyof typeof CALLS

async function failure(call: Call, reply: Reply) {
  const error = await CALLS[call](network(reply).campfire).then(
    () => null,
    (error: unknown) => error,
  )
  if (error !== null && !(error instanceof CampfireError)) throw error
  return error
}

async function kindsOf(reply: Reply) {
  const calls = Object.keys(CALLS) as Call[]
  const kinds = calls.map(async (call) => [call, (await failure(call, reply))?.kind ?? 'done'])
  return Object.fromEntries(await Promise.all(kinds))
}

function everywhere(kind: Kind) {
  return Object.fromEntries(Object.keys(CALLS).map((call) => [call, kind]))
}

describe('what is sent', () => {
  it.each<[Call, string, string, string | null, Reply]>([
    ['post', 'POST', ROOM, toHtml('a secret plan'), answer(201)],
    ['edit', 'PATCH', `${ROOM}/7`, toHtml('a secret plan'), answer(200, listed(7))],
    ['boost', 'POST', `${ROOM}/7/boosts`, '👀', answer(201, BOOST)],
    ['delete', 'DELETE', `${ROOM}/7`, null, answer(204)],
    ['unboost', 'DELETE', `${ROOM}/7/boosts/9`, null, answer(204)],
    ['list', 'GET', ROOM, null, answer(200, [])],
    ['before', 'GET', `${ROOM}?before=7`, null, answer(204)],
  ])('to %s is exact', async (call, method, url, body, reply) => {
    const { campfire, asked } = network(reply)
    await CALLS[call](campfire)

    const [request] = asked
    expect(asked).toHaveLength(1)
    expect(request).toMatchObject({ method, url, redirect: 'manual' })
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      'user-agent': 'Firekeeper',
      ...(body !== null && { 'content-type': 'text/plain; charset=utf-8' }),
    })
    expect(await request?.text()).toBe(body ?? '')
  })

  it('can ask for what came after a message', async () => {
    const { campfire, asked } = network(answer(200, []))
    await campfire.list({ after: 7 })
    expect(asked[0]?.url).toBe(`${ROOM}?after=7`)
  })

  it('carries a file as the one part that Campfire looks for', async () => {
    const { campfire, asked } = network(answer(201))
    await campfire.attach({
      name: 'q"3\r\n.csv',
      type: 'text/csv',
      body: new Uint8Array([104, 105]),
    })

    const form = await asked[0]?.formData()
    const file = form?.get('attachment') as unknown as File
    expect([...(form?.keys() ?? [])]).toEqual(['attachment'])
    expect(file).toMatchObject({ name: 'q-3--.csv', type: 'text/csv' })
    expect(await file.text()).toBe('hi')
  })

  it.each([
    ['report.pdf', 'report.pdf'],
    [' größe 🙂.txt ', 'größe 🙂.txt'],
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['50%: a|b\\c\u202etxt', '50-- a-b-c-txt'],
    ['  ', 'file'],
  ])('calls the file %j what Campfire will call it', (name, expected) => {
    expect(fileNameOf(name)).toBe(expected)
  })

  it('is well-formed whatever the model wrote', async () => {
    const { campfire, asked } = network(answer(201))
    await campfire.post('half \ud83d and\0 none')
    expect(await asked[0]?.text()).not.toMatch(/\p{Surrogate}|\0/u)
  })

  it.each([
    'https://chat.example.com/',
    'https://chat.example.com/?x=1#y',
    'https://ada:pw@chat.example.com',
  ])('goes to the origin of %s', async (url) => {
    const { place, asked } = network(answer(201))
    await new Campfire({ ...place, url }).post('hi')
    expect(asked[0]?.url).toBe(ROOM)
  })

  it('keeps the path that Campfire lives under', async () => {
    const { place, asked } = network(answer(201))
    await new Campfire({ ...place, url: 'http://10.0.0.2:3000/chat/' }).post('hi')
    expect(asked[0]?.url).toBe(`http://10.0.0.2:3000/chat/rooms/1/${KEY}/messages`)
  })

  it.each([
    { url: 'chat.example.com' },
    { url: 'file:///etc' },
    { room: 1.5 },
    { room: -1 },
    { key: '' },
    { key: '3-abc/../4' },
    { key: '../4-abc' },
  ])('is nothing with %j', (wrong) => {
    const { place } = network(answer(201))
    expect(() => new Campfire({ ...place, ...wrong })).toThrow(TypeError)
  })

  it.each<[string, (campfire: Campfire) => Promise<unknown>]>([
    ['an empty message', (campfire) => campfire.post('')],
    ['a blank message', (campfire) => campfire.post(' \n\u00a0\u200b')],
    ['an edit that would blank', (campfire) => campfire.edit(7, '\n')],
    ['a blank boost', (campfire) => campfire.boost(7, ' ')],
    ['a message of no id', (campfire) => campfire.delete(0)],
    ['a cursor of no id', (campfire) => campfire.list({ before: 0 })],
    ['a boost of no id', (campfire) => campfire.unboost(7, Number.NaN)],
  ])('is nothing for %s', async (_, call) => {
    const { campfire, asked } = network(answer(201))
    await expect(call(campfire)).rejects.toMatchObject({ kind: 'refused', status: null })
    expect(asked).toEqual([])
  })
})

describe('what is answered', () => {
  it.each([
    ['https://chat.example.com/messages/5', 5],
    ['https://chat.example.com/rooms/1/messages/2', 2],
    ['https://chat.example.com/rooms/1', 1],
    ['https://chat.example.com/messages/x2', null],
    ['https://chat.example.com/messages/', null],
    ['/messages/99999999999999999999', null],
  ])('places a post by %s', async (location, id) => {
    const { campfire } = network(answer(201, null, { location }))
    expect(await campfire.post('hi')).toEqual({ id })
  })

  it('places no post without a Location', async () => {
    expect(await network(answer(201)).campfire.post('hi')).toEqual({ id: null })
  })

  it('is the id of a boost', async () => {
    expect(await network(answer(201, BOOST)).campfire.boost(7, '👀')).toEqual({ id: 9 })
  })

  it('is a page of messages, with no trace of the key', async () => {
    const page = answer(200, [listed(1), listed(2)], {
      'x-total-count': '90',
      link: `<${ROOM}?before=1>; rel="next"`,
    })
    const { messages, ...rest } = await network(page).campfire.list()

    expect(rest).toEqual({ more: true, total: 90, unreadable: 0 })
    expect(messages.map(({ id }) => id)).toEqual([1, 2])
    expect(messages[0]).toEqual({
      id: 1,
      at: Date.parse('2026-11-20T21:36:02.047Z'),
      html: '<div class="lexxy-content"><div>hi</div></div>',
      plain: 'hi',
      author: { id: 1, name: 'Ada Admin', role: 'administrator' },
      file: null,
    })
    expect(JSON.stringify([messages, rest])).not.toContain(KEY)
  })

  it.each([
    ['Rails', answer(200, [], { 'x-total-count': '0' }), 0],
    ['the Express port', answer(204), null],
  ])('is an empty page from %s', async (_, reply, total) => {
    const empty = { messages: [], more: false, total, unreadable: 0 }
    expect(await network(reply).campfire.list()).toEqual(empty)
  })

  it.each([
    ['a file of Rails', { plain_text: 'a.pdf', html: '' }, 'a.pdf'],
    ['a file of Rails, as null', { plain_text: 'a.pdf', html: null }, 'a.pdf'],
    ['a file in a bare wrapper', { plain_text: 'a.pdf', html: wrapped('lexxy', '') }, 'a.pdf'],
    ['a file in a spaced wrapper', { plain_text: 'a.pdf', html: wrapped('trix', '\n ') }, 'a.pdf'],
    ['a text', { plain_text: 'a.pdf', html: wrapped('trix', '<div>a.pdf</div>') }, null],
    ['an empty text', { plain_text: '', html: wrapped('lexxy', '   ') }, null],
  ])('tells %s', async (_, body, file) => {
    const { messages } = await network(answer(200, [listed(1, { body })])).campfire.list()
    expect(messages[0]).toMatchObject({ file, plain: body.plain_text })
  })

  it('loses no page over one message that cannot be read', async () => {
    const strange = [
      { id: 'x' },
      listed(2, { created_at: 'once' }),
      listed(3, { creator: null }),
      4,
    ]
    const page = answer(200, [listed(1), ...strange, listed(5)])
    const { messages, unreadable } = await network(page).campfire.list()

    expect(messages.map(({ id }) => id)).toEqual([1, 5])
    expect(unreadable).toBe(4)
  })

  it('may lack a name and a role', async () => {
    const page = answer(200, [listed(1, { creator: { id: 3 } })])
    const { messages } = await network(page).campfire.list()
    expect(messages[0]?.author).toEqual({ id: 3, name: null, role: 'unknown' })
  })

  function wrapped(by: string, content: string) {
    return `<div class="${by}-content">${content}</div>\n`
  }
})

describe('what goes wrong', () => {
  const rails = { 'x-version': '7ab769a' }
  const signIn = { location: 'https://chat.example.com/session/new' }
  const NO_ROUTE = '<!DOCTYPE html><title>The page you were looking for does not exist</title>'

  it.each<[string, Reply, Kind]>([
    ['Rails, wrong key', answer(302, null, signIn), 'rejected_key'],
    [
      'sign-in behind a proxy',
      answer(302, null, { location: 'http://web/session/new' }),
      'rejected_key',
    ],
    ['another sign-in here', answer(302, null, { location: '/login?to=/' }), 'rejected_key'],
    ['the port, wrong key', answer(401, 'Unauthorized'), 'rejected_key'],
    ['http to https', answer(301, null, { location: `${ROOM}` }), 'moved'],
    ['another host', answer(308, null, { location: 'https://fire.example.com/' }), 'moved'],
    [
      'a guard elsewhere',
      answer(302, null, { location: 'https://sso.example.com/login' }),
      'moved',
    ],
    ['nowhere', answer(302), 'unreadable'],
    ['a 404 of nobody', answer(404), 'unreadable'],
    ['Traefik without Campfire', answer(404, '404 page not found\n'), 'unreadable'],
    ['a gateway without Campfire', answer(404, { message: 'no Route matched' }), 'unreadable'],
    ['not ours', answer(403, 'Forbidden'), 'forbidden'],
    ['not ours, Rails', answer(403, null, rails), 'forbidden'],
    ['a body that Rails cannot parse', answer(400), 'refused'],
    ['too large', answer(413), 'refused'],
    ['the port, blank', answer(422, 'Unprocessable Entity'), 'refused'],
    ['our address banned', answer(429), 'banned'],
    ['too slow for a proxy', answer(408), 'unreachable'],
    ['a proxy alone', answer(502, '<h1>Bad Gateway</h1>'), 'unreachable'],
    ['a restart', answer(503), 'unreachable'],
    ['a proxy that gave up', answer(504), 'unreachable'],
    ['Cloudflare without origin', answer(522), 'unreachable'],
    ['Campfire itself', answer(500, '<h1>500</h1>'), 'broken'],
    ['Campfire oddly', answer(507), 'broken'],
    ['a page for old browsers', answer(200, '<html>Please upgrade</html>'), 'unreadable'],
    ['JSON of another shape', answer(200, { ok: true }), 'unreadable'],
    ['JSON cut off', answer(200, '[{"id":1'), 'unreadable'],
    ['no connection', () => Promise.reject(new TypeError(`no route to ${ROOM}`)), 'unreachable'],
  ])('%s', async (_, reply, kind) => {
    expect(await kindsOf(reply)).toEqual(everywhere(kind))
  })

  it.each<[string, Reply, Partial<Record<Call, Kind | 'done'>>]>([
    [
      'Rails, no such room, or nothing that a boost could be on',
      answer(404, null, rails),
      { ...everywhere('gone_room'), boost: 'gone', unboost: 'done' },
    ],
    [
      'no such message, with a version that Rails does not give here',
      answer(404, { status: 404, error: 'Not Found' }, rails),
      { ...everywhere('gone'), post: 'gone_room', attach: 'gone_room', list: 'gone_room' },
    ],
    [
      'Rails, no such message',
      answer(404, { status: 404, error: 'Not Found' }),
      { ...everywhere('gone'), post: 'gone_room', attach: 'gone_room', list: 'gone_room' },
    ],
    [
      'the port, whatever is not there',
      answer(404, 'Not Found'),
      { ...everywhere('gone'), post: 'gone_room', attach: 'gone_room', list: 'gone_room' },
    ],
    [
      'v1.4.9, which can only create',
      answer(404, NO_ROUTE),
      { ...everywhere('unsupported'), post: 'unreadable', attach: 'unreadable' },
    ],
    [
      'a method that is not taken',
      answer(405),
      { ...everywhere('unsupported'), post: 'unreadable', attach: 'unreadable' },
    ],
  ])('%s', async (_, reply, kinds) => {
    const gone = Object.entries(kinds).map(([call, kind]) => {
      const isDone = kind === 'gone' && (call === 'delete' || call === 'unboost')
      return [call, isDone ? 'done' : kind]
    })
    expect(await kindsOf(reply)).toEqual(Object.fromEntries(gone))
  })

  it.each<[string, Call, Reply, boolean]>([
    ['a lost connection', 'post', () => Promise.reject(new TypeError('reset')), true],
    [
      'a lost connection while reading',
      'list',
      () => Promise.reject(new TypeError('reset')),
      false,
    ],
    ['a proxy that gave up', 'post', answer(504), true],
    ['a 500', 'post', answer(500), true],
    ['a 500 for a file', 'attach', answer(500), true],
    ['a 500 for a page', 'list', answer(500), false],
    ['a 200 that made something else', 'post', answer(200, '<html>'), true],
    ['a boost that names no id', 'boost', answer(201, {}), true],
    ['a 404 of nobody', 'post', answer(404), false],
    ['a redirect', 'post', answer(302, null, signIn), false],
    ['a refusal', 'post', answer(422), false],
  ])('%s leaves the right doubt', async (_, call, reply, uncertain) => {
    expect(await failure(call, reply)).toMatchObject({ uncertain })
  })

  it('gives up on a Campfire that does not answer', async () => {
    const { place } = network(answer(201))
    const silent: typeof fetch = (_, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const campfire = new Campfire({ ...place, fetch: silent, timeoutMs: 1 })

    await expect(campfire.post('hi')).rejects.toMatchObject({
      kind: 'unreachable',
      uncertain: true,
      message: 'POST (room) in room 1: unreachable (timed out)',
    })
  })

  it('notices an answer that breaks off', async () => {
    const broken = () =>
      new Response(new ReadableStream({ pull: (to) => to.error(new Error(ROOM)) }))
    expect(await failure('list', broken)).toMatchObject({ kind: 'unreachable' })
    expect(await failure('edit', broken)).toMatchObject({ kind: 'unreachable', uncertain: true })
  })

  it('reads no answer without end', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(1024 * 1024))
    const endless = () => new Response(new ReadableStream({ pull: (to) => to.enqueue(chunk) }))
    expect(await failure('list', endless)).toMatchObject({ kind: 'unreadable' })
  })

  it.each<[string, Reply]>([
    ['an answer that quotes it', answer(404, `<pre>Cannot POST ${ROOM}</pre>`)],
    ['a redirect with it', answer(301, null, { location: ROOM })],
    ['a runtime that quotes it', () => Promise.reject(new TypeError(`no route to ${ROOM}`))],
    ['JSON that quotes it', answer(200, [{ id: ROOM }])],
  ])(
    'neither the key, the address nor the text gets into the error, after %s',
    async (_, reply) => {
      for (const call of Object.keys(CALLS) as Call[]) {
        const error = await failure(call, reply)
        const all = [
          error?.message,
          error?.stack,
          String(error),
          JSON.stringify(error),
          error?.cause,
        ]
        expect(all.join('\n')).not.toMatch(/7876b7cdc3d5|chat\.example\.com|secret plan/)
      }
    },
  )

  it.each<[Kind, { final: boolean; passing: boolean }]>([
    ['rejected_key', { final: true, passing: false }],
    ['moved', { final: true, passing: false }],
    ['gone_room', { final: true, passing: false }],
    ['forbidden', { final: true, passing: false }],
    ['gone', { final: false, passing: false }],
    ['unsupported', { final: false, passing: false }],
    ['refused', { final: false, passing: false }],
    ['banned', { final: false, passing: true }],
    ['unreachable', { final: false, passing: true }],
    ['broken', { final: false, passing: true }],
    ['unreadable', { final: false, passing: true }],
  ])('%s is judged', (kind, { final, passing }) => {
    const error = new CampfireError(kind, { method: 'POST', room: 1, names: 'room' })
    expect(isFinal(error)).toBe(final)
    expect(isPassing(error)).toBe(passing)
  })

  it('is judged only when it is of Campfire', () => {
    expect([isFinal(new Error('x')), isPassing(new Error('x')), isPassing(null)]).toEqual([
      false,
      false,
      false,
    ])
  })
})
