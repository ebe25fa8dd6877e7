import { describe, expect, it } from 'vitest'
import { Campground, type Options } from './campground/campground.ts'
import { chipOf } from './campground/composer.ts'

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

interface Delivered {
  user: { id: number; name: string }
  room: { id: number; name: string | null; path: string }
  message: { id: number; body: { html: string | null; plain: string }; path: string }
}

function settle(options: Partial<Options> = {}) {
  const sent: { request: Request; payload: Delivered }[] = []
  let answer: () => Promise<Response> = async () => new Response(null, { status: 204 })
  const camp = new Campground({
    origin: 'https://chat.example.com',
    dialect: 'rails',
    now: () => Date.parse('2026-11-20T21:32:49.141Z'),
    wait: () => new Promise(() => {}),
    send: async (request) => {
      sent.push({ request, payload: await request.clone().json() })
      return answer()
    },
    ...options,
  })
  const ada = camp.addPerson('Ada', 'administrator')
  const david = camp.addPerson('David')
  const robo = camp.addBot('Robo', { id: 3, token: '7876b7cdc3d5', webhook: 'https://bot/hook' })
  const other = camp.addBot('Other Bot', { webhook: 'https://other/hook' })
  const talk = camp.addRoom('All Talk', [], { type: 'open' })
  const direct = camp.addDirect([ada, robo])

  const call = (method: string, path: string, body?: BodyInit, headers: HeadersInit = TEXT) =>
    camp.handle(
      new Request(`https://chat.example.com/rooms/${path}`, {
        method,
        redirect: 'manual',
        ...(body === undefined ? {} : { body, headers }),
      }),
    )
  const base = `${talk.id}/${robo.key}/messages`
  const answers = (next: () => Response | Promise<Response>) => {
    answer = async () => next()
  }
  return { camp, ada, david, robo, other, talk, direct, sent, call, base, answers }
}

describe('a delivery', () => {
  it('carries what Rails carries', async () => {
    const { camp, ada, robo, talk, sent } = settle()
    await camp.says(ada, talk, { text: 'what is up?', mentions: [robo] }).delivered

    expect(sent).toHaveLength(1)
    const { request, payload } = sent[0] ?? expect.fail()
    expect(request.url).toBe('https://bot/hook')
    expect(request.headers.get('user-agent')).toBe('Ruby')
    const raw = new Uint8Array(await request.clone().arrayBuffer())
    expect(request.headers.get('content-length')).toBe(String(raw.length))
    expect(new TextDecoder().decode(raw)).toContain('"html":"\\u003cdiv\\u003e')
    expect(payload).toEqual({
      user: { id: 1, name: 'Ada' },
      room: { id: 1, name: 'All Talk', path: '/rooms/1/3-7876b7cdc3d5/messages' },
      message: {
        id: 1,
        body: { html: `<div>${chipOf(robo)}&nbsp;what is up?</div>`, plain: 'what is up?' },
        path: '/rooms/1/@1',
      },
    })
  })

  it.each([
    ['a chip of a bot', ['Robo'], { mentions: [3] }],
    ['chips of two bots', ['Robo', 'Other Bot'], { mentions: [3, 4] }],
    ['a name that was only typed', [], { text: '@Robo hello' }],
    ['a chip of a person', [], { mentions: [2] }],
  ])('wakes the right bots: %s', async (_, woken, what) => {
    const { camp, ada, talk, sent } = settle()
    await camp.says(ada, talk, { text: 'hello', ...what }).delivered
    const keys = sent.map(({ payload }) => payload.room.path.split('/')[3])
    expect(keys.map((key) => camp.people.byKey(key ?? '')?.name)).toEqual(woken)
  })

  it('does not reach a bot outside the room, nor come of a forged chip or an edit', async () => {
    const { camp, ada, david, robo, talk, sent } = settle()
    const closed = camp.addRoom('Closed', [ada, david])
    await camp.says(ada, closed, { text: 'psst', mentions: [robo] }).delivered
    await camp.says(ada, talk, { html: chipOf(robo).replace(/--\w{6}/, '--000000') }).delivered
    const { message } = camp.says(ada, talk, { text: 'hello' })
    camp.editAsPerson(message, { text: 'hello', mentions: [robo] })
    await camp.settled()
    expect(sent).toEqual([])
  })

  it('in a direct goes to every other bot, also for a file, and never to its author', async () => {
    const { camp, ada, robo, other, direct, sent, call } = settle()
    const file = { name: 'report.pdf', type: 'application/pdf', bytes: new Uint8Array([1]) }
    await camp.says(ada, direct, { file }).delivered
    expect(sent[0]?.payload.room.name).toBeNull()
    expect(sent[0]?.payload.message.body).toEqual({ html: null, plain: 'report.pdf' })

    const both = camp.addDirect([robo, other])
    await call('POST', `${both.id}/${robo.key}/messages`, 'hi')
    await camp.settled()
    expect(sent.map(({ request }) => request.url)).toEqual([
      'https://bot/hook',
      'https://other/hook',
    ])
  })

  it('may be held, lost, doubled and reordered; a deleted message is never delivered', async () => {
    const { camp, ada, direct, sent } = settle({ holdDeliveries: true })
    const said = ['one', 'two', 'three'].map((text) => camp.says(ada, direct, { text }))
    camp.deleteMessage(said[1]?.message ?? 0)
    await camp.flush(([one, two, three]) => [three, two, one, one].flatMap((d) => d ?? []))
    await Promise.all(said.map(({ delivered }) => delivered))
    const heard = sent.map(({ payload }) => payload.message.body.plain)
    expect(heard).toEqual(['three', 'one', 'one'])
  })

  it.each([
    ['rails', 1],
    ['port', 5],
  ] as const)('that fails is tried by %s %i times', async (dialect, times) => {
    const { camp, ada, direct, sent, answers } = settle({ dialect })
    answers(() => Promise.reject(new Error('refused')))
    await camp.says(ada, direct, { text: 'hello' }).delivered
    expect(sent.map(({ payload }) => payload.message.id)).toEqual(Array(times).fill(1))
    expect(camp.messagesIn(direct)).toHaveLength(1)
  })
})

describe('the answer to a delivery', () => {
  const type = (value: string) => ({ headers: { 'content-type': value } })
  const bare = (status: number, body: string) => {
    const response = new Response(body, { status })
    response.headers.delete('content-type')
    return response
  }

  it.each([
    ['204 and nothing', () => new Response(null, { status: 204 }), []],
    ['200 with no type', () => bare(200, 'hi'), []],
    ['500 with no type', () => bare(500, 'oh no'), []],
    ['204 with a type', () => new Response(null, { status: 204, ...type('text/plain') }), []],
    ['text', () => new Response('<b>hi</b>', type('text/plain; charset=utf-8')), ['<b>hi</b>']],
    ['empty text', () => new Response('', type('text/html')), ['']],
    ['loud text', () => new Response('hi', type('Text/HTML')), ['attachment.']],
    ['JSON', () => Response.json({ ok: true }), ['attachment.json']],
    ['bytes', () => new Response('hi', type('application/octet-stream')), ['attachment.']],
    [
      '201 text',
      () => new Response('hi', { status: 201, ...type('text/plain') }),
      ['attachment.text'],
    ],
    [
      '502 page',
      () => new Response('no', { status: 502, ...type('text/html') }),
      ['attachment.html'],
    ],
    ['no picture', () => new Response('no', type('image/png')), ['attachment.png']],
  ] as const)('%s', async (_, answer, posts) => {
    const { camp, ada, robo, direct, sent, answers } = settle()
    answers(answer)
    await camp.says(ada, direct, { text: 'hello' }).delivered
    expect(camp.postsOf(robo, direct).map(({ file, html }) => file ?? html)).toEqual(posts)
    expect(sent).toHaveLength(1)
  })

  it('that does not come within seven seconds is replaced by a complaint', async () => {
    const { camp, ada, robo, direct, answers } = settle({ wait: async () => {} })
    answers(() => new Promise(() => {}))
    await camp.says(ada, direct, { text: 'hello' }).delivered
    const posts = camp.postsOf(robo, direct).map(({ plain }) => plain)
    expect(posts).toEqual(['Failed to respond within 7 seconds'])
  })

  it('may trickle, for each read has its own seven seconds', async () => {
    const waits: number[] = []
    const wait = (ms: number) => new Promise<void>(() => waits.push(ms))
    const { camp, ada, robo, direct, answers } = settle({ wait })
    const text = type('text/plain')
    answers(() => new Response(new Blob(['slow ', 'but sure']).stream(), text))
    await camp.says(ada, direct, { text: 'hello' }).delivered
    expect(camp.postsOf(robo, direct)[0]?.plain).toBe('slow but sure')
    expect(waits.length).toBeGreaterThanOrEqual(3)
  })
})

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

describe('plain text', () => {
  it.each([
    ['two lines', '<div>one<br>two</div>', 'one\ntwo'],
    [
      'marks',
      '<div>Some <strong>bold</strong></div><ul><li>one</li><li>two</li></ul>',
      'Some bold\n• one\n• two',
    ],
    ['numbers', '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>', '1. a\n  • b\n2. c'],
    ['a quote', '<blockquote>quoted</blockquote><cite>Ada #</cite>', '“quoted”\n\nAda #'],
    ['glue', '<h2>Head</h2><pre>code\n  indented</pre>', 'Headcode\n  indented'],
    ['paragraphs', '<h1>A</h1><p>b</p><p>c &lt;d&gt;</p>', 'A\n\nb\n\nc <d>'],
    [
      'a picture elsewhere',
      '<action-text-attachment content-type="image/png" url="x"></action-text-attachment>',
      '[Image]',
    ],
  ])('%s', (_, html, plain) => {
    const { camp, ada, talk } = settle()
    camp.says(ada, talk, { html })
    expect(camp.messagesIn(talk)[0]?.plain).toBe(plain)
  })

  it('loses its own name, also out of another', async () => {
    const { camp, ada, sent } = settle()
    const al = camp.addBot('Al', { webhook: 'https://al/hook' })
    await camp.says(ada, camp.addDirect([ada, al]), { text: '@Al is @Alice here?' }).delivered
    expect(sent[0]?.payload.message.body.plain).toBe('is ice here?')
  })
})

describe('the screen', () => {
  it.each([
    ['Hello <T> 5 < 6 and the rest', 'Hello '],
    ['<p>a <table><tr><td>b</td></tr></table> c</p>', '<p>a </p> c<p></p>'],
    ['<s>gone</s><del>stays</del><u>gone</u><img src=x>', '<del>stays</del>'],
    ['<b style="x" onclick="y" title="t">z</b><!-- c -->', '<b title="t">z</b>'],
    ['<a href="java\nscript:x">a</a><a href="/rooms/1">b</a>', '<a>a</a><a href="/rooms/1">b</a>'],
    ['<figure>in <figcaption>fig</figcaption></figure>', 'in fig'],
    ['see www.a.com.', 'see <a href="http://www.a.com" target="_blank">www.a.com</a>.'],
    ['5 &lt; 6 &amp; 7', '5 &lt; 6 &amp; 7'],
    ['/play tada', '<span class="sound">🔊 tada</span>'],
    ['<pre class="language-sql">a  b</pre>', '<pre class="language-sql">a  b</pre>'],
  ])('of %s', (html, seen) => {
    const { camp } = settle()
    expect(camp.screen({ html, file: null })).toBe(seen)
  })

  it('shows who is mentioned, even by a chip that was never signed', () => {
    const { camp, david } = settle()
    const html = `<div>${chipOf(david).replace(/--\w{40}/, '--0')} hi</div>`
    expect(camp.screen({ html, file: null })).toBe(
      '<div><div class="mention">@David</div> hi</div>',
    )
  })
})

it('rings phones in directs and for mentions', () => {
  const { camp, ada, david, robo, talk } = settle()
  camp.says(ada, talk, { text: 'all quiet' })
  camp.says(ada, talk, { text: 'hey', mentions: [david, robo] })
  camp.says(david, camp.addDirect([ada, david]), { text: 'psst' })
  expect(camp.notifications).toEqual([
    { who: 2, messageId: 2 },
    { who: 1, messageId: 3 },
  ])
})

it('quotes what a reply is to, without waking whom the quote names', async () => {
  const { camp, ada, david, robo, talk, sent } = settle()
  const { message } = camp.says(david, talk, { text: 'ask @Robo', mentions: [robo] })
  await camp.settled()
  await camp.says(ada, talk, { text: 'why?', replyTo: message.id }).delivered
  expect(sent).toHaveLength(1)
  expect(camp.messagesIn(talk)[1]?.html).toBe(
    '<blockquote><div>ask @Robo</div></blockquote>' +
      '<cite>David <a href="https://chat.example.com/rooms/1/@1">#</a></cite><br>why?',
  )
})

it('comes back from what was saved', async () => {
  const { camp, ada, direct, talk } = settle()
  const file = { name: 'a.bin', type: 'application/octet-stream', bytes: new Uint8Array([0, 255]) }
  camp.says(ada, direct, { file })
  camp.boostAsPerson(ada, camp.says(ada, talk, { text: 'hi' }).message, '👍')
  camp.deleteMessage(2)

  const saved = JSON.parse(JSON.stringify(camp))
  const again = Campground.from(saved, { origin: camp.origin, dialect: 'rails' })
  expect(again.toJSON()).toEqual(camp.toJSON())
  expect(again.messagesIn(direct)).toEqual(camp.messagesIn(direct))
  expect(again.says(ada, talk, { text: 'next' }).message.id).toBe(3)
})
