import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { inShort, log } from '../log.ts'
import { VERSION } from '../runtime.ts'
import type { App } from './app.ts'
import { type PageName, type PageProps, pages } from './page.ts'

/** The same thing at the same address: a page where a browser asks for one, JSON for everybody else. */
export async function answer<Name extends PageName>(
  c: Context<App>,
  name: Name,
  value: PageProps[Name],
) {
  return wantsHtml(c) ? await answerPage(c, name, value) : c.json(value)
}

export async function answerPage<Name extends PageName>(
  c: Context<App>,
  name: Name,
  value: PageProps[Name],
  status: ContentfulStatusCode = 200,
) {
  const { pathname } = new URL(c.req.url)
  const around = { path: pathname, version: VERSION, done: c.req.query('done') ?? null }
  const html = await (await pages()).render(name, value, around)
  return c.body(html, status, PAGE_HEADERS)
}

/** What was asked for is done: a browser goes back to where it was, everybody else gets the value. */
export function done(c: Context<App>, what: string, value: object | null, to?: string) {
  if (!wantsHtml(c)) return value === null ? c.body(null, 204) : c.json(value)
  const back = new URL(to ?? backFrom(c), c.req.url)
  back.searchParams.set('done', what)
  return c.redirect(back.pathname + back.search, 303)
}

/** What could not be done, in one sentence for whoever asked. */
export async function refuse(c: Context<App>, status: ContentfulStatusCode, error: string) {
  if (!wantsHtml(c)) return c.json({ error }, status)
  return await answerPage(c, 'problem', { error, back: backFrom(c) }, status)
}

/** What broke, in one sentence for whoever asked; the rest is for the log. */
export async function answerError(error: Error, c: Context<App>) {
  log.error('request.failed', { method: c.req.method, error: inShort(error) })
  // Campfire posts what it gets; it can be pointed at any address of ours.
  if (c.req.method === 'POST') return c.body(null, 500)
  return await refuse(c, 500, BROKEN)
}

const BROKEN =
  "That could not be answered just now. Please try again in a moment; the Worker's log says why."

export async function answerNothing(c: Context<App>) {
  return wantsHtml(c) ? await answerPage(c, 'nothing', undefined, 404) : c.body(null, 404)
}

export function wantsHtml(c: Context<App>) {
  const supports = ['application/json', 'text/html', 'text/csv']
  return accepts(c, { header: 'Accept', supports, default: 'application/json' }) === 'text/html'
}

/** The page that the form was on. A path that begins with two slashes would be another site. */
function backFrom({ req }: Context<App>) {
  const here = new URL(req.url)
  const from = URL.parse(req.header('referer') ?? '', here.href)
  if (!from || from.origin !== here.origin) return '/'
  return from.pathname.replace(/^\/{2,}/, '/') + from.search
}

/** Nothing of a style, script, picture or socket from anywhere else, and no frame around it. */
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept',
}
