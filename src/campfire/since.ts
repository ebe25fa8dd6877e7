import type { Campfire, Page } from '../campfire.ts'
import { CampfireError } from './error.ts'

const MOST_PAGES = 10

/** Everything after the cursor; the newest page when the cursor's message has been deleted. */
export async function listFrom(campfire: Pick<Campfire, 'list'>, cursor: number) {
  try {
    const pages = []
    for (let after = cursor; ; ) {
      const page = await campfire.list(after ? { after } : undefined)
      pages.push(page)
      const last = page.messages.at(-1)
      const isLast = !after || !page.more || !last || last.id <= after
      if (isLast || pages.length === MOST_PAGES) return together(pages)
      after = last.id
    }
  } catch (error) {
    const cursorIsGone = error instanceof CampfireError && error.kind === 'gone'
    if (cursorIsGone) return together([await campfire.list()])
    throw error
  }
}

function together(pages: Page[]) {
  return {
    messages: pages.flatMap(({ messages }) => messages),
    whole: pages.every(({ unreadable }) => unreadable === 0),
  }
}
