/** The state of a sign-in: nobody can guess it, and it is found by its hash. */
export function secretWords() {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64(BASE64)
}

export async function hashOf(text: string) {
  const bytes = new TextEncoder().encode(text)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toBase64(BASE64)
}

const BASE64 = { alphabet: 'base64url', omitPadding: true } as const
