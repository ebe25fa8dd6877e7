import { describe, expect, it } from 'vitest'
import { chipOf } from './composer.ts'
import { settle } from './settle.ts'

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
