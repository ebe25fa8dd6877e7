import * as z from 'zod'
import { PeoplesWords } from '../words.ts'

/** The actions of one noun, of the room or of whoever asks. */
export const MemoryInput = z.strictObject({
  action: z.enum(['remember', 'recall', 'forget']),
  of: z
    .enum(['room', 'me'])
    .describe('room: for everyone here. me: about the asker, and for their eyes only.'),
  fact: PeoplesWords.min(1)
    .max(500)
    .optional()
    .describe(
      'What to remember: whole by itself, with who, what and when. With recall: words to look for.',
    ),
  number: z
    .int()
    .positive()
    .optional()
    .describe('Of a fact that is kept: the one to forget, or that this one replaces.'),
  always: z
    .boolean()
    .optional()
    .describe('Of the room: you are told it at the start of every conversation here.'),
  everywhere: z
    .boolean()
    .optional()
    .describe(
      'Of me: they said that you may use it in rooms, too, though they told it in private.',
    ),
})
export type MemoryInput = z.infer<typeof MemoryInput>
