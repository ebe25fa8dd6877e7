import type { ListedMessage } from './message.ts'

/** A page of a room's messages. */
export interface Page {
  /** Oldest first. */
  messages: ListedMessage[]
  /** There is another page in the direction asked for. */
  more: boolean
  /** How many messages the whole room has, where Campfire says so. */
  total: number | null
  /** How many messages of this page could not be understood, and are missing from it. */
  unreadable: number
}

/** So many messages are on a page of Campfire's, but on the last. */
const FULL = 40

/**
 * That there is a next page is told by a link, and no more is taken of it: its address holds our key. So some proxies
 * take the link out, and every page looks like the last. A full one without it is asked behind, unless `total` says
 * that this is all there is: at worst the page behind it is empty.
 */
export function isMoreBehind(
  { messages, unreadable }: Pick<Page, 'messages' | 'unreadable'>,
  link: string | null,
  total: number | null,
) {
  if (/;\s*rel="?next\b/.test(link ?? '')) return true
  const count = messages.length + unreadable
  return count >= FULL && (total === null || total > count)
}

/** Whatever can list a room: the newest page, the one before a message, or the one after it. */
export interface Lists {
  list(range?: { before: number } | { after: number }): Promise<Page>
}

/** From the newest page back, as far as the one that reaches what is looked for. */
export async function* pagesBack(
  campfire: Lists,
  { reaches, most }: { reaches(page: Page): boolean; most: number },
) {
  let page = await campfire.list()
  yield page
  for (let pages = 1; pages < most && !reaches(page); pages++) {
    const [first] = page.messages
    if (!first || !page.more) return
    page = await campfire.list({ before: first.id })
    yield page
  }
}
