import * as z from 'zod'
import { type Access, clientOf, loadSdk } from './client.ts'

/** In ms. */
const ANSWERS_WITHIN = 15_000

const Support = z.object({ supported: z.boolean() })

/** As much of it as we look at; a gateway may say less. */
const ModelFacts = z.object({
  type: z.literal('model'),
  id: z.string(),
  lifecycle: z.enum(['active', 'deprecated', 'retired']).nullish().catch(null),
  retires_at: z.iso.datetime().nullish().catch(null),
  max_tokens: z.int().positive().nullish().catch(null),
  capabilities: z
    .record(z.string(), Support.and(z.record(z.string(), z.unknown())).nullish().catch(null))
    .nullish()
    .catch(null),
})
export type ModelFacts = z.infer<typeof ModelFacts>

export type Lookup =
  | { state: 'known'; facts: ModelFacts }
  /** `unknown`: there is no such model, or it is not for us. `no list`: nobody there knows models by name. */
  | { state: 'unknown' | 'rejected key' | 'no list' | 'unreachable'; status: number | null }

/** What the API says of a model. It costs nothing. */
export async function lookUp(access: Access, model: string): Promise<Lookup> {
  const sdk = await loadSdk()
  const models = new sdk.Models(clientOf(sdk, access, { timeout: ANSWERS_WITHIN }))
  try {
    const told = ModelFacts.safeParse(await models.retrieve(model))
    return told.success ? { state: 'known', facts: told.data } : noList(200)
  } catch (error) {
    const status = (error instanceof sdk.APIError && error.status) || null
    if (status === 401 || status === 403) return { state: 'rejected key', status }
    if (status === 404 && isOfApi(error)) return { state: 'unknown', status }
    const isNoRoute = status === 404 || status === 405 || status === 501
    return isNoRoute ? noList(status) : { state: 'unreachable', status }
  }
}

function noList(status: number): Lookup {
  return { state: 'no list', status }
}

/** A gateway without such a route says 404, too, in words of its own. */
function isOfApi(error: unknown) {
  const { type } = error as { type?: unknown }
  return type === 'not_found_error'
}
