import type { ToolContext } from '../context.ts'
import { whyNotReached } from './look-up.ts'
import { whyNotOpened } from './public-address.ts'
import { mayRead } from './robots.ts'

const MOST_REDIRECTS = 5
/** In bytes: RFC 9309 wants so much of it read at least. */
const MOST_OF_ROBOTS = 512_000
/** Two for the name, the page and the wishes of its site. */
const REQUESTS = 4
const WITHOUT = 'Nothing was read. Do without it, or take another page.'

type Reach = Pick<ToolContext, 'web' | 'requestsLeft' | 'signal'>

interface Web extends Reach {
  /** Why a name was not reached, for those that were looked up on the way. */
  names: Map<string, Promise<string | null>>
}

/** A page of the public web, and where it was found in the end. Looked at anew is each address that it sends us to. */
export async function getPage(address: string, reach: Reach) {
  const { web: fetch, requestsLeft, signal } = reach
  const web = { web: fetch, requestsLeft, signal, names: new Map() }
  const asked = new Map<string, Promise<string | null>>()
  return await follow(address, web, async (url) => {
    const robots = asked.get(url.origin) ?? robotsOf(url, web)
    asked.set(url.origin, robots)
    const wishes = await robots
    if (wishes === null)
      throw new Error(`${url.hostname} cannot say just now what programs may read. ${WITHOUT}`)
    if (!mayRead(wishes, `${url.pathname}${url.search}`))
      throw new Error(`${url.hostname} asks programs not to read that page. ${WITHOUT}`)
  })
}

const PAGES = 'text/html, text/plain, application/json'

async function follow(address: string, web: Web, look: (url: URL) => Promise<void>) {
  let url = URL.parse(address)
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!url) throw new Error('That is no address. Give a whole one, as https://example.com/page.')
    if (web.requestsLeft() < REQUESTS)
      throw new Error(
        'Too much was asked for in this turn already. Say what you have, and go on in the next.',
      )
    await check(url, web)
    await look(url)
    const answer = await ask(web, url.href, PAGES)
    if (answer.status < 300 || answer.status >= 400) return { url, answer }
    await answer.body?.cancel()
    url = URL.parse(answer.headers.get('location') ?? '', url.href)
  }
  throw new Error(`The page sends everyone on and on. ${WITHOUT}`)
}

async function check(url: URL, web: Web) {
  const host = url.hostname.replace(/\.+$/, '')
  const why = whyNotOpened(url) ?? (await lookedUp(host, web))
  if (why) throw new Error(`${host || 'That'} was not opened: ${why}. ${WITHOUT}`)
}

function lookedUp(host: string, web: Web) {
  const known = web.names.get(host) ?? whyNotReached(host, (...asked) => ask(web, ...asked))
  web.names.set(host, known)
  return known
}

/** Null: the site is in no state to say what it wishes, and so is left alone. */
async function robotsOf({ origin }: URL, web: Web) {
  const { answer } = await follow(`${origin}/robots.txt`, web, async () => {})
  if (!answer.ok) {
    await answer.body?.cancel()
    return answer.status >= 500 ? null : ''
  }
  const { bytes } = await beginningOf(answer, MOST_OF_ROBOTS)
  return await new Blob(bytes).text()
}

/** Nothing of ours goes with it, and nothing is kept that it would set. */
async function ask({ web, signal }: Web, address: string, accept: string) {
  try {
    const headers = { accept, 'user-agent': 'Firekeeper' }
    return await web(address, { redirect: 'manual', headers, signal })
  } catch (error) {
    if (signal.aborted) throw error
    throw new Error(`${new URL(address).hostname} cannot be reached just now. ${WITHOUT}`)
  }
}

/** So many bytes of it, and no more is waited for. */
export async function beginningOf({ body }: Response, most: number) {
  const bytes: Uint8Array[] = []
  let left = most
  for await (const chunk of body ?? []) {
    bytes.push(chunk.subarray(0, left))
    left -= chunk.byteLength
    if (left < 0) return { bytes, isWhole: false }
  }
  return { bytes, isWhole: true }
}
