import * as z from 'zod'
import { isDay } from '../../clock.ts'
import { PeoplesWords } from '../words.ts'

const ACTIONS = ['add', 'show', 'done', 'assign', 'due', 'rename', 'move', 'remove'] as const
export type Action = (typeof ACTIONS)[number]

const Words = PeoplesWords.min(1).max(300)
const Name = PeoplesWords.min(1).max(100)
const Day = z.string().trim().max(10).refine(isDay, { message: 'not a day, as 2026-12-04' })

export const NONE = 'none'

/** The actions of one noun. A list is named by its name, an item by its number. */
export const ListInput = z.strictObject({
  action: z.enum(ACTIONS),
  list: Name.max(60)
    .optional()
    .describe(
      'Name of the list. Left out: the one for everything; with a filter of show: all lists here.',
    ),
  numbers: z
    .array(z.int().positive())
    .min(1)
    .max(20)
    .optional()
    .describe('Of the items that are meant, as the list shows them. show: only these.'),
  texts: z
    .array(Words)
    .min(1)
    .max(20)
    .optional()
    .describe('add: what is to be done, one for each.'),
  to: Words.optional().describe(
    'rename: the new words of the item, or without numbers the new name of the list. move: the name of the other list.',
  ),
  before: z
    .int()
    .nonnegative()
    .optional()
    .describe(
      'move: the number of the item on the same list that it is to stand before; 0: at the end.',
    ),
  assignee: Name.optional().describe(
    'add, assign: a name as it is in this room, "me" for the asker, "nobody". show: only theirs.',
  ),
  due: z
    .string()
    .trim()
    .max(10)
    .refine((due) => due === NONE || isDay(due), {
      message: 'not a day, as 2026-12-04, or "none"',
    })
    .optional()
    .describe(
      'add, due: a day from today on, as 2026-12-04, in the time zone of <now>; or "none".',
    ),
  remind: z
    .string()
    .trim()
    .max(19)
    .optional()
    .describe(
      'add, due: only where asked for, also remind whoever it is for, at this local time: as 2026-12-04T09:00:00.',
    ),
  zone: z.string().trim().max(60).optional().describe('Of remind. Without: theirs, else yours.'),
  notes: PeoplesWords.max(300).optional().describe('add, rename: more about it; "" for none.'),
  undo: z.boolean().optional().describe('done: it is open again.'),
  which: z.enum(['open', 'done', 'all']).optional().describe('show: only those.'),
  from: Day.optional().describe('show: done on this day or later.'),
  until: Day.optional().describe('show: done on this day or earlier.'),
  as: z
    .enum(['message', 'answer', 'file'])
    .optional()
    .describe(
      'show: as a message in the room (where nothing is filtered), for you to answer from, or as a CSV file in the room.',
    ),
})
export type ListInput = z.infer<typeof ListInput>
