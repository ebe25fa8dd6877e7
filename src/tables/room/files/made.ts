import * as z from 'zod'

/** What became of a file that code had made: it stands in the room, or why it does not. */
export const OUTCOMES = [
  'attached',
  /** It may stand, and this Campfire cannot be asked. */
  'unsure',
  /** It is of a kind that is not posted. */
  'kind',
  'large',
  /** There were more than a turn attaches. */
  'many',
  /** It could not be fetched. */
  'lost',
  /** Campfire did not take it. */
  'refused',
] as const
export type MadeOutcome = (typeof OUTCOMES)[number]

/** Of one turn, in the order in which they were made; `name` as the room has it. */
export const MadeFiles = z.array(
  z.object({
    id: z.string(),
    name: z.string().nullable(),
    outcome: z.enum(OUTCOMES).catch('lost'),
  }),
)
export type MadeFile = z.infer<typeof MadeFiles>[number]
