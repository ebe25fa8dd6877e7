export type Sdk = typeof import('./sdk.ts')

/** Whom we ask, and by which way. */
export interface Access {
  apiKey: string
  /** Empty, as in the settings, means the API itself. */
  baseURL?: string
  fetch?: typeof fetch
}

let loaded: Sdk | undefined

/** Once for all who share this isolate. What is kept is the module and no promise: whoever began it may die. */
export async function loadSdk(): Promise<Sdk> {
  loaded ??= await import('./sdk.ts')
  return loaded
}

/** Nothing is tried twice: a retry that nobody recorded is money that nobody recorded. */
export function clientOf(
  { BaseAnthropic }: Sdk,
  { apiKey, baseURL, ...world }: Access,
  { timeout }: { timeout?: number } = {},
) {
  return new BaseAnthropic({
    apiKey,
    baseURL: baseURL || 'https://api.anthropic.com',
    fetch: world.fetch ?? ((input, init) => fetch(input, init)),
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    ...(timeout !== undefined && { timeout }),
  })
}
