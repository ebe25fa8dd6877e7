import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import app from '../../src/index.ts'
import {
  ANALYST,
  flat,
  guarded,
  HOME,
  isBare,
  KEY,
  OURS,
  ours,
  SECRET,
  send,
  useDeliveries,
  WORD,
  words,
} from './deliveries.ts'

const { world, logged, answersOnce, ids, lines } = useDeliveries()

describe('what is not for us', () => {
  it.each([
    ['our own post', ours({ user: { id: 3 } }), {}],
    ['a post of another bot of ours', ours({ user: { id: 7 } }), {}],
    ['a post of a bot of ours that is broken', ours({ user: { id: 9 } }), { BOT_KEYS: GHOST() }],
    ['a click', { type: 'action', room: ours().room, user: { id: 1 }, action: WORD }, {}],
    ['a type to come', { ...ours(), type: 'message.edited' }, {}],
  ])('is acknowledged and dropped: %s', async (_, payload, changes) => {
    const answer = await send(payload, '/webhook', changes)

    expect(answer.status).toBe(204)
    expect(logged.filter((line) => line.includes('webhook'))).toEqual([])
    expect(await ids(world.assistant)).toEqual([])
  })

  it('drops the flat shape of another type as well', async () => {
    const answer = await send({ type: 'action' }, `/webhook?secret=${SECRET}`, guarded())

    expect(answer.status).toBe(204)
  })
})

describe('what is wrong', () => {
  const evil = 'https://evil.example.com'

  it.each<[string, unknown]>([
    ['payload', `{"message": "${WORD}`],
    ['payload', ''],
    ['payload', 'null'],
    ['payload', `"${WORD}"`],
    ['payload', '[]'],
    ['room', '{}'],
    ['user', { ...ours(), user: undefined }],
    ['user.id', ours({ user: { id: 0 } })],
    ['user.id', ours({ user: { id: -1 } })],
    ['user.id', ours({ user: { id: 1.5 } })],
    ['user.id', ours({ user: { id: '1' } })],
    ['user.id', ours({ user: { id: 2 ** 53 } })],
    ['user.id', ours({ user: { id: null } })],
    ['user.name', ours({ user: { name: [WORD] } })],
    ['room.id', ours({ room: { id: 0 } })],
    ['room.id', ours({ room: { id: '1' } })],
    ['room.name', ours({ room: { name: 5 } })],
    ['room.path', ours({ room: { id: 2 } })],
    ['room.path', ours({ room: { path: null } })],
    ['room.path', ours({ room: { path: `${evil}/rooms/1/${KEY}/messages` } })],
    ['room.path', ours({ room: { path: `/rooms/1/${KEY}/../../2/${KEY}/messages` } })],
    ['room.path', ours({ room: { path: `/rooms/1/${KEY}/messages?x=${evil}` } })],
    ['room.path', ours({ room: { path: `/rooms/1/3-swordfish@${evil}/messages` } })],
    ['message', { ...ours(), message: undefined }],
    ['message.id', ours({ id: 0 })],
    ['message.id', ours({ id: 'nine' })],
    ['message.id', { ...ours(), message: { body: words(WORD) } }],
    ['message.body', { ...ours(), message: { id: 900 } }],
    ['message.body.plain', ours({ body: {} })],
    ['message.body.plain', ours({ body: { html: null, plain: null } })],
    ['message.body.plain', ours({ body: { html: null, plain: 5 } })],
    ['type', { ...ours(), type: 5 }],
    ['creator', { ...flat(), creator: undefined }],
    ['creator.id', flat({ creator: { id: 0, name: 'Test' } })],
    ['content', { ...flat(), content: undefined }],
    ['message.id', { ...flat(), message: { id: 0 } }],
  ])('is answered 400, and the log names %s', async (field, payload) => {
    const answer = await send(payload)

    expect(answer.status).toBe(400)
    expect(lines()).toEqual([{ level: 'warn', event: 'webhook.refused', status: 400, field }])
  })

  it.each([
    ['that says so', { 'content-length': '8388609' }],
    ['in chunks', {}],
  ])('is not kept past 8 MB, nor read for ever %s', async (_, headers) => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(65_536).fill(32))
      },
      cancel() {
        cancelled = true
      },
    })
    const init = { method: 'POST', body: endless, headers, duplex: 'half' } as const
    const answer = await app.fetch(new Request(`${HOME}/webhook`, init), env)

    expect(answer.status).toBe(413)
    await isBare(answer)
    expect(lines()).toEqual([
      { level: 'warn', event: 'webhook.refused', status: 413, why: 'too long' },
    ])
    expect(pulled * 65_536).toBeLessThan(42 * 1024 * 1024)
    expect(cancelled).toBe(true)
  })

  it('is 413 through the whole Worker too, and the room learns that it is there', async () => {
    const answer = await send(ours({ text: `${WORD} ${'long '.repeat(1_700_000)}` }))

    expect(answer.status).toBe(413)
    expect(await ids(world.assistant, 'too_long = 1')).toEqual([900])
    const line = { level: 'warn', event: 'webhook.refused', status: 413, why: 'too long' }
    expect(lines().filter(({ event }) => event.startsWith('webhook.'))).toEqual([
      { ...line, room: 1 },
    ])
  })
})

describe('whom we do not believe', () => {
  it.each<[string, string, unknown, object, string]>([
    ['a key of nobody', '', keyed('3-000000000000'), {}, 'key'],
    ['a key that only begins like ours', '', keyed(KEY.slice(0, -1)), {}, 'key'],
    ['a key that is longer than ours', '', keyed(`${KEY}0`), {}, 'key'],
    ['our token behind another id', '', keyed('4-7876b7cdc3d5'), {}, 'key'],
    ['a click with a key of nobody', '', { ...keyed('4-1'), type: 'action' }, {}, 'key'],
    ['the key of another bot than :bot', '/analyst', ours(), {}, 'bot and key disagree'],
    ['our key without the secret', '', ours(), guarded(), 'secret'],
    ['our key with an empty secret', '?secret=', ours(), guarded(), 'secret'],
    ['our key with another secret', '?secret=open', ours(), guarded(), 'secret'],
    ['no key and no secret', '', flat(), guarded(), 'secret'],
    ['no key where there is no secret', '/assistant?secret=', flat(), {}, 'secret'],
    ['no key, and a secret that is not set', '?secret=undefined', flat(), {}, 'secret'],
  ])('is answered 401: %s', async (_, path, payload, changes, why) => {
    const answer = await send(payload, `/webhook${path}`, changes)

    expect(answer.status).toBe(401)
    expect(lines()).toEqual([
      { level: 'warn', event: 'webhook.refused', status: 401, why, room: 1 },
    ])
    expect(await ids(world.assistant)).toEqual([])
  })

  it.each([
    ['nobody', {}],
    ['Assistant', {}],
    ['constructor', {}],
    ['ghost', { BOT_KEYS: GHOST() }],
    ['assistant', { BOT_KEYS: undefined }],
  ])('knows no bot %s', async (name, changes) => {
    const answer = await send(ours(), `/webhook/${name}`, changes)

    expect(answer.status).toBe(404)
  })

  it('believes in the key and the secret together', async () => {
    const answer = await send(ours(), `/webhook/assistant?secret=${SECRET}`, guarded())

    expect(answer.status).toBe(204)
    await answersOnce()
  })

  it('works on while another bot is broken', async () => {
    const changes = { BOT_KEYS: `analyst=broken,ghost=9-abc,assistant=${KEY}` }
    const refused = await send(keyed(ANALYST), '/webhook', changes)
    const answer = await send(ours(), '/webhook', changes)

    expect([refused.status, answer.status]).toEqual([401, 204])
    await answersOnce()
  })
})

describe('a request that is no delivery', () => {
  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('is 404: %s', async (method) => {
    for (const path of ['/webhook', '/webhook/assistant', '/webhook/nobody']) {
      const answer = await exports.default.fetch(new Request(`${HOME}${path}`, { method }))

      expect(answer.status).toBe(404)
      await isBare(answer)
    }
  })
})

function keyed(key: string) {
  return ours({ room: { path: `/rooms/1/${key}/messages` } })
}

/** A bot with a key, but without a definition. */
function GHOST() {
  return `ghost=9-abc,${OURS()}`
}
