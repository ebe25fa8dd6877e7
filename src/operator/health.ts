import { Hono } from 'hono'
import { membersOf } from '../bots.ts'
import { VERSION } from '../runtime.ts'
import { type App, whereIs } from './app.ts'
import { closed } from './closed.ts'
import { doctorTold } from './health/examine-self.ts'

export const health = new Hono<App>()
  /** Open to everyone, so it counts what is broken and names nothing. */
  .get('/health', (c) => {
    const { members, broken } = membersOf(c.env.BOT_KEYS)
    return c.json({
      ok: true,
      version: VERSION,
      bots: members.length,
      brokenBots: broken.length,
    })
  })
  .get('/doctor', closed, async (c) => c.json(await doctorTold(c.env, whereIs(c))))
