import * as z from 'zod'
import { CampfireError, type ListedMessage } from '../../campfire.ts'
import { isDay, isLocalTime, momentOf, timeOf } from '../../clock.ts'
import type { ToolContext } from '../context.ts'

/** In one call; whoever wants more asks for what is older. */
const MOST = 400

export const LAST_WORD = 'my last word here'

export const Since = z
  .string()
  .trim()
  .regex(
    /^(my last word here|\d{1,15}|\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?)$/,
    'a time as 2026-11-20T09:00, a day, the id of a message, or "my last word here"',
  )
  .refine((since) => !since.includes('-') || isDay(since.slice(0, 10)), {
    message: 'not a day of the calendar',
  })
  .refine((since) => !/\dT/.test(since) || isLocalTime(since), {
    message: 'not a time that a clock shows',
  })

export interface Stretch<Kept> {
  /** Oldest first. */
  messages: Kept[]
  /** Why it does not reach back to the beginning. Null: it does. */
  ends: 'too many' | 'not listed' | null
  /** Where it begins, where that is a message that still stands. */
  start: ListedMessage | null
}

type Reading = Pick<ToolContext, 'campfire' | 'asker' | 'timeZone' | 'requestsLeft' | 'now'>

/**
 * From the newest page, or the message before which it was cut, back to where it is to begin. The newest
 * come first, so that what does not fit is what is oldest. `keep` says what is kept of a page, of however long
 * messages: ten of them whole may be more than we have memory for.
 */
export async function readSince<Kept>(
  since: string,
  before: number | undefined,
  { keep, ...context }: Reading & { keep: (messages: ListedMessage[]) => Kept[] },
): Promise<Stretch<Kept>> {
  const isStart = startOf(since, context)
  const asked = new Set(context.asker.asked())
  let messages: Kept[] = []
  for (let range = before === undefined ? undefined : { before }; ; ) {
    const page = await listed(context, range, messages.length > 0)
    if (!page) return { messages, ends: 'not listed', start: null }
    const at = page.messages.findLastIndex(isStart)
    const news = page.messages.slice(at + 1).filter(({ id }) => !asked.has(id))
    messages = [...keep(news), ...messages]
    const [first] = page.messages
    if (at >= 0) return cut(messages, page.messages[at] ?? null)
    if (!first || !page.more) return cut(messages, null)
    if (messages.length >= MOST || context.requestsLeft() <= 0)
      return { messages: messages.slice(-MOST), ends: 'too many', start: null }
    range = { before: first.id }
  }
}

function cut<Kept>(messages: Kept[], start: ListedMessage | null): Stretch<Kept> {
  return messages.length > MOST
    ? { messages: messages.slice(-MOST), ends: 'too many', start: null }
    : { messages, ends: null, start }
}

/** What was read is worth having, also where Campfire fails at an older page. */
async function listed(
  { campfire }: Reading,
  range: { before: number } | undefined,
  hasSome: boolean,
) {
  try {
    return await campfire.list(range)
  } catch (error) {
    if (hasSome && error instanceof CampfireError) return null
    throw error
  }
}

/** Whether a message is older than what is wanted. */
function startOf(since: string, { asker, timeZone, now }: Reading) {
  if (since === LAST_WORD) return lastWordOf(asker)
  if (!since.includes('-')) return ({ id }: ListedMessage) => id <= Number(since)
  const from = momentOf(since, timeZone)
  if (from > now) {
    throw new Error(
      `${since} is still to come: it is ${timeOf(now, timeZone)} now. Give a time that is over.`,
    )
  }
  return ({ at }: ListedMessage) => at < from
}

/** What the asker says to us now is not it. */
function lastWordOf({ id, asked }: ToolContext['asker']) {
  const [first] = asked()
  if (first === undefined)
    throw new Error('Nobody can tell who asks here. Give a time or the id of a message instead.')
  return (message: ListedMessage) => message.author.id === id && message.id < first
}
