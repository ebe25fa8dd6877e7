import type { World } from './world.ts'

export interface Offer {
  name: string
  description?: string
  inputSchema?: unknown
  annotations?: { [hint: string]: unknown }
}

type Call = (input: Record<string, unknown>, request: Request) => unknown

/** Somebody else's server, as of the revision of 2025: each request is a POST, and each answer JSON or one event. */
export class McpServer {
  readonly url: string
  offers: Offer[] = []
  /** What was used of it, in order, with its input. */
  readonly used: [string, unknown][] = []
  /** Every method that was asked for. */
  readonly asked: string[] = []
  /** Who came without the token: nobody. */
  token: string | null = null
  /** Gives each who comes a session, and expects them to end it. */
  session: string | null = null
  /** Stands in for it: null where it has nothing to say to that. */
  instead: ((method: string, message: Message | null) => Promise<Response | null>) | null = null
  /** Of the newest request. */
  lastId: number | string = 0
  #calls = new Map<string, Call>()

  constructor(world: Pick<World, 'elsewhere'>, origin = 'https://mcp.example.com') {
    this.url = `${origin}/mcp`
    world.elsewhere.set(origin, (request) => this.#handle(request))
  }

  offer(offer: string | Offer, call: Call = () => 'Done.') {
    const whole = typeof offer === 'string' ? { name: offer } : offer
    this.offers = [...this.offers.filter(({ name }) => name !== whole.name), whole]
    this.#calls.set(whole.name, call)
    return this
  }

  async #handle(request: Request) {
    const body = request.method === 'POST' ? await request.json<Message>() : null
    const method = body?.method ?? request.method
    this.asked.push(method)
    const other = await this.instead?.(method, body)
    if (other) return other
    if (this.token && request.headers.get('authorization') !== `Bearer ${this.token}`)
      return new Response(null, { status: 401 })
    if (!body) return new Response(null, { status: request.method === 'DELETE' ? 204 : 405 })
    if (body.id === undefined) return new Response(null, { status: 202 })
    this.lastId = body.id
    return await this.#answer(body, request)
  }

  async #answer({ id, method, params }: Message, request: Request) {
    const headers: Record<string, string> = this.session ? { 'mcp-session-id': this.session } : {}
    const answer = (result: object) => Response.json({ jsonrpc: '2.0', id, result }, { headers })
    switch (method) {
      case 'initialize':
        return answer({
          protocolVersion: '2025-06-18',
          capabilities: { tools: {} },
          serverInfo: { name: 'tracker', version: '1' },
        })
      case 'tools/list':
        return answer({
          tools: this.offers.map((offer) => ({ inputSchema: { type: 'object' }, ...offer })),
        })
      case 'tools/call': {
        const { name = '', arguments: input = {} } = params ?? {}
        this.used.push([name, input])
        const said = await this.#calls.get(name)?.(input, request)
        if (said instanceof Response) return said
        const content = [{ type: 'text', text: said }]
        return answer(typeof said === 'string' ? { content } : ((said ?? {}) as object))
      }
      default: {
        const error = { code: -32_601, message: 'Method not found' }
        return Response.json({ jsonrpc: '2.0', id, error }, { status: 200 })
      }
    }
  }
}

export interface Message {
  id?: number | string
  method: string
  params?: { name?: string; arguments?: Record<string, unknown> }
}
