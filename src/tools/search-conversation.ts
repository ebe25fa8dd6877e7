import * as z from 'zod'
import { quiet, visible } from '../campfire.ts'
import { isDay, startOfDay, timeOf } from '../clock.ts'
import type { Reach } from '../tables/room/archive/room-index.ts'
import { isClaimed } from '../tables/room/message.ts'
import { searchFiles } from './search-conversation/in-files.ts'
import { asKept, readAgain } from './search-conversation/read-again.ts'
import { EXAMPLES, WORDS } from './search-conversation/words.ts'
import { defineTool, FromFiles, shortened } from './tool.ts'

/** Characters in one result, shared among its messages. */
const MOST_TEXT = 40_000
const MOST_HITS = 10

const Day = z.string().trim().refine(isDay, { message: 'not a day of the calendar, as 2026-11-20' })

export const searchConversation = defineTool({
  name: 'search_conversation',
  description:
    'Search what was said in this room, by everyone, also long ago and before the conversation you ' +
    'remember. Each hit is read again before you see it, and has a link that opens it: give it to whoever ' +
    'asks. Where the result says how far back it reaches, say so too. It does not see other rooms. Files that ' +
    'people gave you are searched as well: such a hit has the number of the file and the pages or part for read_file.',
  input: z.strictObject({
    words: z.string().max(200).default('').describe('Words in any order; all must be there.'),
    person: z.string().max(100).optional().describe('Only what this person said; part of a name.'),
    from: Day.optional().describe(
      'Only on or after this day, as 2026-11-20, in the time zone of <now>.',
    ),
    until: Day.optional().describe('Only on or before this day.'),
    order: z
      .enum(['newest', 'best'])
      .default('newest')
      .describe('best: what has most of the words, and little else.'),
    limit: z.int().min(1).max(MOST_HITS).default(MOST_HITS),
  }),
  effect: 'read',
  examples: EXAMPLES,
  status: (input, language) => WORDS[language].status(inWords(input)),
  asks: (input, language) => WORDS[language].asks(inWords(input)),
  async run({ words, person, from, until, order, limit }, context) {
    const { archive, asker, index, linkTo, timeZone } = context
    const wanted = sought({ words, person })
    index.need()
    // Whoever asks for it has just said these words.
    const asked = new Set<number | null>(asker.asked())
    const since = from ? startOfDay(from, timeZone) : undefined
    const before = until ? startOfDay(until, timeZone, 1) : undefined
    const all = archive.search({
      ...wanted,
      from: since,
      before,
      order,
      limit: limit + asked.size,
    })
    const hits = all.filter(({ message }) => !asked.has(message)).slice(0, limit)
    const { found, gone, unread, isKeptOnly } =
      hits.length && index.reach().state !== 'not listed'
        ? await readAgain(hits, context)
        : asKept(hits)
    // What stands in a file nobody has said.
    const inFiles = wanted.person
      ? NOTHING
      : await searchFiles({ words: wanted.words, from: since, before, limit }, context)
    const longest = Math.floor(MOST_TEXT / found.length)
    const notes = [
      from && until && from > until
        ? 'from is after until, so no day lies between them: turn them round.'
        : '',
      howFarBack(isKeptOnly ? { ...index.reach(), state: 'not listed' } : index.reach(), timeZone),
      unread
        ? `${unread} more could not be read again just now, so they are not shown: say so.`
        : '',
      gone ? `${gone} more were deleted: search again for what comes next.` : '',
      ...inFiles.notes,
    ].filter(Boolean)
    const result = {
      found: found.map(({ message, name, author, at, text }) => ({
        id: message,
        ...(message !== null && { link: linkTo(message) }),
        time: timeOf(at, timeZone),
        author: visible(name),
        ...(!isClaimed(author) && { author_id: author }),
        text: shortened(visible(text), longest),
      })),
      ...(inFiles.hits.length && { files: inFiles.hits }),
      ...(notes.length && { notes }),
    }
    return inFiles.hits.length ? new FromFiles(result) : result
  },
})

const NOTHING = { hits: [], notes: [] }

/** Empty: there is nothing to say, for it is all there. */
function howFarBack({ state, since, isWhole }: Reach, timeZone: string) {
  const time = since === null ? null : timeOf(since, timeZone)
  if (state === 'not listed')
    return 'This Campfire does not let bots read a room: only what was said to you and by you is kept. Say so.'
  if (state === 'none') return 'Only what was said to you and by you is kept here. Say so.'
  if (state === 'complete')
    return isWhole ? '' : `What was said before ${time} is not kept: say so.`
  return time
    ? `The room is still being read, backwards: what others said before ${time} cannot be found yet. Say so.`
    : 'The room is being read from now on, backwards. So far only what was said to you and by you can be found: ' +
        'say so, and that it takes some minutes.'
}

/** What nobody can see narrows nothing down. */
function sought({ words, person = '' }: { words: string; person?: string | undefined }) {
  return { words: visible(words).trim(), person: visible(person).trim() }
}

function inWords(input: Parameters<typeof sought>[0]) {
  const { words, person } = sought(input)
  return { words: quiet(words), person: quiet(person) }
}
