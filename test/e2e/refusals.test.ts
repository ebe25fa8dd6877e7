import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Outside, useOutside } from './support.ts'

type Sent = [name: string, line: string, body: (world: Outside) => string, status: number]

const SENT: Sent[] = [
  ['a good delivery', 'POST /webhook', (world) => delivery({ key: world.key }), 204],
  ['the same again', 'POST /webhook', (world) => delivery({ key: world.key }), 204],
  ['what is no JSON', 'POST /webhook', () => '{"user":', 400],
  ['the wrong shape', 'POST /webhook', () => '[]', 400],
  ['nothing', 'POST /webhook', () => '', 400],
  ['a room that is no number', 'POST /webhook', () => delivery({ room: 'x' }), 400],
  ['a key that is not ours', 'POST /webhook', () => delivery({ key: '3-wrong' }), 401],
  ['no key', 'POST /webhook', () => flat(), 401],
  ['a bot that there is not', 'POST /webhook/zoidberg', (world) => delivery(world), 404],
  ['more than it can take', 'POST /webhook', long, 413],
  ['more than that for a bot that there is not', 'POST /webhook/zoidberg', long, 404],
  ['more than that at the wrong path', 'POST /', long, 404],
  ['a GET', 'GET /webhook', () => '', 404],
  ['a HEAD', 'HEAD /webhook', () => '', 404],
  ['a PUT', 'PUT /webhook/assistant', (world) => delivery(world), 404],
  ['a PATCH', 'PATCH /webhook', (world) => delivery(world), 404],
  ['a DELETE', 'DELETE /webhook', () => '', 404],
  ['an OPTIONS', 'OPTIONS /webhook', () => '', 404],
  ['the wrong path', 'POST /', (world) => delivery(world), 404],
  ['a longer path', 'POST /webhook/assistant/more', (world) => delivery(world), 404],
  ['a path that is none', 'POST /webhook/%E0%A4%A', (world) => delivery(world), 404],
  ['the way to /health', 'POST /health', (world) => delivery(world), 404],
  ['the way to an operator', 'POST /queue/stats', (world) => delivery(world), 404],
  ['the way to a room', 'POST /rooms/1/assistant', (world) => delivery(world), 404],
]

// Campfire posts into the room whatever has a content type. So this looks at the bytes, with
// everything that stands in front of our Worker.
describe('On the wire', () => {
  const outside = useOutside()
  beforeAll(async () => {
    outside().model.says('Hello.')
    await outside().isUp()
  })

  for (const [name, line, body, status] of SENT) {
    it(`answers ${name} with ${status} and nothing else`, async () => {
      const answer = await send(outside().port, line, body(outside()))
      expect(answer).toEqual({ status, type: undefined, body: '' })
    })
  }

  it('answers what is too long in chunks with 413 and nothing else', async () => {
    const chunk = 'x'.repeat(64 * 1024)
    const chunks = `${`${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(130)}0\r\n\r\n`
    const answer = await send(outside().port, 'POST /webhook', chunks, 'Transfer-Encoding: chunked')
    expect(answer).toEqual({ status: 413, type: undefined, body: '' })
  })

  it('answers in the room, and only there', async () => {
    await outside().isDone(1)
    expect(outside().posts).toEqual(['<p>Hello.</p>'])
  })

  it('answers also what a gateway has compressed on its way', async () => {
    outside().gateway = compressed
    outside().model.says('Squeezed, but whole.')
    await outside().asks('and now?')
    expect(outside().posts.at(-1)).toBe('<p>Squeezed, but whole.</p>')
  })
})

describe('On the wire, when its rooms cannot be made', () => {
  const outside = useOutside((vars) => ({ ...vars, CAMPFIRE_URL: '' }))
  beforeAll(() => outside().isUp())

  it('answers with 500 and nothing else', async () => {
    const { port, key } = outside()
    const answer = await send(port, 'POST /webhook', delivery({ key }))
    expect(answer).toEqual({ status: 500, type: undefined, body: '' })
  })
})

function delivery({ key = '3-7876b7cdc3d5', room = '1' }: { key?: string; room?: string }) {
  return JSON.stringify({
    user: { id: 1, name: 'David' },
    room: { id: Number(room) || room, name: 'Watercooler', path: `/rooms/${room}/${key}/messages` },
    message: { id: 12, body: { html: 'hello', plain: 'hello' }, path: `/rooms/${room}/@12` },
  })
}

function compressed({ status, headers, body }: Response) {
  const packed = new Headers(headers)
  packed.set('content-encoding', 'gzip')
  packed.delete('content-length')
  return new Response(body?.pipeThrough(new CompressionStream('gzip')), { status, headers: packed })
}

function long() {
  return 'x'.repeat(8 * 1024 * 1024 + 1)
}

function flat() {
  return JSON.stringify({ creator: { id: 1, name: 'David' }, room: { id: 1 }, content: 'hello' })
}

async function send(
  port: number,
  line: string,
  body: string,
  length = `Content-Length: ${Buffer.byteLength(body)}`,
) {
  const head = [`${line} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', length]
  const raw = await exchange(
    port,
    `${[...head, 'Content-Type: application/json'].join('\r\n')}\r\n\r\n${body}`,
  )
  const [top = '', ...rest] = raw.split('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(top)?.[1]),
    type: /^content-type:.*$/im.exec(top)?.[0],
    body: rest
      .join('\r\n\r\n')
      .replace(/^0\r\n/, '')
      .trim(),
  }
}

function exchange(port: number, request: string) {
  return new Promise<string>((done, fail) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    socket.on('end', () => socket.end())
    socket.on('close', () => (answer ? done(answer) : fail(new Error('There was no answer'))))
    socket.on('error', () => {}) // it may be closed before all is written
  })
}
