import type { Client, ConnectOptions } from '@modelcontextprotocol/client'
import { inTime } from '../../clock.ts'
import type { Server } from './server.ts'

/** Bytes of all that one use of a server may answer. */
const MOST_BYTES = 2_000_000
/** Nobody lists so much in good faith. */
const MOST_PAGES = 5

export interface Line {
  fetch: typeof fetch
  /** The server's token. Null: it takes none. */
  token: string | null
  /** As it was spoken to before: that saves a request or two. */
  prior: unknown
  signal: AbortSignal
  /** In ms. */
  timeout: number
}

export interface Connected {
  client: Client
  options: { signal: AbortSignal; timeout: number; maxTotalTimeout: number }
  /** For the next time. */
  prior(): unknown
}

/** Something at that address would have none of it, or nothing is there: what was to be done was not. */
export class Unreached extends Error {
  override name = 'Unreached'
}

/** It does not take our token, or wants one: nothing was done. */
export class Refused extends Unreached {
  override name = 'Refused'
}

/**
 * Speaks to a server by the official client, once: nothing of it outlives what it is for. No stream stays open, no
 * redirect is followed, nothing but its own address is asked, and nothing that it asks of us is answered.
 */
export async function connected<T>(
  server: Server,
  line: Line,
  work: (connected: Connected) => Promise<T>,
): Promise<T> {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client')
  const { token, timeout, prior } = line
  const limit = new AbortController()
  const signal = AbortSignal.any([line.signal, limit.signal])
  const options = { signal, timeout, maxTotalTimeout: timeout }
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: boundedFetch(server, { ...line, signal }, limit),
    requestInit: { headers: token ? { authorization: `Bearer ${token}` } : {} },
    reconnectionOptions: NEVER_AGAIN,
  })
  const client = new Client(
    { name: 'firekeeper', version: '1' },
    { versionNegotiation: { mode: 'auto' }, listMaxPages: MOST_PAGES },
  )
  try {
    const known = prior as NonNullable<ConnectOptions['prior']>
    await client.connect(transport, { ...options, ...(prior ? { prior: known } : {}) })
  } catch (error) {
    await client.close().catch(() => {})
    const refused = refusalIn(error)
    if (refused) throw refused
    throw new Unreached(`${server.name} cannot be reached just now. Nothing was done.`, {
      cause: error,
    })
  }
  try {
    return await work({ client, options, prior: () => priorOf(client) })
  } finally {
    // Nobody waits for that, and a server that does not hear of it forgets us in its own time.
    if (transport.sessionId) void leave(transport).finally(() => client.close().catch(() => {}))
    else await client.close().catch(() => {})
  }
}

/** The client may have wrapped it. */
export function refusalIn(error: unknown): Refused | null {
  if (error instanceof Refused) return error
  return error instanceof Error && error.cause ? refusalIn(error.cause) : null
}

async function leave(transport: { terminateSession(): Promise<void> }) {
  await inTime(transport.terminateSession(), LEAVES_WITHIN).catch(() => {})
}

const LEAVES_WITHIN = 2_000

const NEVER_AGAIN = {
  maxRetries: 0,
  initialReconnectionDelay: 1_000,
  maxReconnectionDelay: 1_000,
  reconnectionDelayGrowFactor: 1,
}

function priorOf(client: Client) {
  const discover = client.getDiscoverResult()
  return discover ? { kind: 'modern', discover } : { kind: 'legacy' }
}

function boundedFetch(
  { url, name }: Server,
  line: Pick<Line, 'fetch' | 'signal'>,
  limit: AbortController,
): typeof fetch {
  let left = MOST_BYTES
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    if (address !== new URL(url).href) throw new Unreached(`${name} wants us to ask elsewhere.`)
    // The stream on which a server could speak whenever it likes: we do not listen.
    if ((init?.method ?? 'GET') === 'GET') return new Response(null, { status: 405 })
    const signal = AbortSignal.any([line.signal, init?.signal ?? line.signal])
    const answer = await line.fetch(address, { ...init, redirect: 'manual', signal })
    // Some runtimes hide what it was: then it has no status.
    if (answer.status < 200 || (answer.status >= 300 && answer.status < 400)) {
      await answer.body?.cancel()
      throw new Unreached(`${name} sends us elsewhere, where we do not go. Nothing was done.`)
    }
    if (answer.status === 401) {
      await answer.body?.cancel()
      throw new Refused(`${name} does not let us in (401). Nothing was done.`)
    }
    return answer.body ? new Response(answer.body.pipeThrough(counting()), answer) : answer
  }

  function counting() {
    return new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.byteLength
        if (left >= 0) return controller.enqueue(chunk)
        limit.abort(new Error(`${name} answers without end.`))
        controller.error(limit.signal.reason)
      },
    })
  }
}
