import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import app from '../../src/index.ts'
import { deep, text } from '../support/bad-input.ts'
import { ask, checkAll, HOME, idsIn, post, useLog } from '../support/bad-requests.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const logged = useLog()

describe('an address of any kind', () => {
  it('gets an answer without body and type to every POST', async () => {
    const pieces = [
      ...[
        'webhook',
        'assistant',
        'nobody',
        '/',
        '//',
        '.',
        '..',
        '%',
        '%00',
        '%2f',
        '%2e%2e',
        '%ff',
      ],
      ...[
        '%c0%af',
        '?',
        '#',
        '&',
        '=',
        'secret',
        ';',
        ':',
        '@',
        '\\',
        'rooms',
        '1',
        'session',
        'turn',
      ],
      ...['health', 'queue', 'stats', 'constructor', '__proto__', 'ünïcode', '🙂', '*', '{', ' '],
    ]
    const paths = fc
      .array(fc.constantFrom(...pieces), { maxLength: 8 })
      .map((all) => `/${all.join('')}`)
      .filter((path) => URL.canParse(`${HOME}${path}`))
    await checkAll(
      fc.tuple(paths, fc.constantFrom('', '{}', text({}))),
      300,
      async ([path, body]) => {
        expect([204, 400, 401, 404]).toContain(await post(path, body))
      },
    )
    expect(logged.filter((line) => line.includes('failed'))).toEqual([])
  })

  it.each([
    ['/webhook/%00', 404],
    ['/webhook/%', 404],
    ['/webhook/%ff', 404],
    ['/webhook/assistant%2fx', 404],
    ['/webhook/assistant/x', 404],
    ['/webhook/..%2fhealth', 404],
    ['/webhook/%61ssistant', 204],
    ['/webhook/../webhook', 204],
    ['/webhook/assistant/', 204],
    ['//webhook', 404],
    ['/WEBHOOK', 404],
    ['/webhook?secret=%', 204],
    ['/webhook?secret[]=x&secret=%00', 204],
    ['/webhook?__proto__=x', 204],
  ])('%s: %s', async (path, status) => {
    expect(await post(path, text({}))).toBe(status)
    expect(await idsIn(world)).toEqual(status === 204 ? [900] : [])
  })

  it('that is no POST gets no webhook', async () => {
    for (const method of ['GET', 'PUT', 'PROPFIND', 'post', 'OPTIONS']) {
      const body = method === 'GET' ? null : text({})
      const answer = await app.fetch(new Request(`${HOME}/webhook`, { method, body }), env)
      // `post` is made a POST by the runtime itself.
      expect(answer.status).toBe(method === 'post' ? 204 : 404)
      expect([await answer.text(), answer.headers.get('content-type')]).toEqual(['', null])
    }
  })
})

describe('an operator', () => {
  const path = '/rooms/1/assistant/settings'
  const fields = fc.constantFrom(
    'ttlMinutes',
    'model',
    'reply',
    'speaks',
    'x',
    '__proto__',
    'toString',
  )
  const settings = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.dictionary(fields, fc.jsonValue(), { minKeys: 1 }).map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '[',
      '{"ttlMinutes":1e999}',
      '{"ttlMinutes":-0}',
      deep(10_000),
      `"${'x'.repeat(100_000)}"`,
    ),
  )

  it('is told what is wrong with any settings, and what was right is kept', async () => {
    let kept: unknown = {}
    await checkAll(settings, 200, async (body) => {
      const answer = await ask('PATCH', path, body)
      const json = await answer.json()

      if (answer.status === 200) kept = json
      else expect([answer.status, json]).toEqual([400, { error: expect.stringMatching(/^\w*: ?/) }])
      const now = await (await ask('PATCH', path, '{}')).json()
      expect(now).toEqual(kept)
    })
    expect((await ask('GET', '/rooms/1/assistant')).status).toBe(200)
    expect(logged).toEqual([])
  })

  it('gets 404 for whatever is no room or no bot of ours', async () => {
    const odd = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 8 })
      .map((text) => text.toWellFormed())
      .filter((text) => !/^(?:[1-9]\d*|\.\.?)$/.test(text))
      .map(encodeURIComponent)
    const part = fc.oneof(
      fc.constantFrom(
        '0',
        '01',
        '1.0',
        '1e3',
        '0x1',
        '+1',
        '٣',
        '9007199254740992',
        '9999999999999999',
      ),
      fc.constantFrom(
        '__proto__',
        'constructor',
        '%00',
        '%',
        '%ff',
        '..%2f..',
        'Assistant',
        '1%20',
      ),
      odd,
    )
    const places = fc.oneof(
      fc.tuple(part, fc.constant('assistant')),
      fc.tuple(fc.constant('1'), part),
      fc.tuple(part, part),
    )
    const doors = fc.constantFrom<[string, string]>(
      ['GET', ''],
      ['GET', '/session'],
      ['DELETE', '/session'],
      ['DELETE', '/turn'],
      ['PATCH', '/settings'],
    )
    await checkAll(fc.tuple(places, doors), 200, async ([[room, bot], [method, end]]) => {
      const answer = await ask(
        method,
        `/rooms/${room}/${bot}${end}`,
        method === 'PATCH' ? '{}' : null,
      )
      expect(answer.status).toBe(404)
      await answer.body?.cancel()
    })
    expect(logged).toEqual([])
  })

  it('is nobody without the very token', async () => {
    const tokens = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc
        .tuple(fc.nat(7), fc.string({ maxLength: 2 }))
        .map(([at, text]) => `${'letmein'.slice(0, at)}${text}`),
      fc.constantFrom('letmein\u00a0', 'LETMEIN', 'letmein,letmein', 'Bearer letmein', '*', 'null'),
    )
    await checkAll(
      fc.tuple(fc.constantFrom('Bearer ', 'bearer ', 'Basic ', ''), tokens),
      200,
      async ([scheme, token]) => {
        fc.pre(`${scheme}${token}`.trim() !== 'Bearer letmein')
        const headers = {
          authorization: encodeURI(`${scheme}${token}`.toWellFormed()).replaceAll('%20', ' '),
        }
        const answer = await app.fetch(new Request(`${HOME}/queue/stats`, { headers }), env)
        // Whoever guesses for long is not listened to any more.
        expect([401, 429]).toContain(answer.status)
        expect(await answer.text()).not.toMatch(/letmein/)
      },
    )
  })
})
