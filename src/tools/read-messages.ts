import * as z from 'zod'
import { readHtml } from '../campfire/text.ts'
import type { ListedMessage } from '../campfire.ts'
import { timeOf } from '../clock.ts'
import type { ToolContext } from './context.ts'
import { type Entry, fitEntries, lightened } from './read-messages/fit.ts'
import { LAST_WORD, readSince, Since } from './read-messages/since.ts'
import { EXAMPLES, WORDS } from './read-messages/words.ts'
import { defineTool, shortened } from './tool.ts'

/** Characters in one result, shared among its messages. */
const MOST_TEXT = 40_000
/** Of a day that somebody has missed so much is read at once. */
const MOST_TOKENS = 24_000

export const readMessages = defineTool({
  name: 'read_messages',
  description:
    'Read what was said in this room, by everyone: the newest messages, those around one (at most 40), or ' +
    'all since a time, a message or the last word of whoever asks you (at most 400). Oldest first. To tell ' +
    'somebody what they have missed read all of it, also what was cut, and give decisions, open questions ' +
    'and who promised what, each with its link. It cannot see other rooms or what is inside a file.',
  input: z.strictObject({
    around: z.int().positive().optional().describe('A message id; leave out for the newest.'),
    count: z.int().min(1).max(40).default(20),
    since: Since.max(40)
      .optional()
      .describe(
        'A time or day in the zone of <now>, as 2026-11-20T09:00; the id of a message; or "my last word here".',
      ),
    before: z.int().positive().optional().describe('With since: only what is older than this id.'),
  }),
  longestResult: 100_000,
  effect: 'read',
  examples: EXAMPLES,
  status: (_, language) => WORDS[language].status,
  asks: (_, language) => WORDS[language].asks,
  async run({ around, count, since, before }, context) {
    const { campfire, timeZone, quoted = (all) => all } = context
    if (since !== undefined) return await catchUp(since, before, context)
    const messages = around
      ? await listAround(around, count, campfire)
      : await newest(count, campfire)
    const longest = Math.floor(MOST_TEXT / messages.length)
    return messages.map(({ id, at, author, html, plain, file }) => ({
      id,
      time: timeOf(at, timeZone),
      author: author.name,
      author_id: author.id,
      ...(author.role === 'bot' && { bot: true }),
      ...(file ? { file } : wordsOf({ html, plain }, { longest, quoted })),
    }))
  },
})

async function catchUp(since: string, before: number | undefined, context: ToolContext) {
  const { timeZone, quoted = (all) => all, linkTo } = context
  const asEntry = ({ id, at, author, html, plain, file }: ListedMessage): Entry => {
    const time = timeOf(at, timeZone)
    return {
      id,
      day: time.slice(0, 10),
      at: time.slice(11, 16),
      author: author.name ?? `user ${author.id}`,
      ...(author.role === 'bot' && { bot: true as const }),
      ...(file
        ? { file }
        : wordsOf({ html, plain }, { longest: Number.POSITIVE_INFINITY, quoted })),
    }
  }
  const keep = (page: ListedMessage[]) => lightened(page.map(asEntry), MOST_TOKENS)
  const { messages, ends, start } = await readSince(since, before, { ...context, keep })
  const { entries, left, shortened } = fitEntries(messages, MOST_TOKENS)
  const [oldest] = entries
  const cut = inWords({
    before: oldest?.id ?? before,
    hasOlder: left > 0,
    ends,
    shortened,
    isNew: since === LAST_WORD && start === null && ends === null,
  })
  return {
    messages: entries.length,
    ...(start && { after: { id: start.id, time: timeOf(start.at, timeZone) } }),
    zone: timeZone,
    link: linkTo(0).replace(/0$/, '<id>'),
    ...(cut && { cut }),
    days: [...Map.groupBy(entries, ({ day }) => day)].map(([day, said]) => ({
      day,
      said: said.map(({ day: _, ...entry }) => entry),
    })),
  }
}

interface Cut {
  before: number | undefined
  hasOlder: boolean
  ends: 'too many' | 'not listed' | null
  shortened: number
  /** Whoever asks has said nothing here before. */
  isNew: boolean
}

/** What is not there, and how it is had. */
function inWords({ before, hasOlder, ends, shortened, isNew }: Cut) {
  const isCut = hasOlder || ends === 'too many'
  const older = isCut
    ? `Older messages are left out: call read_messages again with the same since and before: ${before}.`
    : ''
  const failed =
    ends === 'not listed' ? `Campfire failed to list what is older than ${before}: say so.` : ''
  const long = shortened
    ? `${shortened} long ones are shortened: around with count 1 shows more of one.`
    : ''
  const all = isNew
    ? 'They have not spoken here before, so this goes back to the beginning: say so.'
    : ''
  return [all, older, failed, long].filter(Boolean).join(' ')
}

/** Read as everything that people write is read; mentions of us stay, since nobody turned to us here. */
function wordsOf(
  { html, plain }: Pick<ListedMessage, 'html' | 'plain'>,
  { longest, quoted }: { longest: number; quoted: NonNullable<ToolContext['quoted']> },
) {
  const { text, quote: all } = readHtml(html, NOBODY)
  const quote = all && quoted(all)
  return {
    ...(quote && { quote: { ...quote, text: shortened(quote.text, LONGEST_QUOTE) } }),
    text: shortened(text || (quote ? '' : plain), longest),
  }
}

const NOBODY = 0
const LONGEST_QUOTE = 1_000

async function newest(count: number, campfire: ToolContext['campfire']) {
  const { messages } = await campfire.list()
  return messages.slice(-count)
}

/** Cursors leave their own message out, so the page after the last older one brings it in. */
async function listAround(id: number, count: number, campfire: ToolContext['campfire']) {
  const older: ListedMessage[] = (await campfire.list({ before: id })).messages
  const last = older.at(-1)
  const newer = last
    ? (await campfire.list({ after: last.id })).messages
    : await fromTheFirst(id, campfire)
  const first = Math.max(0, older.length - Math.floor(count / 2))
  return [...older.slice(first), ...newer.slice(0, Math.ceil(count / 2))]
}

/** Nothing is older than the first message of a room: the page before the second one has it. */
async function fromTheFirst(id: number, campfire: ToolContext['campfire']) {
  const newer: ListedMessage[] = (await campfire.list({ after: id })).messages
  const second = newer[0]
  const { messages } = await campfire.list(second && { before: second.id })
  return [...messages, ...newer]
}
