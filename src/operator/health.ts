import { Hono } from 'hono'
import { membersOf } from '../bots.ts'
import { VERSION } from '../runtime.ts'

/** Open to everyone, so it counts what is broken and names nothing. */
export const health = new Hono<{ Bindings: Env }>().get('/health', (c) => {
  const { members, broken } = membersOf(c.env.BOT_KEYS)
  return c.json({
    ok: true,
    version: VERSION,
    bots: members.length,
    brokenBots: broken.length,
  })
})
