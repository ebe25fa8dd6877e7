import * as z from 'zod'

export const Remark = z.object({
  message: z.number().nullable(),
  author: z.number(),
  name: z.string(),
  at: z.number(),
  text: z.string(),
})
export type Remark = z.infer<typeof Remark>

export interface Search {
  /** In any order; all must be there. Signs alone are taken as they are. Empty: the newest. */
  words: string
  /** Part of a name. */
  person?: string | undefined
  /** From and before, in ms since 1970. */
  from?: number | undefined
  before?: number | undefined
  /** Best: what has more of the words, and little else. */
  order?: 'newest' | 'best' | undefined
  limit: number
}

export interface Answers {
  /** The bot's own number, under which its answers are kept. */
  bot: number
  isMeant(answer: { message: number | null; at: number }): boolean
}

/** At most so many remarks are looked through for one search. */
export const LOOKS_BACK = 2_000
export const PRUNES_AT_ONCE = 500
/** Characters kept of a remark: a row of SQLite takes 2 MB, and no more. */
export const MOST_KEPT = 100_000
