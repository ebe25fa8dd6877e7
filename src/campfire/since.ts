import { isGone } from './error.ts'
import type { ListedMessage } from './message.ts'
import { type Lists, type Page, pagesBack } from './page.ts'

const MOST_PAGES = 10

/**
 * From where on: behind this message. A Campfire that is restored from a backup gives its number again, lower
 * than what came before; then what was said since `time`, in ms since 1970, is behind it, whatever its number.
 */
export interface Since {
  cursor: number
  time: number
  /** The numbers are known to have gone back since. */
  wentBack: boolean
}

/** Everything after the cursor, also when its message has been deleted; `whole` when that is certain. */
export async function listFrom(campfire: Lists, cursor: number, most = MOST_PAGES) {
  return await listSince(
    campfire,
    { cursor, time: Number.POSITIVE_INFINITY, wentBack: false },
    most,
  )
}

/** The same, and what is `behind` it: also where only the list shows that the numbers went back. */
export async function listSince(campfire: Lists, since: Since, most = MOST_PAGES) {
  const { pages, isWhole } = await pagesSince(campfire, since, most)
  const messages = pages.flatMap((page) => page.messages)
  const wentBack = since.wentBack || isBelow(messages, since)
  return {
    messages,
    whole: isWhole && pages.every(({ unreadable }) => unreadable === 0),
    behind: messages.filter((message) => isBehind(message, { ...since, wentBack })),
  }
}

export function isBehind({ id, at }: ListedMessage, { cursor, time, wentBack }: Since) {
  return wentBack ? at > time : id > cursor
}

function isBelow(messages: ListedMessage[], { cursor }: Since) {
  return messages.length > 0 && messages.every(({ id }) => id < cursor)
}

async function pagesSince(campfire: Lists, since: Since, most: number): Promise<Listing> {
  if (since.wentBack) return await backTo(campfire, since, most)
  if (!since.cursor) return { pages: [await campfire.list()], isWhole: true }
  try {
    return await pagesAfter(campfire, since.cursor, most)
  } catch (error) {
    if (!isGone(error)) throw error
    return await backTo(campfire, since, most)
  }
}

/** `isWhole`: it reaches as far as was asked for. */
interface Listing {
  pages: Page[]
  isWhole: boolean
}

async function pagesAfter(campfire: Lists, cursor: number, most: number): Promise<Listing> {
  const pages: Page[] = []
  for (let after = cursor; pages.length < most; ) {
    const page = await campfire.list({ after })
    pages.push(page)
    const last = page.messages.at(-1)
    if (!page.more || !last || last.id <= after) return { pages, isWhole: true }
    after = last.id
  }
  return { pages, isWhole: false }
}

/** From the newest page back to where the cursor was, or would be. */
async function backTo(campfire: Lists, since: Since, most: number): Promise<Listing> {
  const pages: Page[] = []
  const reaches = ({ messages, more }: Page) => {
    const [first] = messages
    if (!first || !more) return true
    const wentBack = since.wentBack || isBelow((pages.at(-1) ?? { messages }).messages, since)
    const isBehindIt = !since.cursor || first.id <= since.cursor
    return isBehindIt && (!wentBack || first.at <= since.time)
  }
  for await (const page of pagesBack(campfire, { reaches, most })) pages.unshift(page)
  const [oldest] = pages
  return { pages, isWhole: !oldest || reaches(oldest) }
}
