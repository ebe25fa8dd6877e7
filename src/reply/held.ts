import { isSame, type ListedMessage } from '../campfire.ts'
import { CLOCKS_APART } from '../clock.ts'
import type { Reply } from '../tables/room/reply-states.ts'

type Holder = Pick<Reply, 'message' | 'body' | 'file'> & { ended: number | null }

/** Without those that an answer is known to be: none of these is ever anybody's double. */
export function withoutHeld(messages: ListedMessage[], holders: (ids: number[]) => Holder[]) {
  const known = holders(messages.map(({ id }) => id))
  return messages.filter((message) => !known.some((one) => holds(one, message)))
}

/**
 * A restored Campfire gives numbers again, so the words must be the same, too. Where they are forgotten nothing that
 * came after the end of its turn is it.
 */
function holds({ message, ended, ...words }: Holder, listed: ListedMessage) {
  if (message !== listed.id) return false
  const isForgotten = words.body === '' && words.file === null
  if (isForgotten) return ended === null || listed.at <= ended + CLOCKS_APART
  return isSame(listed, words)
}
