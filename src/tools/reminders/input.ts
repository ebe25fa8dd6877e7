import * as z from 'zod'
import { PeoplesWords } from '../words.ts'

/** The actions of one noun. Which of the rest each takes is said where it is done. */
export const RemindersInput = z.strictObject({
  action: z.enum(['add', 'show', 'change', 'snooze', 'cancel']),
  text: PeoplesWords.min(1)
    .max(1_000)
    .optional()
    .describe('What they are told when it is due; of a prompt, what you are to do then.'),
  at: z
    .string()
    .max(19)
    .optional()
    .describe('Once, at this local time: as 2026-12-01T14:00:00. With snooze: until then.'),
  cron: z
    .string()
    .trim()
    .max(100)
    .optional()
    .describe(
      'Again and again: minute hour day month weekday, as "0 9 * * MON". L is the last day of a month, LW its last working day.',
    ),
  zone: z
    .string()
    .trim()
    .max(60)
    .optional()
    .describe(
      "Of that time, as Europe/Berlin. Without: the asker's if they have told it, else yours; of a cron line that is changed, its own.",
    ),
  whom: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('"me" (the asker), "room" (everyone here), or the name of somebody here.'),
  isPrompt: z
    .boolean()
    .optional()
    .describe(
      "No message but a task: you take a turn of the asker's then, with text as its question.",
    ),
  number: z.int().positive().optional().describe('Of the reminder that is meant.'),
})
export type RemindersInput = z.infer<typeof RemindersInput>
