import { Hono } from 'hono'
import { inShort, log } from './log.ts'
import { operator } from './operator.ts'
import { upload } from './upload.ts'
import { readToTheEnd, webhook } from './webhook.ts'

export { Account } from './account.ts'
export { Person } from './person.ts'
export { Room } from './room.ts'

const app = new Hono<{ Bindings: Env }>({ strict: false })
  .use(async (_, next) => await next().catch(rethrowAsError))
  .use(readToTheEnd)
  .route('/webhook', webhook)
  .route('/files', upload)
  .route('/', operator)

// Campfire can be pointed at any address of ours, and posts what it gets into the room.
app.notFound((c) => c.body(null, 404))
app.onError((error, c) => {
  log.error('request.failed', { method: c.req.method, error: inShort(error) })
  return c.body(null, 500)
})

export default app

// Hono hands only an Error to onError; for anything else the platform answers, with a page of its own.
function rethrowAsError(thrown: unknown): never {
  throw thrown instanceof Error ? thrown : new Error(inShort(thrown))
}
