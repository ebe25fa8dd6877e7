import { type Dialect, traitsOf } from '../dialect.ts'
import { digest } from '../digest.ts'

/** What Campfire answers, in each dialect. */
export class Replies {
  readonly origin: string
  #dialect: Dialect

  constructor(dialect: Dialect, origin: string) {
    this.#dialect = dialect
    this.origin = origin
  }

  created(room: number, message: number) {
    const place = this.#dialect === 'port' ? `/rooms/${room}/messages` : '/messages'
    return this.#answer(201, null, { location: `${this.origin}${place}/${message}` })
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

  notModified(etag: string) {
    return this.#answer(304, null, { etag })
  }

  signIn() {
    if (this.#dialect === 'port') return this.#text(401, 'Unauthorized')
    return this.#answer(302, null, { location: `${this.origin}/session/new` })
  }

  /** Where a followed 302 ends: it looks like success. */
  signInPage() {
    return this.#page(200, 'Sign in')
  }

  upgradeYourBrowser() {
    return this.#page(200, 'Upgrade your browser')
  }

  noRoom() {
    if (this.#dialect === 'port') return this.#text(404, 'Not Found')
    return this.#answer(this.#dialect === 'v1.4.9' ? 500 : 404)
  }

  noMessage() {
    if (this.#dialect === 'port') return this.#text(404, 'Not Found')
    return this.json(404, { status: 404, error: 'Not Found' })
  }

  /** A boost, or the message that is to have one: said as of a room that is not there. */
  noBoost() {
    return this.#dialect === 'port' ? this.#text(404, 'Not Found') : this.#answer(404)
  }

  /** The route does not exist, so nothing of Campfire's own has touched the answer. */
  noSuchPage() {
    const headers = { 'content-type': 'text/html; charset=utf-8' }
    return new Response(pageOf('The page you were looking for doesn’t exist'), {
      status: 404,
      headers,
    })
  }

  forbidden() {
    return this.#dialect === 'port' ? this.#text(403, 'Forbidden') : this.#answer(403)
  }

  blank() {
    return this.#dialect === 'port' ? this.#text(422, 'Unprocessable Entity') : this.#answer(422)
  }

  badRequest() {
    return this.#dialect === 'port' ? this.#text(400, 'Bad Request') : this.#answer(400)
  }

  broken() {
    return this.#page(500, 'We’re sorry, but something went wrong')
  }

  #text(status: number, text: string) {
    return this.#answer(status, text, { 'content-type': 'text/plain; charset=utf-8' })
  }

  #page(status: number, title: string) {
    return this.#answer(status, pageOf(title), { 'content-type': 'text/html; charset=utf-8' })
  }

  #answer(status: number, body: string | null = null, headers: Record<string, string> = {}) {
    const { version } = traitsOf(this.#dialect)
    return new Response(body, {
      status,
      headers: {
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'strict-origin-when-cross-origin',
        // A session that is none: whoever sends it back gains nothing.
        'set-cookie': '_campfire_session=campground; path=/; httponly; samesite=lax',
        ...(version === null ? {} : { 'x-version': version }),
        ...headers,
      },
    })
  }
}

function pageOf(title: string) {
  return `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`
}
