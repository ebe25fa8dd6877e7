import type { McpServer } from './mcp.ts'
import type { World } from './world.ts'

type Fields = Record<string, string>

interface Client {
  redirect_uris: string[]
  secret: string | null
}

interface Issued {
  client: string
  resource: string
  refresh: string
}

/**
 * Who gives out tokens for somebody else's server, as strict as RFC 8414, 7591, 7636, 8707 and 9207 let it be: a refresh
 * token that comes a second time ends all that came of it.
 */
export class AuthServer {
  readonly issuer: string
  readonly clients = new Map<string, Client>()
  /** Access tokens that hold. */
  readonly tokens = new Map<string, Issued>()
  /** All that was ever given out: nobody may find it anywhere. */
  readonly secrets: string[] = []
  refreshes = 0
  /** What it says of itself, told otherwise. */
  told: Record<string, unknown> = {}
  /** What the server says of itself. */
  resource: Record<string, unknown> = {}
  /** Stands in for it: null where it has nothing to say to that. */
  instead: ((request: Request) => Promise<Response | null>) | null = null
  lasts = 3_600
  readonly paths: string[] = []
  #codes = new Map<string, Fields>()
  #number = 0

  constructor(
    world: Pick<World, 'elsewhere'>,
    server: McpServer,
    issuer = 'https://auth.example.com',
  ) {
    this.issuer = issuer
    const { origin, pathname } = new URL(server.url)
    const serve = world.elsewhere.get(origin)
    world.elsewhere.set(origin, async (request) => {
      const { pathname: path } = new URL(request.url)
      if (path === `/.well-known/oauth-protected-resource${pathname}`)
        return Response.json({
          resource: server.url,
          authorization_servers: [issuer],
          scopes_supported: ['tools'],
          ...this.resource,
        })
      if (path !== pathname) return new Response(null, { status: 404 })
      const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
      const isIn = this.tokens.get(token ?? '')?.resource === server.url
      if (isIn && serve) return await serve(request)
      const where = `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource${pathname}"`
      return new Response(null, { status: 401, headers: { 'www-authenticate': where } })
    })
    world.elsewhere.set(issuer, (request) => this.#handle(request))
  }

  /** What a person does in a browser that was sent there: yes. Where it sends them back to. */
  allows(location: string) {
    const { origin, pathname, searchParams } = new URL(location)
    const asked: Fields = Object.fromEntries(searchParams)
    const { client_id = '', redirect_uri = '', state = '' } = asked
    if (origin + pathname !== `${this.issuer}/authorize`) throw new Error(`Sent to ${location}`)
    if (!this.clients.get(client_id)?.redirect_uris.includes(redirect_uri))
      throw new Error('No such client')
    if (asked.response_type !== 'code' || asked.code_challenge_method !== 'S256')
      throw new Error('Not as OAuth 2.1 wants it')
    if (!/^[\w-]{43}$/.test(asked.code_challenge ?? '') || state.length < 32)
      throw new Error('Too short')
    const code = this.#secret('code')
    this.#codes.set(code, asked)
    const back = new URL(redirect_uri)
    back.search = String(new URLSearchParams({ code, state, iss: this.issuer }))
    return back
  }

  /** What was given out holds no more. */
  endsAll() {
    this.tokens.clear()
  }

  async #handle(request: Request) {
    const { pathname } = new URL(request.url)
    this.paths.push(pathname)
    const other = await this.instead?.(request)
    if (other) return other
    switch (`${request.method} ${pathname}`) {
      case 'GET /.well-known/oauth-authorization-server':
        return Response.json(this.#metadata())
      case 'POST /register':
        return this.#register(await request.json())
      case 'POST /token':
        return await this.#token(Object.fromEntries(await fieldsIn(request)))
      case 'POST /revoke':
        return this.#revoke((await fieldsIn(request)).get('token'))
      default:
        return new Response(null, { status: 404 })
    }
  }

  #metadata() {
    const at = (path: string) => `${this.issuer}/${path}`
    return {
      issuer: this.issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('token'),
      registration_endpoint: at('register'),
      revocation_endpoint: at('revoke'),
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
      ...this.told,
    }
  }

  #register({ redirect_uris }: Client) {
    const client_id = `client-${this.clients.size + 1}`
    this.clients.set(client_id, { redirect_uris, secret: null })
    return Response.json(
      { client_id, redirect_uris, token_endpoint_auth_method: 'none' },
      { status: 201 },
    )
  }

  async #token(fields: Fields) {
    const { client_id = '', client_secret = null, resource = '' } = fields
    const client = this.clients.get(client_id)
    if (!client || client.secret !== client_secret) return refused('invalid_client', 401)
    if (fields.grant_type === 'refresh_token') return this.#refresh(fields)
    const asked = this.#codes.get(fields.code ?? '')
    this.#codes.delete(fields.code ?? '')
    const isOf =
      asked?.client_id === client_id &&
      asked.redirect_uri === fields.redirect_uri &&
      asked.resource === resource &&
      asked.code_challenge === (await challengeOf(fields.code_verifier ?? ''))
    return isOf ? this.#issue(client_id, resource) : refused('invalid_grant')
  }

  #refresh({ client_id = '', refresh_token, resource = '' }: Fields) {
    this.refreshes++
    const [access] = [...this.tokens].find(([, one]) => one.refresh === refresh_token) ?? []
    const before = this.tokens.get(access ?? '')
    if (!access || before?.client !== client_id || before.resource !== resource) {
      this.tokens.clear()
      return refused('invalid_grant')
    }
    this.tokens.delete(access)
    return this.#issue(client_id, resource)
  }

  #issue(client: string, resource: string) {
    const access = this.#secret('access')
    const refresh = this.#secret('refresh')
    this.tokens.set(access, { client, resource, refresh })
    const token = { access_token: access, refresh_token: refresh, expires_in: this.lasts }
    return Response.json({ ...token, token_type: 'Bearer' })
  }

  #revoke(token: string | null) {
    for (const [access, { refresh }] of this.tokens)
      if (access === token || refresh === token) this.tokens.delete(access)
    return new Response(null, { status: 200 })
  }

  #secret(what: string) {
    const secret = `otter-${what}-${++this.#number}-${crypto.randomUUID()}`
    this.secrets.push(secret)
    return secret
  }
}

async function fieldsIn(request: Request) {
  return new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()))
}

function refused(error: string, status = 400) {
  return Response.json({ error }, { status })
}

async function challengeOf(verifier: string) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const text = btoa(String.fromCharCode(...new Uint8Array(hash)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
