import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  chip,
  deep,
  encoded,
  FIELDS,
  flat,
  inPieces,
  KEY,
  nested,
  ours,
  put,
  said,
  spoiled,
  text,
  WORD,
} from '../support/bad-input.ts'
import { checkAll, idsIn, post, SECRET, useLog } from '../support/bad-requests.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const logged = useLog()

describe('a delivery of any kind', () => {
  const nasty = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(...[0, -0, -1, 1.5, 2 ** 53, 1e300, null, true, '', ' ', [], {}, [[]], WORD]),
    fc.constantFrom(
      '\0',
      '\ud83d',
      '\udc00x',
      '\ufeff',
      '\u202e',
      'x'.repeat(5_000),
      '../..',
      '%00',
    ),
    fc.constantFrom(
      '1',
      '01',
      '1e3',
      'null',
      `/rooms/1/${KEY}/messages`,
      '__proto__',
      'constructor',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.integer({ min: 1, max: 1_000 }).map((depth) => nested(depth)),
  )
  /** What comes in, with something else in the place of any of its fields, or beside them. */
  const payloads = fc
    .tuple(
      fc.constantFrom(ours(), flat(), { ...flat(), content: undefined, message: ours().message }),
      fc.array(fc.tuple(fc.constantFrom(...FIELDS()), nasty), { minLength: 1, maxLength: 3 }),
    )
    .map(([payload, changes]) =>
      changes.reduce<unknown>((whole, [path, value]) => put(whole, path, value), payload),
    )
  const addresses = fc.constantFrom('', '/assistant', `?secret=${SECRET}`, '/analyst')

  it('is taken or refused, and the room never hears of it', async () => {
    const statuses = new Set<number>()
    await checkAll(fc.tuple(payloads, addresses), 300, async ([payload, address]) => {
      const status = await post(
        `/webhook${address}`,
        JSON.stringify(payload) ?? '',
        guarded(address),
      )
      statuses.add(status)
    })
    expect([...statuses].toSorted()).toEqual([204, 400, 401])
    await takesOneMoreOnce()
  })

  it('may be any bytes at all', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.nat(400), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(spoiled),
    )
    await checkAll(bytes, 150, async (body) => {
      expect([204, 400, 401]).toContain(await post('/webhook', body))
    })
    await takesOneMoreOnce()
  })

  it.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
    ['100 000 brackets', '['.repeat(100_000), 400],
    ['a message 100 000 levels deep', text({ message: 0 }).replace('0}', `${deep(100_000)}}`), 400],
    [
      'a field of tomorrow 100 000 levels deep',
      text({ x: 0 }).replace('"x":0', `"x":${deep(100_000)}`),
      204,
    ],
    ['numbers without end', text({ x: 0 }).replace('"id":900', '"id":1e999'), 400],
    ['an id of 400 digits', text({}).replace('"id":900', `"id":${'9'.repeat(400)}`), 400],
    ['the prototype of a room', `{"room":{"__proto__":{"path":"/rooms/1/${KEY}/messages"}}}`, 400],
    ['a prototype beside the rest', text({}).replace('{', '{"__proto__":{"type":"action"},'), 204],
    ['a constructor', text({}).replace('{', '{"constructor":{"prototype":null},'), 204],
    ['the same key twice', text({}).replace('"id":900', '"id":"x","id":900'), 204],
    ['a byte order mark', `\ufeff${text({})}`, 204],
    [
      'UTF-16',
      new Uint8Array(new Uint16Array([...text({})].map((c) => c.charCodeAt(0))).buffer),
      400,
    ],
    ['a form', `payload=${encodeURIComponent(text({}))}`, 400],
    ['two messages', text({}) + text({}), 400],
    ['a list of messages', `[${text({})}]`, 400],
    ['single quotes', text({}).replaceAll('"', "'"), 400],
  ])('may be %s', async (_, body, status) => {
    expect(await post('/webhook', body)).toBe(status)
    await takesOneMoreOnce()
  })

  it.each([
    ['gzip', 'application/json'],
    ['br, gzip', 'text/html'],
    ['nonsense', 'multipart/form-data; boundary=x'],
    ['', 'application/x-www-form-urlencoded'],
    ['identity', ''],
    ['gzip', 'nonsense;;;='],
  ])('may say that it is %j of %j, which nobody believes', async (encoding, type) => {
    const headers = { 'content-encoding': encoding, 'content-type': type, 'content-length': '7' }
    expect(await post('/webhook', text({}), {}, headers)).toBe(204)
    expect(await idsIn(world)).toEqual([900])
  })

  it('may be packed, which Campfire never does', async () => {
    const packed = new Blob([text({})]).stream().pipeThrough(new CompressionStream('gzip'))
    const body = new Uint8Array(await new Response(packed).arrayBuffer())
    expect(await post('/webhook', body, {}, { 'content-encoding': 'gzip' })).toBe(400)
  })

  it.each<[string, Shape]>([
    ['the name of a person', (big) => text({ user: { id: 1, name: big } })],
    ['the name of a room', (big) => text({ room: { ...ours().room, name: big } })],
    ['words', (big) => said({ html: null, plain: `hi ${big}` }).replace('"html":null,', '')],
    ['HTML', (big) => said({ html: `<div>${big}</div>`, plain: '' })],
    ['the name of a file', (big) => said({ html: null, plain: big })],
    [
      'a quote',
      (big) => said({ html: `<blockquote>${big}</blockquote><cite>Ann</cite>hi`, plain: '' }),
    ],
    [
      'who is quoted',
      (big) => said({ html: `<blockquote>a</blockquote><cite>${big}</cite>hi`, plain: '' }),
    ],
    ['a chip', (big) => said({ html: `<div>${chip('8', big)} hi</div>`, plain: '' })],
    [
      'the signature of a chip',
      (big) => said({ html: `<div>${chip('8', 'Ann', big)} hi</div>`, plain: '' }),
    ],
  ])('may have almost 1 MB that is no UTF-8 in %s, and is answered', async (_, shape) => {
    // Each byte becomes a character of three bytes, and a row of SQLite takes 2 MB.
    const [before = '', after = ''] = shape('BIG').split('BIG')
    const bytes = [encoded(before), new Uint8Array(1_000_000).fill(0xff), encoded(after)]
    expect(await post('/webhook', await new Blob(bytes).bytes())).toBe(204)
    for (const row of await rowSizes()) expect(row.bytes).toBeLessThan(2_000_000)

    await answers()
    vi.setSystemTime(Date.now() + 1_000)
    await world.rings()
    // Below the answer to a file it says how to show it.
    expect(world.answers()).toEqual([expect.stringMatching(/^Hello\.(\n|$)/)])
  })

  it('may quote so deeply that its lines are forty times as long', async () => {
    const html = '<blockquote>'.repeat(28) + 'a<br>'.repeat(50_000)
    expect(await post('/webhook', said({ html, plain: '' }))).toBe(204)
    for (const row of await rowSizes()) expect(row.bytes).toBeLessThan(2_000_000)
    await answers()
    await world.rings()
    expect(world.answers()).toEqual(['Hello.'])
  })

  it('may mention users whose numbers are none', async () => {
    const ids = ['9007199254740993', '0', '1e3', '-1', '', '9'.repeat(400)]
    const html = `<div>${ids.map((id) => chip(id, 'Ann')).join('')} hi</div>`
    expect(await post('/webhook', said({ html, plain: '' }))).toBe(204)
    expect(await world.rows('SELECT id FROM people ORDER BY id')).toEqual([{ id: 1 }])
    expect(logged).toEqual([])
  })

  it('may come in pieces, cut wherever', async () => {
    const body = encoded(text({}).replace('hello', 'grüße 🙂'))
    const cuts = fc.array(fc.nat(body.length), { maxLength: 8 })
    let id = 1_000
    await checkAll(cuts, 30, async (places) => {
      const whole = new TextDecoder().decode(body).replace('900', String(++id))
      expect(await post('/webhook', inPieces(encoded(whole), places))).toBe(204)
    })
    const rows = await world.rows('SELECT DISTINCT text FROM messages')
    expect(rows).toEqual([{ text: `${WORD} grüße 🙂` }])
  })

  it('may break off, and is no failure of ours', async () => {
    const body = encoded(text({}))
    for (const length of [0, 1, 50, body.length - 1, body.length]) {
      const broken = new ReadableStream({
        start: (controller) => controller.enqueue(body.slice(0, length)),
        pull: (controller) => controller.error(new TypeError(`Network connection lost: ${WORD}`)),
      })
      expect(await post('/webhook', broken)).toBe(400)
    }
    expect(logged.filter((line) => line.includes('failed'))).toEqual([])
    expect(await idsIn(world)).toEqual([])
  })
})

type Shape = (big: string) => string

function guarded(address: string) {
  return address.includes('secret') ? { WEBHOOK_SECRET: SECRET } : {}
}

async function answers() {
  world.model.says('Hello.')
  await world.rings()
}

/** What is good is taken, and once, whatever came before it. */
async function takesOneMoreOnce() {
  const room = { id: 2, name: 'Office', path: `/rooms/2/${KEY}/messages` }
  const statuses = [await post('/webhook', text({ room })), await post('/webhook', text({ room }))]
  expect(statuses).toEqual([204, 204])

  world.model.says('Hello.')
  await world.rings(world.office)
  expect(world.answers(world.office)).toEqual(['Hello.'])
  expect(await idsIn(world, world.office)).toEqual([900])
}

/** A row of SQLite takes 2 MB on the network, and more on this machine. */
async function rowSizes() {
  const bytesOf = (...columns: string[]) =>
    columns.map((column) => `coalesce(length(CAST(${column} AS BLOB)), 0)`).join(' + ')
  return await world.rows(`
    SELECT ${bytesOf('text', 'name', 'file', 'quote')} AS bytes FROM messages
    UNION ALL SELECT ${bytesOf('name', 'sgid')} FROM people
    UNION ALL SELECT ${bytesOf('value')} FROM facts`)
}
