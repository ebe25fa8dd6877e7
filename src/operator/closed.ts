import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { refuse, wantsHtml } from './answer.ts'
import { type App, account, executionIn } from './app.ts'
import { readCookie } from './cookie.ts'
import { TOO_OFTEN, tryToken } from './token.ts'

const NOT_SIGNED_IN =
  'Please send your ADMIN_TOKEN as "Authorization: Bearer <token>". If none is set, this stays closed.'
const ANOTHER_SITE =
  'This came from another site, so nothing was done. Please go to the page itself and try again there.'

/** For the operator alone: by the token, by a cookie that the token was given for, or through Cloudflare Access. */
export const closed = createMiddleware<App>(async (c, next) => {
  const token = tokenIn(c)
  const tried = token === null ? null : await tryToken(c, token)
  if (tried === 'too often') return refuse(c, 429, TOO_OFTEN)
  const who = tried === 'in' ? 'token' : await visitorIn(c)
  if (who === null) return askForSignIn(c)
  // Nobody can make a browser send a token; a cookie it sends by itself.
  if (who !== 'token' && isChange(c) && !isFromHere(c)) return refuse(c, 403, ANOTHER_SITE)
  c.set('who', who)
  c.header('Cache-Control', 'no-store')
  await next()
})

function tokenIn({ req }: Context<App>) {
  return /^Bearer (.+)$/.exec(req.header('authorization') ?? '')?.[1] ?? null
}

/** Null: nobody that we know. */
export async function visitorIn(c: Context<App>) {
  return (await whoIsLetIn(c)) ?? (await whoIsSignedIn(c))
}

/** Cloudflare's own word and never a header: anyone can write that. */
async function whoIsLetIn(c: Context<App>) {
  const access = executionIn(c)?.access
  if (!access) return null
  const identity = await access.getIdentity()
  const name = identity?.email ?? identity?.name
  return typeof name === 'string' && name ? name : 'Cloudflare Access'
}

async function whoIsSignedIn(c: Context<App>) {
  const cookie = await readCookie(c)
  if (!cookie) return null
  return (await account(c).isSignedOut(cookie.nonce)) ? null : 'page'
}

export function isFromHere({ req }: Pick<Context<App>, 'req'>) {
  const site = req.header('sec-fetch-site')
  const origin = req.header('origin')
  if (origin !== undefined && origin !== 'null') return origin === new URL(req.url).origin
  return site === 'same-origin'
}

function isChange({ req }: Context<App>) {
  return req.method !== 'GET' && req.method !== 'HEAD'
}

function askForSignIn(c: Context<App>) {
  if (!wantsHtml(c) || isChange(c)) return refuse(c, 401, NOT_SIGNED_IN)
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(`/sign-in?to=${encodeURIComponent(pathname + search)}`, 303)
}

interface Noted<Result> {
  /** One word of the log of acts, and where; it never holds words of anybody. */
  what: string
  about: string
  /** Whether anything was done at all; where it is not said, it was. */
  isDone?: (result: Result) => boolean
}

/** Whatever dies on the way, the log has it: an act that is not known to be over stands there as begun. */
export async function noted<Result>(
  c: Context<App>,
  { what, about, isDone = () => true }: Noted<Result>,
  act: () => Promise<Result>,
) {
  const number = await account(c).beginAct({ who: c.get('who'), what, about })
  const result = await act()
  await account(c).endAct(number, isDone(result) ? 'done' : 'refused')
  return result
}
