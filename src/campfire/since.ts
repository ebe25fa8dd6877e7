import type { Campfire, Page } from '../campfire.ts'
import { isGone } from './error.ts'

const MOST_PAGES = 10

type Lists = Pick<Campfire, 'list'>

/** Everything after the cursor, also when its message has been deleted; `whole` when that is certain. */
export async function listFrom(campfire: Lists, cursor: number) {
  if (!cursor) return together([await campfire.list()], true)
  try {
    return await pagesAfter(campfire, cursor)
  } catch (error) {
    if (!isGone(error)) throw error
    return await pagesBack(campfire, cursor)
  }
}

async function pagesAfter(campfire: Lists, cursor: number) {
  const pages: Page[] = []
  for (let after = cursor; pages.length < MOST_PAGES; ) {
    const page = await campfire.list({ after })
    pages.push(page)
    const last = page.messages.at(-1)
    if (!page.more || !last || last.id <= after) return together(pages, true)
    after = last.id
  }
  return together(pages, false)
}

/** From the newest page back to where the cursor was. */
async function pagesBack(campfire: Lists, cursor: number) {
  const pages = [await campfire.list()]
  for (;;) {
    const [page] = pages
    const first = page?.messages[0]
    if (!page?.more || !first || first.id <= cursor) return together(pages, true)
    if (pages.length === MOST_PAGES) return together(pages, false)
    pages.unshift(await campfire.list({ before: first.id }))
  }
}

function together(pages: Page[], reachesAll: boolean) {
  return {
    messages: pages.flatMap(({ messages }) => messages),
    whole: reachesAll && pages.every(({ unreadable }) => unreadable === 0),
  }
}
