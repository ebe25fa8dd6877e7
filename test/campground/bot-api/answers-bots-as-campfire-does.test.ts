import { describe, expect, it } from 'vitest'
import { chipOf } from '../composer.ts'
import { settle, TEXT } from '../settle.ts'

describe('create', () => {
  it.each([
    ['rails', 'https://chat.example.com/messages/1'],
    ['port', 'https://chat.example.com/rooms/1/messages/1'],
    ['v1.4.9', 'https://chat.example.com/messages/1'],
  ] as const)('answers 201, the place and no body: %s', async (dialect, location) => {
    const { camp, talk, robo, call, base } = settle({ dialect })
    const answer = await call('POST', base, 'Hi <b>all</b>')
    expect([answer.status, answer.headers.get('location')]).toEqual([201, location])
    expect(await answer.text()).toBe('')
    expect(camp.postsOf(robo, talk)[0]?.html).toBe('Hi <b>all</b>')
  })

  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const json = { 'content-type': 'application/json' }
  it.each([
    ['blank', ' \n', TEXT, 422, null],
    ['a form with a per cent sign', '100% sure', form, 400, null],
    ['a form', 'Hello!', form, 201, 'Hello!'],
    ['a form of too many fields', '&'.repeat(5000), form, 400, null],
    ['a form that attaches', 'attachment=x', form, 500, null],
    ['broken JSON', '{', json, 400, null],
    ['JSON', '{"a":1}', json, 201, '{"a":1}'],
    ['bytes that are no UTF-8', new Uint8Array([0xff, 0xfe]), TEXT, 500, null],
    ['deep nesting', '<b>'.repeat(500), TEXT, 500, null],
    ['no type at all', new TextEncoder().encode('hi'), {}, 201, 'hi'],
  ])('takes %s as Rails does', async (_, body, headers, status, html) => {
    const { camp, talk, call, base } = settle()
    expect((await call('POST', base, body, headers)).status).toBe(status)
    expect(camp.messagesIn(talk)[0]?.html ?? null).toBe(html)
  })

  it('reads nothing but text/plain on the port', async () => {
    const { camp, talk, call, base } = settle({ dialect: 'port' })
    const html = { 'content-type': 'text/html; charset=utf-8' }
    expect((await call('POST', base, 'hi', html)).status).toBe(422)
    await call('POST', base, 'hi')
    expect((await call('PATCH', `${base}/1`, 'there', html)).status).toBe(200)
    expect(camp.messagesIn(talk).map(({ html }) => html)).toEqual([''])
  })

  it('takes a file from the part called attachment, and from no other', async () => {
    const { camp, talk, call, base } = settle()
    const upload = (name: string) => {
      const data = new FormData()
      data.append(name, new File(['a,b'], 'numbers.csv', { type: 'text/csv' }))
      return call('POST', base, data, {})
    }
    expect((await upload('attachment')).status).toBe(201)
    expect((await upload('file')).status).toBe(201)
    const [file, raw] = camp.messagesIn(talk)
    expect([file?.file, file?.html]).toEqual(['numbers.csv', null])
    expect(new TextDecoder().decode(file?.bytes ?? new Uint8Array())).toBe('a,b')
    expect(raw?.html).toContain('Content-Disposition')
  })

  it('saves a malformed chip, answers 500, and then fails the whole page', async () => {
    const { camp, talk, call, base } = settle()
    const chip = '<action-text-attachment sgid="nonsense"></action-text-attachment>'
    expect((await call('POST', base, chip)).status).toBe(500)
    expect(camp.messagesIn(talk)).toHaveLength(1)
    expect((await call('GET', base)).status).toBe(500)
    camp.deleteMessage(1)
    expect(
      (await call('POST', base, '<action-text-attachment></action-text-attachment>')).status,
    ).toBe(201)
    expect((await call('GET', base)).status).toBe(500)
  })
})

describe('list', () => {
  it('shows a message as Campfire does', async () => {
    const { camp, ada, david, talk, call, base } = settle()
    camp.says(ada, talk, { text: 'look', mentions: [david] })
    const [message] = await (await call('GET', base)).json<{ body: { html: string } }[]>()
    expect(message).toMatchObject({
      id: 1,
      created_at: '2026-11-20T21:32:49.141Z',
      body: { plain_text: '@David\u00a0look' },
      creator: { id: 1, name: 'Ada', role: 'administrator' },
      room: { id: 1 },
      url: 'https://chat.example.com/rooms/1/messages/1',
    })
    const { html } = message?.body ?? expect.fail()
    expect(html).toMatch(/^<div class="trix-content">\n {2}<div><action-text-attachment sgid=/)
    expect(html).toContain('<div class="mention" sgid=')
  })

  it('pages by forty, oldest first, and forgets no cursor but a deleted one', async () => {
    const { camp, ada, talk, call, base } = settle()
    for (let n = 1; n <= 90; n++) camp.says(ada, talk, { text: `filler ${n}` })
    const page = async (query: string) => {
      const answer = await call('GET', base + query)
      const ids = answer.ok ? (await answer.json<{ id: number }[]>()).map(({ id }) => id) : []
      const link = answer.headers.get('link')?.match(/messages\?(.*)>; rel="next"/)?.[1]
      return [answer.status, answer.headers.get('x-total-count'), ids[0], ids.at(-1), link]
    }
    expect(await page('')).toEqual([200, '90', 51, 90, 'before=51'])
    expect(await page('?before=51')).toEqual([200, '90', 11, 50, 'before=11'])
    expect(await page('?before=11&after=3')).toEqual([200, '90', 1, 10, undefined])
    expect(await page('?after=1')).toEqual([200, '90', 2, 41, 'after=41'])
    expect(await page('?after=90')).toEqual([200, '90', undefined, undefined, undefined])
    camp.deleteMessage(20)
    expect((await page('?after=20'))[0]).toBe(404)
  })

  it.each([
    ['rails', 200, '[]'],
    ['port', 204, ''],
  ] as const)('of an empty room: %s', async (dialect, status, body) => {
    const { call, base } = settle({ dialect })
    const answer = await call('GET', base)
    expect([answer.status, await answer.text()]).toEqual([status, body])
  })
})

describe('editing, deleting and boosting', () => {
  it('works on own messages, with no webhook and no notification', async () => {
    const { camp, david, other, talk, call, base, sent } = settle()
    await call('POST', base, 'thinking')
    const answer = await call('PATCH', `${base}/1`, `${chipOf(other)} ${chipOf(david)} done`)
    expect(await answer.json()).toMatchObject({ body: { plain_text: '@Other Bot @David done' } })
    await camp.settled()
    expect([sent, camp.notifications]).toEqual([[], []])
    expect(camp.messagesIn(talk)[0]?.edits).toBe(1)

    expect((await call('PUT', `${base}/1`, '')).status).toBe(200)
    expect(camp.messagesIn(talk)[0]?.html).toBe('')
    expect((await call('DELETE', `${base}/1`)).status).toBe(204)
    expect((await call('DELETE', `${base}/1`)).status).toBe(404)
  })

  it('boosts any message, twice if asked twice, and takes back by id', async () => {
    const { camp, ada, talk, call, base } = settle()
    camp.says(ada, talk, { text: 'hello' })
    expect((await call('POST', `${base}/1/boosts`, ' ')).status).toBe(422)
    const boost = await call('POST', `${base}/1/boosts`, '👀')
    expect(boost.status).toBe(201)
    expect(await boost.json()).toMatchObject({
      id: 1,
      content: '👀',
      booster: { id: 3, role: 'bot' },
    })
    await call('POST', `${base}/1/boosts`, '👀')
    expect((await call('DELETE', `${base}/1/boosts/1`)).status).toBe(204)
    expect(camp.messagesIn(talk)[0]?.boosts).toEqual([{ id: 2, who: 'Robo', content: '👀' }])
    expect((await call('PATCH', `${base}/1`, 'mine')).status).toBe(403)
  })
})

describe('refusals', () => {
  it.each([
    ['rails', 'a wrong key', 302, '9310b00'],
    ['rails', 'a room we are not in', 404, '9310b00'],
    ['rails', 'a room that is gone', 404, '9310b00'],
    ['rails', 'a message that is gone', 404, null],
    ['rails', 'a boost that is gone', 404, '9310b00'],
    ['rails', 'a route that is none', 404, null],
    ['port', 'a wrong key', 401, null],
    ['port', 'a room we are not in', 404, null],
    ['port', 'a message that is gone', 404, null],
    ['v1.4.9', 'a wrong key', 302, 'v1.4.9'],
    ['v1.4.9', 'a room we are not in', 500, null],
    ['v1.4.9', 'a message that is gone', 404, null],
    ['v1.4.9', 'a list', 404, null],
  ] as const)('%s: %s', async (dialect, what, status, version) => {
    const { camp, ada, call, base, robo } = settle({ dialect })
    const closed = camp.addRoom('Closed', [ada])
    const ways = {
      'a wrong key': () => call('POST', '1/3-wrong/messages', 'hi'),
      'a room we are not in': () => call('POST', `${closed.id}/${robo.key}/messages`, 'hi'),
      'a room that is gone': () => call('GET', `99/${robo.key}/messages`),
      'a message that is gone': () => call('PATCH', `${base}/99`, 'hi'),
      'a boost that is gone': () => call('DELETE', `${base}/99/boosts/1`),
      'a route that is none': () => call('GET', `${base}/1/boosts`),
      'a list': () => call('GET', base),
    }
    const answer = await ways[what]()
    expect([answer.status, answer.headers.get('x-version')]).toEqual([status, version])
  })

  it('sends a deactivated bot and a followed redirect to the sign-in page', async () => {
    const { camp, robo, call, base } = settle()
    camp.change(robo, { active: false })
    const answer = await call('POST', base, 'hi')
    expect(answer.headers.get('location')).toBe('https://chat.example.com/session/new')
    const page = await camp.handle(new Request('https://chat.example.com/session/new'))
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
  })

  it('v1.4.9 creates an empty message', async () => {
    const { camp, talk, call, base } = settle({ dialect: 'v1.4.9' })
    expect((await call('POST', base, '')).status).toBe(201)
    expect(camp.messagesIn(talk)[0]?.html).toBe('')
  })
})
