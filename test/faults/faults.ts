import { vi } from 'vitest'
import type { Fault, World } from '../support/world.ts'

/** What a request of ours to Campfire is for. */
type Call = 'list' | 'create' | 'attach' | 'edit' | 'delete' | 'boost' | 'unboost'

/** Something that goes wrong: before Campfire has done what it was asked, or after. */
export interface Trouble {
  when: 'before' | 'after'
  answers: (request: Request) => Response | Promise<Response>
}

export function callOf(request: Request): Call | null {
  const { pathname } = new URL(request.url)
  const [path, boosts] = /^\/rooms\/\d+\/[^/]+\/messages(?:\/\d+)?(\/boosts)?/.exec(pathname) ?? []
  if (path === undefined) return null
  if (boosts) return request.method === 'POST' ? 'boost' : 'unboost'
  const isFile = request.headers.get('content-type')?.startsWith('multipart/') ?? false
  if (request.method === 'POST') return isFile ? 'attach' : 'create'
  return { GET: 'list', PATCH: 'edit', DELETE: 'delete' }[request.method] as Call
}

/** The first requests of this kind meet it; with `after`, those that follow so many. */
export function meets(
  call: Call,
  trouble: Trouble,
  { times = 1, after = 0 }: { times?: number; after?: number } = {},
): Fault {
  let seen = 0
  return async (request, when) => {
    if (when !== trouble.when || callOf(request) !== call) return undefined
    seen++
    return seen > after && seen <= after + times ? await trouble.answers(request) : undefined
  }
}

/** Everything that is sent to Campfire meets it. */
export function down(trouble: Trouble): Fault {
  return async (request, when) =>
    when === trouble.when && callOf(request) ? await trouble.answers(request) : undefined
}

export function answer(status: number, headers: Record<string, string> = {}, body = '') {
  return () => new Response(status === 204 ? null : body, { status, headers })
}

/** Nobody took the connection, or it broke: the runtime tells us no more. */
export function lost(): never {
  throw new TypeError('Network connection lost.')
}

/** Not a word, until we hang up. */
export function silent(request: Request) {
  return new Promise<never>((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason))
  })
}

/** Nobody in these tests waits: what we would wait for so long is over at once. */
export function hurry(...waits: number[]) {
  const real = globalThis.setTimeout
  const hurried = (work: () => void, ms?: number) => real(work, waits.includes(ms ?? 0) ? 1 : ms)
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(hurried as typeof setTimeout)
}

const PAGE = '<!doctype html><title>Something else</title>'
const html = { 'content-type': 'text/html' }

/** After these nobody can know whether Campfire has done it. */
export const UNCERTAIN: [string, Trouble][] = [
  ['a connection that is refused, or reset before it is saved', { when: 'before', answers: lost }],
  ['a connection that is reset after it is saved', { when: 'after', answers: lost }],
  ['a 500 before it is saved', { when: 'before', answers: answer(500, html, PAGE) }],
  ['a 500 after it is saved', { when: 'after', answers: answer(500, html, PAGE) }],
  ['a 502 of a proxy', { when: 'before', answers: answer(502, html, PAGE) }],
  ['silence, and nothing is saved', { when: 'before', answers: silent }],
  ['silence, and it is saved', { when: 'after', answers: silent }],
  ['a proxy that gives up after it is saved', { when: 'after', answers: answer(504, html, PAGE) }],
  ['a 200 that says nothing, though it is saved', { when: 'after', answers: answer(200) }],
  ['a page for browsers', { when: 'before', answers: answer(200, html, PAGE) }],
]

/** After these it is certain that Campfire has not done it, and later it may. */
export const PASSING: [string, Trouble][] = [
  ['a 429', { when: 'before', answers: answer(429) }],
  ['a 429 that says when', { when: 'before', answers: answer(429, { 'retry-after': '30' }) }],
  ['a 521 of Cloudflare', { when: 'before', answers: answer(521, html, PAGE) }],
]

const signIn = { location: 'https://chat.example.com/session/new', 'x-version': '1' }

/** Of a firewall, of a proxy, or of a Campfire that has lost us for a while: nothing can be posted. */
export const FINAL: [string, Trouble][] = [
  ['a 302 to the sign-in page', { when: 'before', answers: answer(302, signIn) }],
  [
    'a 302 to somewhere else',
    { when: 'before', answers: answer(302, { location: 'https://elsewhere.example.com/' }) },
  ],
  ['a 401', { when: 'before', answers: answer(401) }],
  ['a 403', { when: 'before', answers: answer(403, { 'x-version': '1' }) }],
  ['a 404', { when: 'before', answers: answer(404, { 'x-version': '1' }) }],
]

export type Answers = ((request: Request) => Response | Promise<Response>) | undefined

/** Met by the first so many. */
export function times(most: number, trouble: Answers) {
  let count = 0
  return () => (count++ < most ? trouble : undefined)
}

/** What becomes of each new message, before or after it is saved. */
export function creating(side: 'before' | 'after', trouble: () => Answers): World['fault'] {
  return async (request, when) =>
    when === side && callOf(request) === 'create' ? await trouble()?.(request) : undefined
}
