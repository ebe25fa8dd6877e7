import { type Context, Hono } from 'hono'
import { sameSecret } from '../bots.ts'
import { log } from '../log.ts'
import { answerPage } from './answer.ts'
import { type App, account } from './app.ts'
import { isFromHere, visitorIn } from './closed.ts'
import { giveCookie, readCookie, takeCookie } from './cookie.ts'

const WRONG = 'That is not the ADMIN_TOKEN of this Worker.'
const TOO_OFTEN = 'That was wrong too often. Please try again in a quarter of an hour.'
const NONE_SET = 'This Worker has no ADMIN_TOKEN yet, so nobody can sign in. Please set one first.'

/** Where people sign in; machines send the token itself with every request. */
export const signIn = new Hono<App>()
  .get('/sign-in', async (c) => {
    const to = placeIn(c.req.query('to'))
    if (await visitorIn(c)) return c.redirect(to, 303)
    return await answerPage(c, 'signIn', { to, problem: c.env.ADMIN_TOKEN ? null : NONE_SET })
  })
  .post('/sign-in', async (c) => {
    if (!isForm(c)) return c.body(null, 404)
    const form = await c.req.parseBody()
    const to = placeIn(String(form.to ?? ''))
    const problem = await problemWith(c, String(form.token ?? '').trim())
    if (problem)
      return await answerPage(c, 'signIn', { to, problem }, problem === TOO_OFTEN ? 429 : 403)
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

/** Null: it is the operator. Whoever was wrong too often is not even listened to. */
async function problemWith(c: Context<App>, token: string) {
  const ours = c.env.ADMIN_TOKEN
  if (!ours) return NONE_SET
  if (!isFromHere(c)) return WRONG
  const address = addressIn(c)
  if (await account(c).isShutOut(address)) return TOO_OFTEN
  if (sameSecret(ours, token)) return null
  await account(c).missedSignIn(address)
  log.warn('sign_in.refused', { from: address })
  return WRONG
}

/** The network that a visitor comes from: of IPv6 the first half, since one visitor has the rest of it. */
function addressIn({ req }: Context<App>) {
  const address = req.header('cf-connecting-ip') ?? 'unknown'
  if (!address.includes(':')) return address.slice(0, 45)
  return address.split(':').slice(0, 4).join(':')
}

/** Campfire can be pointed at any address of ours, and sends JSON; what is answered it would post. */
function isForm({ req }: Context<App>) {
  return /^application\/x-www-form-urlencoded\b/i.test(req.header('content-type') ?? '')
}

/** A path of ours, whatever an address in a link says. */
function placeIn(to = '') {
  return /^\/(?![/\\])[^\\\s]*$/.test(to) ? to : '/'
}
