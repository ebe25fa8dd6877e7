import type {
  Client,
  discoverOAuthServerInfo,
  exchangeAuthorization,
  extractWWWAuthenticateParams,
  IssuerMismatchError,
  OAuthError,
  ProtocolError,
  RegistrationRejectedError,
  refreshAuthorization,
  registerClient,
  SdkHttpError,
  StreamableHTTPClientTransport,
  startAuthorization,
} from '@modelcontextprotocol/client'
import type { getDocumentProxy } from 'unpdf'

/** What is exported of each: `vendor/build.ts` makes them so. */
interface Libraries {
  mcp: {
    Client: typeof Client
    discoverOAuthServerInfo: typeof discoverOAuthServerInfo
    exchangeAuthorization: typeof exchangeAuthorization
    extractWWWAuthenticateParams: typeof extractWWWAuthenticateParams
    IssuerMismatchError: typeof IssuerMismatchError
    OAuthError: typeof OAuthError
    ProtocolError: typeof ProtocolError
    refreshAuthorization: typeof refreshAuthorization
    registerClient: typeof registerClient
    RegistrationRejectedError: typeof RegistrationRejectedError
    SdkHttpError: typeof SdkHttpError
    startAuthorization: typeof startAuthorization
    StreamableHTTPClientTransport: typeof StreamableHTTPClientTransport
  }
  unpdf: { getDocumentProxy: typeof getDocumentProxy }
}

/**
 * A library that is too heavy for the script that everybody waits for: tens of ms the first time, nothing after that.
 * The name must not be known when the Worker is built, or it would be put into the script all the same.
 */
export async function load<Name extends keyof Libraries>(name: Name): Promise<Libraries[Name]> {
  return await loadOwn<Libraries[Name]>(name)
}

/** The same of what is made of our own code; whoever asks for it knows what is in it. */
export async function loadOwn<Module>(name: string): Promise<Module> {
  const path = ['.', 'vendor', `${name}.mjs`].join('/')
  return await import(/* @vite-ignore */ path)
}
