import * as z from 'zod'
import { quiet, visible } from '../campfire.ts'
import { isDay, startOfDay, timeOf } from '../clock.ts'
import { isClaimed } from '../tables/room/message.ts'
import { EXAMPLES, WORDS } from './search-conversation/words.ts'
import { defineTool, shortened } from './tool.ts'

/** Characters in one result, shared among its messages. */
const MOST_TEXT = 40_000

const Day = z.string().trim().refine(isDay, { message: 'not a day of the calendar, as 2026-11-20' })

export const searchConversation = defineTool({
  name: 'search_conversation',
  description:
    'Search all that was said to you and by you in this room, also long ago and before the ' +
    'conversation you remember. Newest first. It does not see what people said to others.',
  input: z.strictObject({
    words: z.string().max(200).default('').describe('Words in any order; all must be there.'),
    person: z.string().max(100).optional().describe('Only what this person said; part of a name.'),
    from: Day.optional().describe(
      'Only on or after this day, as 2026-11-20, in the time zone of <now>.',
    ),
    until: Day.optional().describe('Only on or before this day.'),
    limit: z.int().min(1).max(40).default(20),
  }),
  effect: 'read',
  examples: EXAMPLES,
  status: (input, language) => WORDS[language].status(sought(input)),
  asks: (input, language) => WORDS[language].asks(sought(input)),
  async run({ words, person, from, until, limit }, { archive, timeZone }) {
    const found = archive.search({
      words,
      person,
      from: from ? startOfDay(from, timeZone) : undefined,
      before: until ? startOfDay(until, timeZone, 1) : undefined,
      limit,
    })
    const longest = Math.floor(MOST_TEXT / found.length)
    return found.map(({ message, name, author, at, text }) => ({
      id: message,
      time: timeOf(at, timeZone),
      author: visible(name),
      ...(!isClaimed(author) && { author_id: author }),
      text: shortened(visible(text), longest),
    }))
  },
})

function sought({ words, person = '' }: { words: string; person?: string | undefined }) {
  return { words: quiet(words), person: quiet(person) }
}
