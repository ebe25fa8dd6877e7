import { createMiddleware } from 'hono/factory'
import { type App, executionIn } from './app.ts'

type Fetch = (request: Request, env: Env, ctx?: ExecutionContext) => Response | Promise<Response>

/** More than any form of ours holds. */
const LONGEST = 512 * 1024
const DEEPEST = 8

/**
 * A form can only GET and POST. One of ours says in `_method` what it means, and its fields come to the
 * route as the JSON that a machine would have sent: "ttlMinutes:number" as a number, an empty one as null.
 */
export function forms(fetch: Fetch) {
  return createMiddleware<App>(async (c, next) => {
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')
    if (c.req.method !== 'POST' || !isForm) return await next()
    if (Number(c.req.header('content-length') ?? Infinity) > LONGEST) return c.body(null, 413)
    if (c.req.path.startsWith('/sign-')) return await next()

    const fields = new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()))
    const method = fields.get('_method') ?? ''
    if (!['PATCH', 'DELETE', 'PUT'].includes(method)) return await next()
    fields.delete('_method')
    const headers = new Headers(c.req.raw.headers)
    headers.set('content-type', 'application/json')
    headers.delete('content-length')
    const body = JSON.stringify(objectOf(fields))
    const { signal } = c.req.raw
    return await fetch(
      new Request(c.req.url, { method, headers, body, signal }),
      c.env,
      executionIn(c),
    )
  })
}

/** `a.b:number=5&tags:list=x&tags:list=y` → `{a: {b: 5}, tags: ['x', 'y']}`. */
export function objectOf(fields: URLSearchParams) {
  const whole: Record<string, unknown> = {}
  // Anybody can send one, also of a hundred thousand fields, so each is looked at once and none goes deep.
  for (const [key, entries] of Map.groupBy(fields, ([key]) => key)) {
    const [path = '', kind = 'text'] = key.split(':')
    const values = entries.map(([, value]) => value)
    const names = path.split('.', DEEPEST)
    const last = names.pop() ?? ''
    const into = names.reduce((into, name) => objectIn(into, name), whole)
    Object.defineProperty(into, last, { value: readAs(values, kind), ...PLAIN })
  }
  return whole
}

const PLAIN = { enumerable: true, writable: true, configurable: true }

function objectIn(into: Record<string, unknown>, name: string): Record<string, unknown> {
  const there = Object.hasOwn(into, name) ? into[name] : undefined
  if (isObject(there)) return there
  const made: Record<string, unknown> = {}
  Object.defineProperty(into, name, { value: made, ...PLAIN })
  return made
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readAs(values: string[], kind: string) {
  // A checkbox that is not ticked sends nothing: a list begins with an empty one that says it was asked.
  if (kind === 'list') return values.filter(Boolean)
  const text = values.at(-1) ?? ''
  if (text === '') return null
  if (kind === 'number') return Number.isNaN(Number(text)) ? text : Number(text)
  if (kind === 'flag') return text === 'on' || text === 'true'
  return text.replaceAll('\r\n', '\n')
}
