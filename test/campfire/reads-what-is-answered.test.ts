import { describe, expect, it } from 'vitest'
import { answer, BOOST, KEY, listed, network, ROOM } from './network.ts'

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
