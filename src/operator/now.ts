import { Hono } from 'hono'
import { answer } from './answer.ts'
import { type App, account, hearTheNews, whereIs } from './app.ts'
import { closed } from './closed.ts'
import { now } from './now/view.ts'
import { WELCOME_HEADERS, welcomeTo } from './now/welcome.ts'
import { namesToAsk, queueStats, sessionStats } from './stats.ts'

/** What goes on at this moment. */
export const overview = new Hono<App>()
  .get('/', async (c, next) => {
    const welcome = welcomeTo(c.env, whereIs(c))
    if (welcome !== null) return c.body(welcome, 200, WELCOME_HEADERS)
    return await next()
  })
  .get('/', closed, async (c) => await answer(c, 'now', await now(c)))
  .get('/queue/stats', closed, async (c) => {
    const ask = async (name: string) => await c.env.ROOMS.getByName(name).queueNow()
    return c.json(await queueStats(await account(c).rooms(), ask, Date.now()))
  })
  .get('/session/stats', closed, async (c) => {
    await hearTheNews(c, namesToAsk(await account(c).rooms(), Date.now()))
    return c.json(sessionStats(await account(c).rooms(), Date.now()))
  })
