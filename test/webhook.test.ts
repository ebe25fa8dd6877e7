import { evictDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import app from '../src/index.ts'
import { Campground } from './campground/campground.ts'
import type { Dialect } from './campground/dialect.ts'
import { OFFER } from './support/drop.ts'
import { useWorld } from './support/world.ts'

const HOME = 'https://firekeeper.example.com'
const KEY = '3-7876b7cdc3d5'
const ANALYST = '7-XyZ789abcdef'
const SECRET = 'open-sesame'
/** Stands in every text that anybody sends here, so that one look finds it where it must not be. */
const WORD = 'swordfish'

const world = useWorld()
let logged: string[] = []

beforeEach(() => {
  logged = []
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...words) => logged.push(words.join(' ')))
  }
})

afterEach(() => {
  for (const line of logged) {
    for (const hidden of ['7876b7cdc3d5', 'XyZ789abcdef', SECRET, WORD, 'sk-test', 'letmein']) {
      expect(line).not.toContain(hidden)
    }
  }
})

describe('a good delivery', () => {
  it('is in the inbox before it is acknowledged, and leads to a turn', async () => {
    const answer = await send(ours())

    expect(answer.status).toBe(204)
    expect(await world.rows('SELECT id, author, text, turn FROM messages')).toEqual([
      { id: 900, author: 1, text: `${WORD} hello`, turn: null },
    ])
    await answersOnce()
  })

  it('is for the bot whose key it carries, named in the address or not', async () => {
    const path = `/rooms/1/${ANALYST}/messages`
    expect((await send(ours({ room: { path } }))).status).toBe(204)
    expect((await send(ours({ room: { path }, id: 901 }), '/webhook/analyst')).status).toBe(204)

    expect(await ids(world.analyst)).toEqual([900, 901])
    expect(await ids(world.assistant)).toEqual([])
  })

  it('never chooses the host that we post to', async () => {
    const url = 'https://evil.example.com'
    const message = { id: 900, url, path: `${url}/rooms/1/@900`, body: words('hi') }
    await send({ ...ours(), url, host: url, room: { ...ours().room, url }, message })

    await answersOnce()
    expect(world.strays).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['no name of the room', ours({ room: { name: undefined } }), 'hello'],
    ['a room named null', ours({ room: { name: null } }), 'hello'],
    ['no name of the person', ours({ user: { name: undefined } }), 'hello'],
    ['a person named null', ours({ user: { name: null } }), 'hello'],
    ['no html', ours({ body: { plain: `${WORD} as it is` } }), 'as it is'],
    ['unknown fields', { ...ours(), event: { of: ['the', 'future'] }, type: 'message' }, 'hello'],
    ['a type that is null', { ...ours(), type: null }, 'hello'],
    ['\\u0000', ours({ text: `${WORD} nul\u0000led` }), 'nulled'],
    ['half of an emoji', ours({ text: `${WORD} half \ud83d` }), 'half \ufffd'],
    ['emoji', ours({ text: `${WORD} 👩‍👩‍👧‍👦 🏳️‍🌈` }), '👩‍👩‍👧‍👦 🏳️‍🌈'],
    ['right-to-left text', ours({ text: `${WORD} مرحبا \u202eabc\u202c` }), 'مرحبا'],
    ['100 KB of text', ours({ text: `${WORD} ${'long '.repeat(20_000)}` }), 'long long'],
    ['a name with line breaks', ours({ user: { name: 'Da\nvid\u0000"<b>' } }), 'hello'],
    ['a bare mention', ours({ body: { html: '<div></div>', plain: '' } }), 'without any words'],
    ['the largest ids', ours({ user: { id: Number.MAX_SAFE_INTEGER } }), 'hello'],
  ])('may have %s', async (_, payload, read) => {
    expect((await send(payload)).status).toBe(204)
    await answersOnce()

    expect(JSON.stringify(world.model.prompts[0]?.messages)).toContain(read)
  })

  it('may be exactly 8 MB long', async () => {
    const json = JSON.stringify(ours())
    const answer = await post('/webhook', json.padEnd(8 * 1024 * 1024))

    expect(answer.status).toBe(204)
    await answersOnce()
  })

  it.each([
    ['Rails', null],
    ['the Express port', ''],
  ])('that is only a file (from %s) waits a second for words', async (_, html) => {
    await send(ours({ body: { html, plain: 'plan.pdf' } }))
    await world.rings()
    expect(world.model.prompts).toEqual([])

    world.model.says('I cannot open it.')
    await world.passes(1_000)
    expect(world.answers()).toEqual([`I cannot open it.${OFFER}`])
    expect(JSON.stringify(world.model.prompts[0]?.messages)).toContain('plan.pdf')
  })

  it('that is only a file goes with the words that follow it', async () => {
    await send(ours({ body: { html: null, plain: 'plan.pdf' } }))
    await send(ours({ id: 901, text: `${WORD} read this` }))
    await answersOnce(OFFER)
    await world.passes(1_000)

    expect(world.model.prompts).toHaveLength(1)
    expect(await ids(world.assistant, 'turn = 1')).toEqual([900, 901])
  })
})

describe('the same message again', () => {
  it('changes nothing when it comes at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(ours())))

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(204))
    await answersOnce()
  })

  it('changes nothing while the turn runs', async () => {
    world.model.answers(async () => {
      expect((await send(ours())).status).toBe(204)
      return 'Once.'
    })
    await send(ours())
    await world.rings()

    expect(world.answers()).toEqual(['Once.'])
    expect(await ids(world.assistant)).toEqual([900])
  })

  it('changes nothing after it, after an eviction, or half a year later', async () => {
    await send(ours())
    await answersOnce()

    const times = [0, 60_000, 180 * 86_400_000]
    for (const later of times) {
      const text = later < 3_600_000 ? 'edited' : `${WORD} hello`
      await evictDurableObject(world.room())
      vi.setSystemTime(Date.now() + later)
      expect((await send(ours({ text }))).status).toBe(204)
      await world.rings()
    }
    expect(world.answers()).toHaveLength(1)
    expect(await ids(world.assistant)).toEqual([900])
  })

  it('is another message in another room', async () => {
    await send(ours())
    await send(ours({ room: { id: 2, path: `/rooms/2/${KEY}/messages` } }))

    expect(await ids(world.assistant)).toEqual([900])
    expect(await ids(world.assistant, 'true', world.office)).toEqual([900])
  })
})

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

describe('the flat shape', () => {
  it.each<[string, string, object]>([
    ['as in the example', '/assistant', flat()],
    ['to the default bot', '', flat()],
    ['from a user', '', { ...flat(), creator: undefined, user: flat().creator }],
    ['with a message', '', { ...flat(), content: undefined, message: { content: 'hello' } }],
    [
      'with a message in Campfire’s words',
      '',
      { ...flat(), content: null, message: ours().message },
    ],
    ['with a message that is a string', '', { ...flat(), content: null, message: 'hello' }],
  ])('is believed with the secret: %s', async (_, path, payload) => {
    const answer = await send(payload, `/webhook${path}?secret=${SECRET}`, guarded())

    expect(answer.status).toBe(204)
    await answersOnce()
    expect(JSON.stringify(world.model.prompts[0]?.messages)).toContain('hello')
  })

  it('goes to the bot that the address names', async () => {
    await send(flat(), `/webhook/analyst?secret=${SECRET}`, guarded())

    expect(await ids(world.analyst)).toEqual([null])
  })

  it('is never a repeat without a message id, and always with one', async () => {
    const numbered = { ...flat(), content: null, message: { id: 7, content: 'hello' } }
    for (const payload of [flat(), flat(), numbered, numbered]) {
      await send(payload, `/webhook?secret=${SECRET}`, guarded())
    }

    expect(await ids(world.assistant)).toEqual([null, null, -7])
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

describe('when we fail', () => {
  it.each([
    ['the room cannot be reached', { ROOMS: broken(() => Promise.reject(new Error('boom'))) }],
    ['something throws', { ROOMS: broken(() => crash()) }],
    ['what is thrown is no error', { ROOMS: broken(() => Promise.reject(crash)) }],
    ['CAMPFIRE_URL is missing', { CAMPFIRE_URL: undefined }],
  ])('answers 500 and nothing else: %s', async (_, changes) => {
    const answer = await send(ours(), '/webhook', changes)

    expect(answer.status).toBe(500)
    expect(lines().filter(({ level }) => level === 'error')).toMatchObject([
      { event: 'request.failed', method: 'POST' },
    ])
  })

  it.each([undefined, '', ' '])(
    'asks no room where CAMPFIRE_URL is %j, and says so',
    async (url) => {
      const rooms: string[] = []
      const ROOMS = { getByName: (name: string) => rooms.push(name) }
      const answer = await send(ours(), '/webhook', { CAMPFIRE_URL: url, ROOMS })

      expect(answer.status).toBe(500)
      expect(rooms).toEqual([])
      expect(logged.join()).toContain('CAMPFIRE_URL is not set')
    },
  )

  it('asks the room again when it was just being moved, as Campfire never will', async () => {
    const { ROOMS, calls } = movedAway(2)
    const answer = await send(ours(), '/webhook', { ROOMS })

    expect([answer.status, calls.length]).toEqual([204, 3])
    expect(lines().map(({ event }) => event)).toEqual(Array(2).fill('webhook.tried_again'))
    await answersOnce()
  })

  it('gives up after three times', async () => {
    const { ROOMS, calls } = movedAway(3)
    const answer = await send(ours(), '/webhook', { ROOMS })

    expect([answer.status, calls.length]).toEqual([500, 3])
  })

  it('asks only once where a second time would be a second message', async () => {
    const { ROOMS, calls } = movedAway(1)
    const path = `/webhook?secret=${SECRET}`
    const answer = await send(flat(), path, { ...guarded(), ROOMS })

    expect([answer.status, calls.length]).toEqual([500, 1])
  })
})

// Campfire posts whatever has a content type into the room. So each of our answers is given to one
// here, for real: the bot's webhook is pointed there, and a person mentions it.
describe.each<Dialect>(['rails', 'port'])('in a Campfire (%s) nothing appears', (dialect) => {
  it.each<[string, string, number, object?]>([
    ['when it is acknowledged', '/webhook', 204],
    ['when it is acknowledged by name', '/webhook/assistant', 204],
    ['at the bot of another key', '/webhook/analyst', 401],
    ['at no bot', '/webhook/nobody', 404],
    ['behind a bot', '/webhook/assistant/more', 404],
    ['when it is acknowledged behind a slash', '/webhook/', 204],
    ['at a broken escape', '/webhook/%E0%A4%A', 404],
    ['at a NUL', '/webhook/%00', 404],
    ['without the secret', '/webhook', 401, guarded()],
    ['with another secret', '/webhook?secret=x', 401, guarded()],
    ['with the secret', `/webhook?secret=${SECRET}`, 204, guarded()],
    ['when we do not know the key', '/webhook', 401, { BOT_KEYS: 'assistant=3-abc' }],
    ['when there are no bots', '/webhook', 401, { BOT_KEYS: undefined }],
    ['when it is one of our own who speaks', '/webhook', 204, { BOT_KEYS: `x=1-a,${OURS()}` }],
    ['when the room throws', '/webhook', 500, { ROOMS: broken(() => crash()) }],
    ['at the root', '/', 404],
    ['at /health', '/health', 404],
    ['at /queue/stats', '/queue/stats', 404],
    ['at /session/stats', '/session/stats', 404],
    ['at a room', '/rooms/1/assistant', 404],
    ['at a session', '/rooms/1/assistant/session', 404],
    ['at a turn', '/rooms/1/assistant/turn', 404],
    ['at settings', '/rooms/1/assistant/settings', 404],
    ['at a favicon', '/favicon.ico', 404],
    ['at a bad address', '/%', 404],
  ])('%s', async (_, path, status, changes) => {
    const { campfire, david, watercooler, statuses } = pointedAt(path, { dialect, changes })
    await campfire.says(david, watercooler, { text: WORD, mentions: [3] }).delivered

    expect(new Set(statuses)).toEqual(new Set([status]))
    expect(whatStandsIn(campfire)).toEqual([{ creator: 'David', file: null }])
  })

  it.each<[string, { token?: string; text?: string; name?: string }, number]>([
    ['when it is more than 8 MB', { text: `${WORD} `.repeat(960_000) }, 413],
    ['when the key is of a strange form', { token: 'a-b' }, 400],
    ['when it is a bare mention', { text: '' }, 204],
  ])('%s', async (_, { token, text = WORD }, status) => {
    const { campfire, david, watercooler, statuses } = pointedAt('/webhook', { dialect, token })
    await campfire.says(david, watercooler, { text, mentions: [3] }).delivered

    expect(new Set(statuses)).toEqual(new Set([status]))
    expect(whatStandsIn(campfire)).toHaveLength(1)
  })

  it('when it is repeated', async () => {
    const { campfire, david, watercooler, statuses } = pointedAt('/webhook', { dialect, times: 3 })
    await campfire.says(david, watercooler, { text: WORD, mentions: [3] }).delivered

    expect(statuses).toEqual([204, 204, 204])
    expect(whatStandsIn(campfire)).toHaveLength(1)
  })
})

interface Changes {
  room?: object
  user?: object
  id?: unknown
  text?: string
  body?: object
}

/** What Campfire posts when David says hello to the assistant in the watercooler. */
function ours({ room, user, id = 900, text = `${WORD} hello`, body = words(text) }: Changes = {}) {
  return {
    user: { id: 1, name: 'David', ...user },
    room: { id: 1, name: 'Watercooler', path: `/rooms/1/${KEY}/messages`, ...room },
    message: { id, body, path: '/rooms/1/@900' },
  }
}

function keyed(key: string) {
  return ours({ room: { path: `/rooms/1/${key}/messages` } })
}

/** The older shape, as in the example of the README. */
function flat(changes: object = {}) {
  return {
    creator: { id: 1, name: 'Test' },
    room: { id: 1, name: 'Test Room' },
    content: `${WORD} hello`,
    ...changes,
  }
}

function words(text: string) {
  return { html: `<div>${text}</div>`, plain: text }
}

function send(payload: unknown, path = '/webhook', changes: object = {}) {
  return post(path, typeof payload === 'string' ? payload : JSON.stringify(payload), changes)
}

/** Whatever we answer to a POST has neither body nor content type. */
async function post(path: string, body: string, changes: object = {}) {
  const answer = await through(new Request(`${HOME}${path}`, { method: 'POST', body }), changes)
  await isBare(answer)
  return answer
}

/** With other settings than the configured ones we go in by the app; else by the Worker. */
async function through(request: Request, changes: object = {}) {
  const isChanged = Object.keys(changes).length > 0
  return isChanged
    ? await app.fetch(request, { ...env, ...changes })
    : await exports.default.fetch(request)
}

async function isBare(answer: Response) {
  expect(answer.headers.has('content-type')).toBe(false)
  expect(await answer.clone().text()).toBe('')
}

async function answersOnce(behind = '') {
  world.model.says('Hello, David.')
  await world.rings()
  expect(world.answers()).toEqual([`Hello, David.${behind}`])
}

async function ids(bot: { id: number }, where = 'true', room = world.watercooler) {
  const rows = await world.rows(`SELECT id FROM messages WHERE ${where}`, room, bot.id)
  return rows.map(({ id }) => id)
}

function guarded() {
  return { WEBHOOK_SECRET: SECRET }
}

function OURS() {
  return `assistant=${KEY},analyst=${ANALYST}`
}

/** A bot with a key, but without a definition. */
function GHOST() {
  return `ghost=9-abc,${OURS()}`
}

function crash(): never {
  throw new Error('boom')
}

function broken(receive: () => unknown) {
  return { getByName: () => ({ receive }) }
}

/** The real rooms, which cannot be reached the first few times. */
function movedAway(times: number) {
  const calls: string[] = []
  const getByName = (name: string) => {
    calls.push(name)
    return calls.length <= times ? { receive: crash } : env.ROOMS.getByName(name)
  }
  return { ROOMS: { getByName }, calls }
}

function lines(): { level: string; event: string }[] {
  return logged.map((line) => JSON.parse(line))
}

interface Pointed {
  dialect: Dialect
  changes?: object | undefined
  token?: string | undefined
  times?: number
}

/** A Campfire of its own, whose assistant has its webhook at this path of ours. */
function pointedAt(path: string, { dialect, changes, token = '7876b7cdc3d5', times = 1 }: Pointed) {
  const statuses: number[] = []
  const campfire = new Campground({
    origin: 'https://chat.example.com',
    dialect,
    now: () => Date.now(),
    wait: () => new Promise(() => {}),
    route: (deliveries) => deliveries.flatMap((delivery) => Array(times).fill(delivery)),
    send: async (request) => {
      const answer = await through(request, changes)
      statuses.push(answer.status)
      return answer
    },
  })
  const david = campfire.addPerson('David', 'administrator', 1)
  const assistant = campfire.addBot('Assistant', { id: 3, token, webhook: `${HOME}${path}` })
  const watercooler = campfire.addRoom('Watercooler', [david, assistant], { id: 1 })
  return { campfire, david, watercooler, statuses }
}

function whatStandsIn(campfire: Campground) {
  return campfire.messagesIn(1).map(({ creator, file }) => ({ creator: creator.name, file }))
}
