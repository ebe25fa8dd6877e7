import type { AuthorizationServerMetadata } from '@modelcontextprotocol/client'
import * as z from 'zod'
import type { Server } from './server.ts'
import { checkPlace, type Line, strictFetch } from './sign-in/line.ts'
import { NoSignIn, SignedOut } from './sign-in/no-sign-in.ts'

export { NoSignIn, SignedOut }

// OAuth 2.1 as MCP has it, in the steps of the official client and not in its one `auth()`: that one writes into the
// console what a server answers, and nobody can tell what is in that.

const Metadata = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  response_types_supported: z.array(z.string()),
  registration_endpoint: z.string().optional(),
  revocation_endpoint: z.string().optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
})

/** Who we are there, and who gives out the tokens. */
const Party = z.object({
  server: z.string(),
  metadata: Metadata,
  client: z.looseObject({ client_id: z.string(), client_secret: z.string().optional() }),
  redirect: z.string(),
  /** What the tokens are for: no other server takes them. */
  resource: z.string(),
})
type Party = z.infer<typeof Party>

/** A sign-in that somebody has begun: what only we know of it. */
export const Begun = Party.extend({ verifier: z.string() })
export type Begun = z.infer<typeof Begun>

/** One that holds. */
export const Grant = Party.extend({
  access: z.string(),
  refresh: z.string().nullable(),
  /** When the token runs out, in ms since 1970. Null: nobody says. */
  expires: z.number().nullable(),
})
export type Grant = z.infer<typeof Grant>

interface Beginning extends Line {
  /** Where people come back to. */
  redirect: string
  /** Known to nobody but us and whoever signs in. */
  state: string
  /** As whom we are known there already. */
  known: Party | null
  /** Of a client that was made by hand. */
  secret: string | null
}

/** Where an operator goes to sign in, and what is to be kept until they are back. */
export async function beginSignIn(
  server: Server,
  { redirect, state, known, secret, ...line }: Beginning,
) {
  const { discoverOAuthServerInfo, startAuthorization } = await import(
    '@modelcontextprotocol/client'
  )
  const fetchFn = strictFetch(server, line)
  const { scope: asked, resourceMetadataUrl } = await challengeOf(server, fetchFn)
  const found = await inWords(() =>
    discoverOAuthServerInfo(server.url, {
      fetchFn,
      ...(resourceMetadataUrl && { resourceMetadataUrl }),
    }),
  )
  const { authorizationServerUrl: at, resourceMetadata } = found
  const metadata = readMetadata(found.authorizationServerMetadata, server, line)
  const resource = resourceMetadata?.resource ?? new URL(server.url).href
  if (!isOf(resource, server.url))
    throw new NoSignIn(`Its sign-in is for ${new URL(resource).host} and not for ${server.url}.`)
  const scope = scopeIn([asked, resourceMetadata?.scopes_supported?.join(' ')], metadata)
  const registering = { at, metadata, redirect, scope, fetchFn, known, secret }
  const client = await clientFor(server, registering)
  const { authorizationUrl, codeVerifier } = await inWords(() =>
    startAuthorization(at, {
      metadata: asTheirs(metadata),
      clientInformation: client,
      state,
      redirectUrl: redirect,
      resource,
      ...(scope && { scope }),
    }),
  )
  const begun: Begun = { server: at, metadata, client, redirect, resource, verifier: codeVerifier }
  return { location: authorizationUrl.href, begun }
}

/** Back again. Only the one by whom it was begun is asked for tokens. */
export async function finishSignIn(
  server: Server,
  { verifier, ...party }: Begun,
  { code, iss, ...line }: Line & { code: string; iss: string | null },
): Promise<Grant> {
  const { exchangeAuthorization } = await import('@modelcontextprotocol/client')
  const tokens = await inWords(() =>
    exchangeAuthorization(party.server, {
      metadata: asTheirs(party.metadata),
      clientInformation: party.client,
      authorizationCode: code,
      ...(iss !== null && { iss }),
      codeVerifier: verifier,
      redirectUri: party.redirect,
      resource: party.resource,
      fetchFn: strictFetch(server, line),
    }),
  )
  return grantOf(party, tokens, null)
}

/** `SignedOut`: they say themselves that it holds no more. Anything else that it throws may be over tomorrow. */
export async function refreshSignIn(server: Server, grant: Grant, line: Line): Promise<Grant> {
  const { OAuthError, refreshAuthorization } = await import('@modelcontextprotocol/client')
  const { access: _, refresh, expires: __, ...party } = grant
  if (refresh === null) throw new SignedOut('It cannot be renewed.')
  try {
    const tokens = await refreshAuthorization(party.server, {
      metadata: asTheirs(party.metadata),
      clientInformation: party.client,
      refreshToken: refresh,
      resource: party.resource,
      fetchFn: strictFetch(server, line),
    })
    return grantOf(party, tokens, refresh)
  } catch (error) {
    const isEnd = error instanceof OAuthError && ENDINGS.includes(error.code)
    throw isEnd ? new SignedOut(error.code) : error
  }
}

const ENDINGS = ['invalid_grant', 'invalid_client', 'unauthorized_client']

/** So that a copy of it is worth nothing either. Where they do not offer that, or fail, we have forgotten it anyway. */
export async function revokeSignIn(server: Server, grant: Grant, line: Line) {
  const { metadata, client, access, refresh } = grant
  if (!metadata.revocation_endpoint) return
  const { client_id, client_secret } = client
  const body = new URLSearchParams({
    token: refresh ?? access,
    token_type_hint: refresh === null ? 'access_token' : 'refresh_token',
    client_id,
    ...(client_secret && { client_secret }),
  })
  const url = new URL(metadata.revocation_endpoint)
  await strictFetch(server, line)(url, { method: 'POST', body })
}

/** What it says to whoever comes without a token: where to look, and what to ask for. */
async function challengeOf(server: Server, fetchFn: typeof fetch) {
  const { extractWWWAuthenticateParams } = await import('@modelcontextprotocol/client')
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  }
  const answer = await inWords(() => fetchFn(server.url, { method: 'POST', headers, body: ping }))
  const { scope, resourceMetadataUrl: told } = extractWWWAuthenticateParams(answer)
  // About itself it may speak, and about nobody else.
  const isOwn = told?.origin === new URL(server.url).origin
  return { scope, resourceMetadataUrl: isOwn ? told : undefined }
}

function readMetadata(found: unknown, server: Server, { home }: Line) {
  const metadata = Metadata.safeParse(found).data
  if (!metadata)
    throw new NoSignIn(
      'It does not say where to sign in (RFC 9728 and RFC 8414), or not so that we can read it.',
    )
  if (!metadata.response_types_supported.includes('code'))
    throw new NoSignIn('Its sign-in gives out no codes.')
  if (!metadata.code_challenge_methods_supported?.includes('S256'))
    throw new NoSignIn('Its sign-in knows no PKCE with S256, which MCP demands.')
  const { authorization_endpoint: people, token_endpoint, registration_endpoint } = metadata
  const endpoints = [people, token_endpoint, registration_endpoint, metadata.revocation_endpoint]
  for (const endpoint of endpoints) {
    const url = endpoint === undefined ? null : URL.parse(endpoint)
    if (url) checkPlace(url, server, home)
    else if (endpoint !== undefined) throw new NoSignIn('One of its addresses is none.')
  }
  return metadata
}

interface Registering {
  at: string
  metadata: z.infer<typeof Metadata>
  redirect: string
  scope: string | undefined
  fetchFn: typeof fetch
  known: Party | null
  secret: string | null
}

async function clientFor({ auth }: Server, wanted: Registering): Promise<Party['client']> {
  const { at, metadata, redirect, scope, fetchFn, known, secret } = wanted
  if (typeof auth === 'object')
    return { client_id: auth.clientId, ...(secret && { client_secret: secret }) }
  if (known && known.metadata.issuer === metadata.issuer && known.redirect === redirect)
    return known.client
  if (!metadata.registration_endpoint)
    throw new NoSignIn(
      'Nobody can be registered there by machine. Register Firekeeper by hand, and give its clientId in the bot’s file.',
    )
  const { registerClient } = await import('@modelcontextprotocol/client')
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const method = ['none', 'client_secret_post', 'client_secret_basic'].find((one) =>
    methods.includes(one),
  )
  const registered = await inWords(() =>
    registerClient(at, {
      metadata: asTheirs(metadata),
      clientMetadata: {
        client_name: 'Firekeeper',
        redirect_uris: [redirect],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        ...(method && { token_endpoint_auth_method: method }),
      },
      ...(scope && { scope }),
      fetchFn,
    }),
  )
  const { client_id, client_secret, token_endpoint_auth_method } = registered
  return {
    client_id,
    ...(client_secret && { client_secret }),
    ...(token_endpoint_auth_method && { token_endpoint_auth_method }),
  }
}

/** Their types say more of it than we need to know; we have read what we use of it. */
function asTheirs(metadata: z.infer<typeof Metadata>): AuthorizationServerMetadata {
  return metadata
}

/** What it asks for itself goes before what there is; and to be renewed without anybody, where that is told apart. */
function scopeIn(told: (string | undefined)[], { scopes_supported: all }: Party['metadata']) {
  const scope = told.find(Boolean)
  const isOffline = Array.isArray(all) && all.includes('offline_access')
  const isTold = scope?.split(' ').includes('offline_access')
  return scope && isOffline && !isTold ? `${scope} offline_access` : scope
}

/** The server itself, or what it is part of. */
function isOf(resource: string, url: string) {
  const [wide, here] = [URL.parse(resource), new URL(url)]
  const path = (one: URL) => (one.pathname.endsWith('/') ? one.pathname : `${one.pathname}/`)
  return wide?.origin === here.origin && path(here).startsWith(path(wide))
}

interface Tokens {
  access_token: string
  token_type: string
  refresh_token?: string | undefined
  expires_in?: number | undefined
}

function grantOf(party: Party, tokens: Tokens, before: string | null): Grant {
  const { access_token: access, token_type, refresh_token, expires_in } = tokens
  // It goes into a header.
  const isFit = /^[\x21-\x7e]{1,8000}$/.test(access) && /^bearer$/i.test(token_type)
  if (!isFit) throw new NoSignIn('It gave out a token of a kind that we do not know.')
  const expires = expires_in === undefined ? null : Date.now() + expires_in * 1_000
  return { ...party, access, refresh: refresh_token ?? before, expires }
}

/** Whatever fails on the way, without a word of what was sent or answered. */
async function inWords<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NoSignIn) throw error
    throw new NoSignIn(await wordsOf(error), { cause: error })
  }
}

async function wordsOf(error: unknown) {
  const { IssuerMismatchError, OAuthError, RegistrationRejectedError } = await import(
    '@modelcontextprotocol/client'
  )
  if (error instanceof IssuerMismatchError)
    return 'What comes back is not of the one that was asked (another issuer).'
  if (error instanceof RegistrationRejectedError) return 'It refuses to register us.'
  if (error instanceof OAuthError) return 'It gave out no token.'
  const { name } = error instanceof Error ? error : { name: '' }
  if (name === 'TimeoutError') return 'It took too long to answer.'
  if (error instanceof TypeError) return 'It cannot be reached just now.'
  return 'What it answers is not as the standards have it.'
}
