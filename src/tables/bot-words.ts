import * as z from 'zod'

const Value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.record(z.string(), z.number()),
])

/** What was saved of a bot, by this Worker or by another version of it: see bots/words.ts for what it means. */
export const StoredWords = z.record(z.string(), Value)
export type StoredWords = z.infer<typeof StoredWords>
