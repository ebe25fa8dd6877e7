import { readHtml } from '../campfire/text.ts'
import type { Arrival } from '../tables/room/message.ts'

/** A message as Campfire tells it, in a delivery or in a list. */
interface Said {
  id: number | null
  author: { id: number; name: string | null }
  /** Empty or null where there is none, as for a file alone. */
  html: string | null
  plain: string
  file: string | null
  /** Null where whoever sent it may say anything of the room. */
  room: Arrival['room']
}

/** What the room receives of it. `self` is the bot, whose own mention is no part of the words. */
export function arrivalOf({ id, author, html, plain, file, room }: Said, self: number): Arrival {
  const read = html ? readHtml(html, self) : null
  const mentions = read?.mentions ?? []
  return {
    id,
    author: { id: author.id, name: author.name || `user ${author.id}` },
    text: file ? '' : (read?.text ?? plain).trim(),
    file,
    quote: read?.quote ?? null,
    mentions: [...mentions],
    // What comes from a room is here because we are mentioned in it, also where our chip is too old to
    // be read; the flat shape says nothing of it.
    mentioned: !room?.direct || mentions.some(({ userId }) => userId === self),
    room,
  }
}
