import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { type Pace, rehearsal } from './rehearsal.ts'

/** For Node: the rehearsal at an address. Port 0 takes a free one. */
export async function serveRehearsal(port = 0, pace: Pace = {}) {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing, pace))
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  const address = server.address()
  const at = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${at}`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Of the line, and nobody's behind it. */
const HOP = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding'])

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, pace: Pace) {
  const hangUp = new AbortController()
  outgoing.on('close', () => hangUp.abort())
  try {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = 'GET', url = '/', headers } = incoming
    const body = method === 'POST' ? { body: Buffer.concat(chunks) } : {}
    const told = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || HOP.has(name) ? [] : [[name, String(value)]],
    )
    const request = new Request(`http://rehearsal${url}`, {
      method,
      ...body,
      headers: told,
      signal: hangUp.signal,
    })
    const response = await rehearsal(request, pace)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (response.body) for await (const chunk of Readable.from(response.body)) outgoing.write(chunk)
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}
