import * as z from 'zod'
import type { Server } from './server.ts'
import { discover } from './sign-in/discover.ts'
import { inWords } from './sign-in/in-words.ts'
import { type Line, strictFetch } from './sign-in/line.ts'
import { NoSignIn, SignedOut } from './sign-in/no-sign-in.ts'
import { asTheirs, Party } from './sign-in/party.ts'
import { clientFor } from './sign-in/register.ts'

export { NoSignIn, SignedOut }

// OAuth 2.1 as MCP has it, in the steps of the official client and not in its one `auth()`: that one writes into the
// console what a server answers, and nobody can tell what is in that.

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
  const { startAuthorization } = await import('@modelcontextprotocol/client')
  const fetchFn = strictFetch(server, line)
  const { at, metadata, resource, scope } = await discover(server, line, fetchFn)
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
