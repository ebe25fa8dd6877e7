import { describe, expect, it } from 'vitest'
import { OFFER } from '../support/drop.ts'
import {
  ANALYST,
  flat,
  guarded,
  ours,
  post,
  SECRET,
  send,
  useDeliveries,
  WORD,
  words,
} from './deliveries.ts'

const { world, answersOnce, ids } = useDeliveries()

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
