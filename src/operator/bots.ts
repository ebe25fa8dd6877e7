import { Hono } from 'hono'
import type { App } from './app.ts'
import { closed } from './closed.ts'
import { botsTold, conditionsIn } from './conditions.ts'

/** Who speaks here. */
export const bots = new Hono<App>().get('/bots', closed, async (c) => {
  return c.json(botsTold(c.env, await conditionsIn(c.env, Date.now())))
})
