import * as z from 'zod'

/**
 * What is left out of the requests of a turn, since they were refused with it. Nothing of the session
 * changes until such a request has been answered.
 */
export const Remedy = z.object({
  /** What was thought in steps before this one. */
  thinkingFrom: z.int().optional(),
  /** What a compaction has signed is read as words. */
  words: z.boolean().optional(),
  /** One turn that is over. */
  without: z.int().optional(),
  /** The turns before this one. */
  from: z.int().optional(),
  /** And with them whatever stood before: this turn is alone. */
  alone: z.boolean().optional(),
  /** Since it was too long; else since something of it was refused. */
  tooLong: z.boolean().optional(),
  /**
   * The turn that was first answered without it, when, and what it was refused as with it: until it is
   * refused so again, it is on trial.
   */
  since: z.object({ turn: z.int(), at: z.number(), as: z.string() }).optional(),
})
export type Remedy = z.infer<typeof Remedy>

/** Not only thoughts, or the form in which something is told. */
export function losesWords(remedy: Remedy | null) {
  return remedy?.without !== undefined || remedy?.from !== undefined
}
