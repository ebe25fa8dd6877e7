import * as z from 'zod'
import { KnownLimits } from './known-limits.ts'

/** What the account has heard of, when, and what it knows of this Campfire. */
export const KnownThere = z.object({
  turn: z.int(),
  /** Turns before it that were not over then. */
  open: z.array(z.int()).optional(),
  compaction: z.int(),
  at: z.number(),
  abilities: z.record(z.string(), z.boolean()),
  /** What was denied here, and since when: a later life is to tell one page from two. */
  denied: z.record(z.string(), z.number()).optional(),
  /** Where a limit is set, or was. */
  limits: KnownLimits.optional(),
  /** How the room stood, as JSON. */
  health: z.string().optional(),
})
export type KnownThere = z.infer<typeof KnownThere>
