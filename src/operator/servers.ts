import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { mcp } from '../tools.ts'
import { answerPage, done, refuse, wantsHtml } from './answer.ts'
import { type App, account, memberOf } from './app.ts'
import { closed, noted } from './closed.ts'

const NO_SERVER = "I don't know that server of this bot, or it takes no sign-in."
const NOT_THERE = 'Nobody was signed in there.'

/** Where people come back to from a server's own sign-in. */
const BACK = '/mcp/callback'

/** An operator signs in, once, to other people's servers whose tools a bot uses (MCP with OAuth). */
export const servers = new Hono<App>()
  .put('/bots/:bot/servers/:server/sign-in', closed, async (c) => {
    const which = serverIn(c)
    if (!which) return await refuse(c, 404, NO_SERVER)
    const how = { redirect: new URL(BACK, c.req.url).href, isBrowser: wantsHtml(c) }
    const begin = async () => await account(c).beginServerSignIn(which, how)
    const { location, state, why } = await noted(
      c,
      { isDone: (begun) => begun.location !== null, what: 'server sign-in', about: aboutOf(which) },
      begin,
    )
    if (location === null) return await refuse(c, 502, `${which.server}: ${why}`)
    if (!how.isBrowser) return c.json({ location })
    // Nobody is to be made to finish what somebody else has begun. It comes back from another site: so not `Strict`.
    setCookie(c, nameIn(c), state, { ...attributesIn(c), maxAge: 600 })
    // A browser follows no form to another site (`form-action`), so the page after it leads there.
    c.header('Refresh', `0; url=${location}`)
    return await answerPage(c, 'signingIn', { ...which, location })
  })
  .delete('/bots/:bot/servers/:server/sign-in', closed, async (c) => {
    const which = serverIn(c)
    if (!which) return await refuse(c, 404, NO_SERVER)
    const ended = { isDone: Boolean, what: 'server sign-out', about: aboutOf(which) }
    const wasIn = await noted(c, ended, () => account(c).endServerSignIn(which))
    if (!wasIn) return await refuse(c, 404, NOT_THERE)
    return done(c, 'signed-out', null, `/bots/${which.bot}`)
  })
  // From another site, so without the cookie of whoever is signed in here: the state that was sent along is the proof.
  .get(BACK, async (c) => {
    const { state = null, code = null, iss = null, error = null } = c.req.query()
    const browser = getCookie(c, nameIn(c)) ?? null
    deleteCookie(c, nameIn(c), attributesIn(c))
    const back = { state, code, iss, error, browser }
    const { which, why } = await account(c).finishServerSignIn(back)
    const to = which ? `/bots/${which.bot}` : '/bots'
    if (!which || why !== null)
      return await answerPage(c, 'problem', { error: why ?? '', back: to }, 400)
    return await answerPage(c, 'signedIn', which)
  })

function serverIn(c: Context<App>) {
  const member = memberOf(c)
  const server = member?.bot.mcp.find(({ name }) => name === c.req.param('server'))
  if (!member || !server || !mcp.takesSignIn(server)) return null
  return { bot: member.bot.name, server: server.name }
}

function aboutOf({ bot, server }: { bot: string; server: string }) {
  return `${bot}, ${server}`
}

function nameIn({ req }: Context<App>) {
  return isSecure(req.url) ? '__Host-firekeeper-server' : 'firekeeper-server'
}

function attributesIn({ req }: Context<App>) {
  return { path: '/', httpOnly: true, secure: isSecure(req.url), sameSite: 'Lax' as const }
}

function isSecure(url: string) {
  return new URL(url).protocol === 'https:'
}
