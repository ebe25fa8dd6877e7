import { type Context, Hono } from 'hono'
import { waking } from './index/waking.ts'
import { inShort, log } from './log.ts'
import { readToTheEnd, webhook } from './webhook.ts'

export const Account = waking(async () => (await import('./account.ts')).Account)
export const Person = waking(async () => (await import('./person.ts')).Person)
export const Room = waking(async () => (await import('./room.ts')).Room)

const worker = app()
  .use(async (_, next) => await next().catch(rethrowAsError))
  .use(readToTheEnd)
  .route('/webhook', webhook)
  .all(
    '/files/*',
    later(async () => app().route('/files', (await import('./upload.ts')).upload)),
  )
  .all(
    '*',
    later(async () => app().route('/', (await import('./operator.ts')).operator)),
  )

worker.onError((error, c) => {
  log.error('request.failed', { method: c.req.method, error: inShort(error) })
  return c.body(null, 500)
})

export default worker

// Campfire can be pointed at any address of ours, and posts what it gets into the room.
function app() {
  return new Hono<{ Bindings: Env }>({ strict: false }).notFound((c) => c.body(null, 404))
}

/** What no message waits for is loaded by whoever asks for it first. What fails in it is told here. */
function later(load: () => Promise<Hono<{ Bindings: Env }>>) {
  let part: Hono<{ Bindings: Env }> | undefined
  return async (c: Context<{ Bindings: Env }>) => {
    part ??= (await load()).onError(rethrowAsError)
    return await part.fetch(c.req.raw, c.env, executionIn(c))
  }
}

/** None where Hono was called without one: it throws then. */
function executionIn(c: Context) {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}

// Hono hands only an Error to onError; for anything else the platform answers, with a page of its own.
function rethrowAsError(thrown: unknown): never {
  throw thrown instanceof Error ? thrown : new Error(inShort(thrown))
}
