import { readHtml } from '../campfire/text.ts'
import type { ListedMessage, Page } from '../campfire.ts'
import type { Heard, Pages } from '../tables/room/archive/room-index.ts'
import type { Tables } from '../tables.ts'

/** Of a message of any length so much is read: a page of long ones must not bring us down. */
const MOST_HTML = 20_000

type Listed = Pick<Page, 'messages' | 'more'>

/** The newest pages of the room, in any order, as a turn or a look has read them; or all after a message. */
export function keepPages(tables: Tables, pages: Listed[], after?: number) {
  if (!tables.index.get() || !pages.length) return
  const stretch = asPages(tables, together(pages))
  const low = stretch.low && after ? { ...stretch.low, id: after + 1 } : stretch.low
  const top = tables.index.top()
  const news = stretch.heard.filter(({ id }) => id > top)
  // What was said to us is kept by the turn that takes it, once.
  const [first] = news
  const toUs = new Set(first ? tables.inbox.received.idsFrom(first.id) : [])
  tables.index.hear({ ...stretch, low, heard: news.filter(({ id }) => !toUs.has(id)) })
}

/** What is to be kept of a stretch. */
export function asPages(tables: Tables, { messages, more }: Listed): Pages {
  const [low] = messages
  const { forgotten } = tables
  const since = tables.inbox.received.first()?.id ?? Number.POSITIVE_INFINITY
  // What we have said since somebody first spoke to us was kept as an answer, once.
  const isOurs = ({ id, author }: ListedMessage) => author.id === tables.place.bot && id >= since
  const kept = messages.filter(
    (one) => !isOurs(one) && !forgotten.has({ id: one.id, author: one.author.id }),
  )
  return {
    low: low ? { id: low.id, at: low.at } : null,
    high: messages.at(-1)?.id ?? 0,
    more,
    count: messages.length,
    heard: kept.map(asHeard).filter(({ text }) => text),
  }
}

export function asHeard({ id, author, at, html, plain, file }: ListedMessage): Heard {
  const { text, quote } = readHtml(html.slice(0, MOST_HTML), NOBODY)
  return {
    id,
    author: author.id,
    name: author.name ?? `user ${author.id}`,
    at,
    text: file ? `[file: ${file}]` : text || (quote ? '' : plain),
  }
}

/** Mentions of us stay: nobody turns to us here. */
const NOBODY = 0

function together(pages: Listed[]): Listed {
  const messages = pages.flatMap((page) => page.messages).toSorted((a, b) => a.id - b.id)
  const [low] = messages
  // Whether there is more is said by the page that is the oldest.
  const oldest = pages.find((page) => page.messages.some(({ id }) => id === low?.id))
  return { messages, more: oldest?.more ?? false }
}
