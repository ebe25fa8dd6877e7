import { type Dialect, traitsOf } from '../dialect.ts'
import { digest } from '../digest.ts'

/**
 * What Campfire answers, in each dialect. Only its controllers say which version it is; whatever is
 * raised (a 404 for a message, a 500, a 400) is answered without.
 */
export class Replies {
  readonly origin: string
  #dialect: Dialect
  #format: Format

  constructor(dialect: Dialect, { origin, format }: { origin: string; format: Format }) {
    this.#dialect = dialect
    this.origin = origin
    this.#format = format
  }

  created(room: number, message: number) {
    const isPort = this.#dialect === 'port'
    const place = isPort ? `/rooms/${room}/messages` : '/messages'
    const type = isPort ? {} : { 'content-type': this.#typeOfNothing() }
    return this.#answer(201, null, { location: `${this.origin}${place}/${message}`, ...type })
  }

  json(status: number, body: unknown, headers: Record<string, string> = {}) {
    const text = JSON.stringify(body)
    const type = 'application/json; charset=utf-8'
    const etag = `W/"${digest(text).slice(0, 32)}"`
    return this.#answer(status, text, { 'content-type': type, etag, ...headers })
  }

  noContent() {
    return this.#answer(204)
  }

  notModified(fresh: Response) {
    const headers = new Headers(fresh.headers)
    headers.delete('content-type')
    headers.delete('link')
    return new Response(null, { status: 304, headers })
  }

  signIn() {
    if (this.#dialect === 'port') return this.#text(401, 'Unauthorized')
    const location = `${this.origin}/session/new`
    return this.#answer(302, null, { location, 'content-type': HTML, ...COOKIE })
  }

  /** Where a followed 302 ends: it looks like success. */
  signInPage() {
    return this.#answer(200, pageOf('Sign in'), { 'content-type': HTML, ...COOKIE })
  }

  upgradeYourBrowser(method: string) {
    const cookie = method === 'GET' ? {} : COOKIE
    return this.#answer(200, pageOf('Upgrade'), { 'content-type': HTML, ...cookie })
  }

  up() {
    return raised(200, { 'content-type': HTML }, pageOf('Up'))
  }

  noRoom() {
    if (this.#dialect === 'v1.4.9') return this.broken()
    return this.#head(404)
  }

  noMessage() {
    return this.#dialect === 'port' ? this.#head(404) : this.#raised(404)
  }

  /** The boosts' own controller looks for both itself, and answers that there is nothing. */
  noBoost() {
    return this.#head(404)
  }

  /** The route does not exist. A Campfire that lacks it says "no such message" in the very same way. */
  noSuchRoute() {
    const isAskedInJson = this.#format === 'json' || this.#format === 'xml'
    return isAskedInJson ? this.#raised(404) : pageFor(404)
  }

  notAcceptable() {
    return this.#raised(406)
  }

  forbidden() {
    return this.#head(403)
  }

  blank() {
    return this.#head(422)
  }

  badRequest() {
    if (this.#dialect === 'port') return this.#head(400)
    return raised(400, { 'content-type': HTML })
  }

  /** Only in the newer one JSON is forced, so that the old one answers with a page. */
  broken() {
    return this.#dialect === 'rails' ? this.#raised(500) : pageFor(500)
  }

  #raised(status: number) {
    const error = NAMES[status] ?? ''
    if (this.#format !== 'xml') return raised(status, JSON_TYPE, JSON.stringify({ status, error }))
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<hash>
  <status type="integer">${status}</status>
  <error>${error}</error>
</hash>
`
    return raised(status, { 'content-type': 'application/xml; charset=UTF-8' }, xml)
  }

  #head(status: number) {
    if (this.#dialect === 'port') return this.#text(status, NAMES[status] ?? '')
    return this.#answer(status, null, { 'content-type': 'text/html' })
  }

  #typeOfNothing() {
    if (this.#dialect === 'rails') return 'application/json'
    return { json: 'application/json', xml: 'application/xml', any: 'text/html' }[this.#format]
  }

  #text(status: number, text: string) {
    return this.#answer(status, text, { 'content-type': 'text/plain; charset=utf-8' })
  }

  #answer(status: number, body: string | null = null, headers: Record<string, string> = {}) {
    const { version } = traitsOf(this.#dialect)
    return raised(
      status,
      { ...(version === null ? {} : { 'x-version': version }), ...headers },
      body,
    )
  }
}

/** What the address or `Accept` asks for. */
export type Format = 'any' | 'json' | 'xml'

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' }
// A session that is none: whoever sends it back gains nothing.
const COOKIE = { 'set-cookie': '_campfire_session=campground; path=/; httponly; samesite=lax' }

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  406: 'Not Acceptable',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
}

function raised(status: number, headers: Record<string, string>, body: string | null = null) {
  const safe = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'strict-origin-when-cross-origin',
  }
  return new Response(body, { status, headers: { ...safe, ...headers } })
}

function pageFor(status: number) {
  return raised(status, { 'content-type': HTML }, pageOf(NAMES[status] ?? ''))
}

function pageOf(title: string) {
  return `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`
}
