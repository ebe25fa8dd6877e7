import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDelivery } from '../../src/campfire/delivery.ts'

const KEY = '3-cd6ab8c89156'
const CHIP =
  '<action-text-attachment sgid="eyJf--eda5" content-type="application/vnd.campfire.mention">'

const watercooler = { id: 1, name: 'All Talk', path: `/rooms/1/${KEY}/messages` }
const direct = { id: 2, name: null, path: `/rooms/2/${KEY}/messages` }

/** What Campfire posts when Ada says something, as captured; changed where a test says so. */
function campfireSays(changes: object = {}) {
  return {
    user: { id: 1, name: 'Ada Admin' },
    room: watercooler,
    message: { id: 7, body: { html: '<div>hello</div>', plain: 'hello' }, path: '/rooms/1/@7' },
    ...changes,
  }
}

function message(body: object, id: unknown = 7) {
  return { message: { id, body, path: '/rooms/1/@7' } }
}

function read(json: unknown) {
  const reading = readDelivery(json)
  if (!reading.ok) throw new Error(`${reading.field} is wrong`)
  return reading.delivery
}

describe('what Campfire posts', () => {
  it('becomes one delivery', () => {
    expect(read(campfireSays())).toEqual({
      key: KEY,
      type: null,
      room: { id: 1, name: 'All Talk', direct: false },
      author: { id: 1, name: 'Ada Admin' },
      message: { id: 7, html: '<div>hello</div>', plain: 'hello', file: null },
    })
  })

  it.each([
    ['a mention from trix', watercooler, `<div>${CHIP}</div>`, 'hello, how are you?', null],
    ['a mention from lexxy', watercooler, `<p>${CHIP} hello</p>`, 'hello again', null],
    ['another bot beside us', watercooler, `<div>${CHIP}${CHIP}</div>`, '@Other Bot both', null],
    ['only a mention', watercooler, `<div>${CHIP}</div>`, '', null],
    ['a mention in a direct', direct, `<div>${CHIP}</div>`, 'a private word', null],
    ['formatted text', direct, '<div>Some <strong>bold</strong></div>', 'Some bold', null],
    ['special characters', direct, '<div>quote " less &lt; 🙂</div>', 'quote " less < 🙂', null],
    ['two lines', direct, '<div>line one<br />line two</div>', 'line one\nline two', null],
    ['a sound', direct, '<div>/play tada</div>', '/play tada', null],
    ['a file from Rails', direct, null, 'report.pdf', 'report.pdf'],
    ['a file from the Express port', direct, '', 'pixel.png', 'pixel.png'],
  ])('reads %s', (_, room, html, plain, file) => {
    const delivery = read(campfireSays({ room, ...message({ html, plain }) }))

    expect(delivery.key).toBe(KEY)
    expect(delivery.room.direct).toBe(room === direct)
    expect(delivery.message).toEqual({ id: 7, html: html || null, plain, file })
  })

  it.each([
    ['no room name', { room: { id: 1, path: watercooler.path } }, { room: { direct: true } }],
    ['no user name', { user: { id: 1 } }, { author: { id: 1, name: null } }],
    ['no plain', message({ html: '<p>hi</p>' }), { message: { html: '<p>hi</p>', plain: '' } }],
    [
      'no html, which is no file',
      message({ plain: 'hi' }),
      { message: { html: null, file: null } },
    ],
    ['fields of tomorrow', { card: { x: [] }, type: 'message' }, { type: 'message' }],
    ['NULs', message({ html: 'a\0b', plain: '\0' }), { message: { html: 'ab', plain: '' } }],
    ['half a surrogate', message({ plain: 'a\ud83d' }), { message: { plain: 'a\ufffd' } }],
  ])('takes %s', (_, changes, expected) => {
    expect(read(campfireSays(changes))).toMatchObject(expected)
  })

  it('of another type is read as far as it takes to ignore it', () => {
    const click = { type: 'action', room: watercooler, id: 4, action: { value: 'yes' } }
    expect(read(click)).toMatchObject({ key: KEY, type: 'action', room: { id: 1 } })
    expect(read({ type: 'action' })).toMatchObject({ key: null, type: 'action' })
  })

  it.each([
    ['payload', null],
    ['payload', [campfireSays()]],
    ['type', campfireSays({ type: 5 })],
    ['user', campfireSays({ user: undefined })],
    ['user.id', campfireSays({ user: { id: '1', name: 'Ada' } })],
    ['user.id', campfireSays({ user: { id: 1.5 } })],
    ['user.name', campfireSays({ user: { id: 1, name: {} } })],
    ['room.id', campfireSays({ room: { ...watercooler, id: 0 } })],
    ['room.id', campfireSays({ room: { ...watercooler, id: 2 ** 53 } })],
    ['room.path', campfireSays({ room: { ...watercooler, id: 2 } })],
    ['message.id', campfireSays(message({ plain: 'hi' }, -1))],
    ['message.id', campfireSays(message({ plain: 'hi' }, null))],
    ['message.body', campfireSays({ message: { id: 7 } })],
    ['message.body.plain', campfireSays(message({ html: null }))],
    ['message.body.plain', campfireSays(message({ html: '', plain: 5 }))],
    ['room.path', { type: 'action', room: { id: 1, path: '/rooms/1/messages' } }],
  ])('is refused naming %s', (field, json) => {
    expect(readDelivery(json)).toEqual({ ok: false, field })
  })

  it.each([
    null,
    '',
    `/rooms/01/${KEY}/messages`,
    `/rooms/1/${KEY}/messages/`,
    `/rooms/1/${KEY}/messages\n`,
    `/rooms/1/${KEY}/../2/messages`,
    `x/rooms/1/${KEY}/messages`,
    '/rooms/1/3-/messages',
    '/rooms/1/3-a%20b/messages',
    '/rooms/1/-abc/messages',
  ])('is refused with the path %j', (path) => {
    const json = campfireSays({ room: { ...watercooler, path } })
    expect(readDelivery(json)).toEqual({ ok: false, field: 'room.path' })
  })
})

describe('the flat shape', () => {
  const flat = { creator: { id: 1, name: 'Test' }, room: { id: 1, name: 'Test Room' } }

  it('becomes the same delivery, without a key and never direct', () => {
    expect(read({ ...flat, content: 'hello' })).toEqual({
      key: null,
      type: null,
      room: { id: 1, name: 'Test Room', direct: false },
      author: { id: 1, name: 'Test' },
      message: { id: null, html: null, plain: 'hello', file: null },
    })
    expect(read({ ...flat, room: { id: 1 }, content: 'hello' }).room.direct).toBe(false)
  })

  it.each([
    [
      { content: 'hi', message: { id: 7 } },
      { id: 7, plain: 'hi' },
    ],
    [{ message: 'hi' }, { id: null, plain: 'hi' }],
    [{ message: { id: 7, content: 'hi' } }, { id: 7, plain: 'hi' }],
    [{ message: { plain: 'hi' } }, { plain: 'hi' }],
    [{ message: { body: 'hi' } }, { plain: 'hi', html: null }],
    [{ message: { body: { plain: 'hi' } } }, { plain: 'hi', file: null }],
    [{ message: { body: { html: '<p>hi</p>' } } }, { plain: '', html: '<p>hi</p>' }],
    [{ content: 'hi', message: { body: { html: '<p>hi</p>' } } }, { html: '<p>hi</p>' }],
    [{ message: { body: { html: null, plain: 'a.pdf' } } }, { plain: 'a.pdf', file: 'a.pdf' }],
    [
      { content: 'hi', message: { body: { html: null } } },
      { plain: 'hi', file: null },
    ],
  ])('reads %j', (said, expected) => {
    expect(read({ ...flat, ...said }).message).toMatchObject(expected)
  })

  it('takes its author from user too', () => {
    const { creator, ...rest } = flat
    expect(read({ ...rest, user: creator, content: 'hi' }).author).toEqual(creator)
  })

  it.each([
    ['creator', { room: flat.room, content: 'hi' }],
    ['creator.id', { ...flat, creator: { id: '1' }, content: 'hi' }],
    ['room', { creator: flat.creator, content: 'hi' }],
    ['room', { ...flat, room: 'Test Room', content: 'hi' }],
    ['room.id', { ...flat, room: { name: 'Test Room' }, content: 'hi' }],
    ['message.id', { ...flat, content: 'hi', message: { id: '7' } }],
    ['message', { ...flat, message: 7 }],
    ['content', flat],
    ['content', { ...flat, message: {} }],
    ['content', { ...flat, content: 7 }],
  ])('is refused naming %s', (field, json) => {
    expect(readDelivery(json)).toEqual({ ok: false, field })
  })
})

it('never throws, whatever is posted', () => {
  const parts = fc.record(
    {
      type: fc.jsonValue(),
      user: fc.jsonValue(),
      creator: fc.jsonValue(),
      room: fc.oneof(
        fc.jsonValue(),
        fc.record({ path: fc.constantFrom(watercooler.path, null, 5), id: fc.jsonValue() }),
      ),
      content: fc.jsonValue(),
      message: fc.oneof(fc.jsonValue(), fc.record({ id: fc.nat(), body: fc.jsonValue() })),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), parts), (json) => {
      const reading = readDelivery(json)
      expect(reading.ok ? reading.delivery.message.plain : reading.field).toBeTypeOf('string')
    }),
  )
})
