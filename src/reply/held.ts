import { isSame, type ListedMessage } from '../campfire.ts'
import type { Reply } from '../tables/room/reply-states.ts'

type Holder = Pick<Reply, 'message' | 'body' | 'file'>

/** Without those that an answer is known to be: none of these is ever anybody's double. */
export function withoutHeld(messages: ListedMessage[], holders: (ids: number[]) => Holder[]) {
  const known = holders(messages.map(({ id }) => id))
  return messages.filter((message) => !known.some((one) => holds(one, message)))
}

/** A restored Campfire gives numbers again, so the words must be the same, too. */
function holds({ message, ...words }: Holder, listed: ListedMessage) {
  return message === listed.id && isSame(listed, words)
}
