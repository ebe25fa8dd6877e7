import { describe, expect, it } from 'vitest'
import { Campfire, type Kind } from '../../src/campfire.ts'
import { answer, CALLS, type Call, failure, network, type Reply, ROOM } from './network.ts'

async function kindsOf(reply: Reply) {
  const calls = Object.keys(CALLS) as Call[]
  const kinds = calls.map(async (call) => [call, (await failure(call, reply))?.kind ?? 'done'])
  return Object.fromEntries(await Promise.all(kinds))
}

function everywhere(kind: Kind) {
  return Object.fromEntries(Object.keys(CALLS).map((call) => [call, kind]))
}

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
})
