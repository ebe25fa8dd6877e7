type Sdk = typeof import('./sdk.ts')

let loaded: Sdk | undefined

/** Once for all who share this isolate. What is kept is the module and no promise: whoever began it may die. */
export async function loadSdk(): Promise<Sdk> {
  loaded ??= await import('./sdk.ts')
  return loaded
}
