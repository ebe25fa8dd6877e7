import { split } from '../campfire/markdown.ts'
import { type Campfire, CampfireError, isPassing, isSame } from '../campfire.ts'
import { log } from '../log.ts'
import type { Part, Reply } from '../room/replies.ts'
import type { Turn } from '../turn.ts'
import { SENTENCES } from './sentences.ts'

const MOST_PARTS = 4

/** What is posted: the text in one or a few messages; the whole as a file where that is too much. */
export function partsOf(text: string): Part[] {
  const parts = split(text)
  const first = parts[0] ?? text
  return parts.length <= MOST_PARTS
    ? parts.map((body) => ({ body, file: null }))
    : [
        { body: `${first}\n\n${SENTENCES.whole}`, file: null },
        { body: text, file: 'answer.md' },
      ]
}

/** Posts what is intended and not posted, in order: a part stands before the next one is sent. */
export async function post(turn: Turn) {
  const { replies } = turn
  for (const reply of replies.all) {
    if (reply.state !== 'intended') continue

    const known = turn.unsure ? await findPosted(turn, reply) : NEVER_SENT
    const id = known.id ?? (await send(turn.campfire, reply)).id
    replies.posted(reply, known.sure ? 'posted' : 'doubtful', id)
    turn.unsure = false
  }
}

async function send(campfire: Campfire, { file, body }: Reply) {
  return file
    ? await campfire.attach({ name: file, type: 'text/markdown', body })
    : await campfire.post(body)
}

const NEVER_SENT = { id: null, sure: true }

/**
 * A create whose answer never came may stand in the room. Own messages after the cursor with the
 * same text are that reply: one is adopted, the others go. Without a list we can only send again.
 */
async function findPosted(turn: Turn, reply: Reply): Promise<{ id: number | null; sure: boolean }> {
  const { campfire, replies, botUserId } = turn
  const known = new Set(replies.all.map(({ message }) => message))
  const cursor = Math.max(reply.cursor ?? 0, ...replies.all.map(({ message }) => message ?? 0))

  try {
    const listed = await listAfter(campfire, cursor)
    const [found, ...others] = listed.filter(
      (message) =>
        message.id > cursor &&
        message.author.id === botUserId &&
        !known.has(message.id) &&
        isSame(message, reply),
    )
    for (const { id } of others) await campfire.delete(id)
    log.info('reply.reconciled', {
      ...turn.ref,
      part: reply.part,
      found: Boolean(found),
      removed: others.length,
    })
    return { id: found?.id ?? null, sure: true }
  } catch (error) {
    if (isPassing(error) || !(error instanceof CampfireError)) throw error
    log.warn('reply.may_stand_twice', { ...turn.ref, part: reply.part, error: error.kind })
    return { id: null, sure: false }
  }
}

/** Everything after the cursor; the newest page when the cursor's message has been deleted. */
async function listAfter(campfire: Campfire, cursor: number) {
  if (!cursor) return (await campfire.list()).messages
  try {
    const messages = []
    for (let after = cursor; ; ) {
      const page = await campfire.list({ after })
      messages.push(...page.messages)
      const last = page.messages.at(-1)
      if (!page.more || !last || last.id <= after) return messages
      after = last.id
    }
  } catch (error) {
    if (error instanceof CampfireError && error.kind === 'gone')
      return (await campfire.list()).messages
    throw error
  }
}
