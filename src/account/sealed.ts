/**
 * What only this Worker can read, in whatever copy of its storage. `about` is bound to it: what is sealed about one thing
 * is opened about no other. The key is derived from a secret, so a new secret makes all of it worthless.
 */
export async function seal(value: unknown, { secret, about }: Sealing): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(IV))
  const text = bytesOf(JSON.stringify(value))
  const how = { name: 'AES-GCM', iv, additionalData: bytesOf(about) }
  const sealed = await crypto.subtle.encrypt(how, await keyFrom(secret), text)
  return await new Blob([iv, sealed]).arrayBuffer()
}

/** Null: it was sealed with another secret, about something else, or is broken. */
export async function open(sealed: ArrayBuffer, { secret, about }: Sealing): Promise<unknown> {
  const how = {
    name: 'AES-GCM',
    iv: sealed.slice(0, IV),
    additionalData: bytesOf(about),
  }
  try {
    const text = await crypto.subtle.decrypt(how, await keyFrom(secret), sealed.slice(IV))
    return JSON.parse(new TextDecoder().decode(text))
  } catch {
    return null
  }
}

export interface Sealing {
  secret: string
  about: string
}

const IV = 12

async function keyFrom(secret: string) {
  const master = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveKey'])
  const parts = { salt: new Uint8Array(), info: bytesOf('firekeeper sign-ins of servers') }
  return await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', ...parts },
    master,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

function bytesOf(text: string) {
  return new TextEncoder().encode(text)
}
