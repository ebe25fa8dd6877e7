import * as z from 'zod'
import { readHtml } from '../campfire/text.ts'
import type { ListedMessage } from '../campfire.ts'
import { timeOf } from '../clock.ts'
import type { ToolContext } from './context.ts'
import { EXAMPLES, WORDS } from './read-messages/words.ts'
import { defineTool, shortened } from './tool.ts'

/** Characters in one result, shared among its messages. */
const MOST_TEXT = 40_000

export const readMessages = defineTool({
  name: 'read_messages',
  description:
    'Read what was said in this room, by everyone: the newest messages, or those around one. ' +
    'At most 40, oldest first. It cannot see other rooms or what is inside a file.',
  input: z.strictObject({
    around: z.int().positive().optional().describe('A message id; leave out for the newest.'),
    count: z.int().min(1).max(40).default(20),
  }),
  effect: 'read',
  examples: EXAMPLES,
  status: (_, language) => WORDS[language].status,
  asks: (_, language) => WORDS[language].asks,
  async run({ around, count }, { campfire, timeZone, quoted = (all) => all }) {
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
