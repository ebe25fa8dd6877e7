import { Hono } from 'hono'
import { membersOf } from '../bots.ts'
import { VERSION } from '../runtime.ts'
import { answer } from './answer.ts'
import { type App, whereIs } from './app.ts'
import { closed } from './closed.ts'
import { doctorTold } from './health/examine-self.ts'
import { actsIn, status } from './health/status.ts'

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
  .get('/doctor', closed, async (c) => {
    return await answer(c, 'doctor', await doctorTold(c.env, whereIs(c)))
  })
  .get('/status', closed, async (c) => await answer(c, 'status', await status(c)))
  .get('/acts', closed, async (c) => await answer(c, 'acts', await actsIn(c)))
