import type { Server } from '../server.ts'
import { inWords } from './in-words.ts'
import { checkPlace, type Line } from './line.ts'
import { NoSignIn } from './no-sign-in.ts'
import { Metadata, type Party } from './party.ts'

/** Where one signs in, for what, and what is asked for: as the server and its authorization server say. */
export async function discover(server: Server, line: Line, fetchFn: typeof fetch) {
  const { discoverOAuthServerInfo } = await import('@modelcontextprotocol/client')
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
  return { at, metadata, resource, scope }
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
