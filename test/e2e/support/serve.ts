import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

export type Handle = (request: Request) => Promise<Response>

/** For Node: whatever answers a request, at an address of this machine. */
export async function serve(handle: Handle) {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing, handle))
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, handle: Handle) {
  const hangUp = new AbortController()
  outgoing.on('close', () => hangUp.abort())
  try {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = 'GET', url = '/', headers } = incoming
    const request = new Request(`http://${headers.host}${url}`, {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      signal: hangUp.signal,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) }),
    })
    const response = await handle(request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (response.body) for await (const chunk of Readable.from(response.body)) outgoing.write(chunk)
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}
