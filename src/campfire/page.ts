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

/** Whatever can list a room: the newest page, the one before a message, or the one after it. */
export interface Lists {
  list(range?: { before: number } | { after: number }): Promise<Page>
}

/** From the newest page back, as far as the one that has `since`; what is not known is the newest alone. */
export async function* pagesBack(
  campfire: Lists,
  { since, most }: { since: number | null; most: number },
) {
  let page = await campfire.list()
  yield page
  for (let pages = 1; pages < most && since !== null; pages++) {
    const [first] = page.messages
    if (!first || !page.more || first.id <= since) return
    page = await campfire.list({ before: first.id })
    yield page
  }
}
