import { Hono } from 'hono'
import packageJson from '../../package.json' with { type: 'json' }
import { membersOf } from '../bots.ts'

/** Open to everyone, so it counts what is broken and names nothing. */
export const health = new Hono<{ Bindings: Env }>().get('/health', (c) => {
  const { members, broken } = membersOf(c.env.BOT_KEYS)
  return c.json({
    ok: true,
    version: packageJson.version,
    bots: members.length,
    brokenBots: broken.length,
  })
})
