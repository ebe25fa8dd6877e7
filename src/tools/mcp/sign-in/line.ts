import { whyNotOpened } from '../../fetch-page.ts'
import { mayReach, type Server } from '../server.ts'
import { NoSignIn } from './no-sign-in.ts'

/** Bytes of what an authorization server says. */
const MOST_BYTES = 200_000
/** All that one step of a sign-in takes, in ms. */
const ANSWERS_WITHIN = 10_000

export interface Line {
  fetch: typeof fetch
  /** Where our Campfire is: whether this machine is within reach. */
  home: string
}

/** To that place and no other: encrypted, no redirect followed, and no more of an answer than anybody needs. */
export function strictFetch(server: Server, { fetch, home }: Line): typeof globalThis.fetch {
  const deadline = AbortSignal.timeout(ANSWERS_WITHIN)
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    checkPlace(url, server, home)
    const signal = AbortSignal.any([deadline, init?.signal ?? deadline])
    const answer = await fetch(url.href, { ...init, redirect: 'manual', signal })
    // Some runtimes hide what a redirect was: then it has no status.
    if (answer.status < 200 || (answer.status >= 300 && answer.status < 400)) {
      await answer.body?.cancel()
      throw new NoSignIn(`${url.host} sends us elsewhere, where we do not go.`)
    }
    return new Response(await wholeOf(answer, url), answer)
  }
}

/** Where people and tokens may be sent: by https; unencrypted only within this machine, where that is ours. */
export function checkPlace(url: URL, server: Server, home: string) {
  const { host } = new URL(server.url)
  const isWithin = url.protocol === 'http:' && !whyNotLocal(url, home)
  const isOwn = url.protocol === 'https:' && url.host === host && mayReach({ url: url.href }, home)
  if (isWithin || (isOwn && !url.username && !url.password)) return
  const plain = new URL(url)
  plain.port = ''
  const why = whyNotOpened(plain)
  if (why) throw new NoSignIn(`It names the address of ${url.host || 'nowhere'}: ${why}.`)
}

function whyNotLocal(url: URL, home: string) {
  const isLocal = /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(url.hostname)
  return !isLocal || Boolean(url.username || url.password) || !mayReach({ url: url.href }, home)
}

async function wholeOf(answer: Response, { host }: URL) {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.byteLength
    if (bytes > MOST_BYTES) throw new NoSignIn(`${host} answers without end.`)
    parts.push(new Uint8Array(part))
  }
  return parts.length ? new Blob(parts) : null
}
