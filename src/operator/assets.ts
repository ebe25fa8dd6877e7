import { Hono } from 'hono'
import { answerNothing } from './answer.ts'
import type { App } from './app.ts'
import { pages } from './page.ts'

/** Style and script of the pages: the same for everybody, and nothing to hide. */
export const assets = new Hono<App>().get('/assets/:name', async (c) => {
  const { ASSETS } = await pages()
  const asset = ASSETS.get(c.req.param('name'))
  if (!asset) return await answerNothing(c)
  return c.body(asset.text, 200, {
    'Content-Type': asset.type,
    // Their addresses change with them.
    'Cache-Control': 'public, max-age=86400',
    'X-Content-Type-Options': 'nosniff',
  })
})
