import { type Context, Hono } from 'hono'
import { answerPage } from './answer.ts'
import { type App, account } from './app.ts'
import { isFromHere, visitorIn } from './closed.ts'
import { giveCookie, isSafeToSignIn, readCookie, takeCookie } from './cookie.ts'
import { TOO_OFTEN, tryToken } from './token.ts'

const WRONG = 'That is not the ADMIN_TOKEN of this Worker.'
const NONE_SET = 'This Worker has no ADMIN_TOKEN yet, so nobody can sign in. Please set one first.'

const NOT_SAFE =
  'Others on the way could read your token here. Please sign in by https, or at http://127.0.0.1 on the machine itself.'

/** Where people sign in; machines send the token itself with every request. */
export const signIn = new Hono<App>()
  .get('/sign-in', async (c) => {
    const to = placeIn(c.req.query('to'))
    if (await visitorIn(c)) return c.redirect(to, 303)
    const problem = problemBefore(c)
    return await answerPage(c, 'signIn', { to, problem, mayTry: problem === null })
  })
  .post('/sign-in', async (c) => {
    if (!isForm(c)) return c.body(null, 404)
    const form = await c.req.parseBody()
    const to = placeIn(String(form.to ?? ''))
    const problem = await problemWith(c, String(form.token ?? '').trim())
    const mayTry = problem === WRONG
    if (problem)
      return await answerPage(
        c,
        'signIn',
        { to, problem, mayTry },
        problem === TOO_OFTEN ? 429 : 403,
      )
    await giveCookie(c)
    return c.redirect(to, 303)
  })
  .post('/sign-out', async (c) => {
    if (!isForm(c) || !isFromHere(c)) return c.body(null, 404)
    const cookie = await readCookie(c)
    if (cookie) await account(c).signOut(cookie.nonce, cookie.until)
    takeCookie(c)
    return c.redirect('/sign-in', 303)
  })

/** Null: a token may be sent. */
function problemBefore(c: Context<App>) {
  if (!c.env.ADMIN_TOKEN) return NONE_SET
  return isSafeToSignIn(c) ? null : NOT_SAFE
}

/** Null: it is the operator. */
async function problemWith(c: Context<App>, token: string) {
  const before = problemBefore(c)
  if (before) return before
  if (!isFromHere(c)) return WRONG
  const tried = await tryToken(c, token)
  if (tried === 'too often') return TOO_OFTEN
  return tried === 'in' ? null : WRONG
}

/** Campfire can be pointed at any address of ours, and sends JSON; what is answered it would post. */
function isForm({ req }: Context<App>) {
  return /^application\/x-www-form-urlencoded\b/i.test(req.header('content-type') ?? '')
}

/** A path of ours, whatever an address in a link says; a browser has written each sign of it in ASCII. */
function placeIn(to = '') {
  return /^\/(?!\/)[!-[\]-~]*$/.test(to) ? to : '/'
}
