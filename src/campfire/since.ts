import { isGone } from './error.ts'
import { type Lists, type Page, pagesBack } from './page.ts'

const MOST_PAGES = 10

/** Everything after the cursor, also when its message has been deleted; `whole` when that is certain. */
export async function listFrom(campfire: Lists, cursor: number, most = MOST_PAGES) {
  if (!cursor) return together([await campfire.list()], true)
  try {
    return await pagesAfter(campfire, cursor, most)
  } catch (error) {
    if (!isGone(error)) throw error
    return await backTo(campfire, cursor, most)
  }
}

async function pagesAfter(campfire: Lists, cursor: number, most: number) {
  const pages: Page[] = []
  for (let after = cursor; pages.length < most; ) {
    const page = await campfire.list({ after })
    pages.push(page)
    const last = page.messages.at(-1)
    if (!page.more || !last || last.id <= after) return together(pages, true)
    after = last.id
  }
  return together(pages, false)
}

/** From the newest page back to where the cursor was. */
async function backTo(campfire: Lists, cursor: number, most: number) {
  const pages: Page[] = []
  for await (const page of pagesBack(campfire, { since: cursor, most })) pages.unshift(page)
  const [oldest] = pages
  const [first] = oldest?.messages ?? []
  return together(pages, !oldest?.more || !first || first.id <= cursor)
}

function together(pages: Page[], reachesAll: boolean) {
  return {
    messages: pages.flatMap(({ messages }) => messages),
    whole: reachesAll && pages.every(({ unreadable }) => unreadable === 0),
  }
}
