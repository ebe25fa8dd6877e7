import type { Context } from 'hono'
import * as z from 'zod'
import type { App } from './app.ts'

export const OUTDATED =
  'Somebody else has saved something since you opened this, so nothing was saved. Please look at it first.'

/** What is to change, and `from`: what whoever changes it has seen. Nobody is to undo what they have not read. */
export async function readChange({
  req,
}: Context<App>): Promise<{ from: unknown; changes: unknown }> {
  const body: unknown = await req.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { from: null, changes: body }
  const { from = null, ...changes } = body as Record<string, unknown>
  return { from, changes }
}

/** The number of the newest version; 0 where there is none. */
export const SeenVersion = z.object({ from: z.int().min(0).nullable() })
/** As the page has it of what stands there. */
export const SeenMark = z.object({ from: z.string().nullable() })
