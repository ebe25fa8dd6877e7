import * as z from 'zod'

/** What a room knows of limits: whether any holds for what it spends, and the people that have one. */
export const KnownLimits = z.object({
  version: z.string(),
  /** Later changes have a higher number. */
  revision: z.int(),
  /** Of which variables it was reckoned: see `envKey`. */
  env: z.string(),
  here: z.boolean(),
  people: z.array(z.int()),
})
export type KnownLimits = z.infer<typeof KnownLimits>

interface Variables {
  BUDGETS?: string
  TIME_ZONE?: string
}

/** What a deploy may change of them. */
export function envKey({ BUDGETS = '', TIME_ZONE = '' }: Variables) {
  return `${TIME_ZONE.trim()} ${BUDGETS.trim()}`
}

/** An answer may be older than what the account has told since. */
export function newer(known: KnownLimits | undefined, told: KnownLimits | undefined) {
  return known && (!told || known.revision > told.revision) ? known : told
}
