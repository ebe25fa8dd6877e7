import type * as z from 'zod'
import type { Server } from '../server.ts'
import { inWords } from './in-words.ts'
import { NoSignIn } from './no-sign-in.ts'
import { asTheirs, type Metadata, type Party } from './party.ts'

interface Registering {
  at: string
  metadata: z.infer<typeof Metadata>
  redirect: string
  scope: string | undefined
  fetchFn: typeof fetch
  known: Party | null
  secret: string | null
}

/** As whom we are known there: by hand, from before, or registered now. */
export async function clientFor({ auth }: Server, wanted: Registering): Promise<Party['client']> {
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
