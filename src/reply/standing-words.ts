import { asMarkdown, isSame, listFrom } from '../campfire.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import type { ReplyNeeds } from './needs.ts'

/**
 * A draft as people see it, with another last line. Only the room knows how far it had grown when its life
 * ended. Null: there is nothing to change, or not without losing words.
 */
export async function withStatus(
  { campfire }: Pick<ReplyNeeds, 'campfire'>,
  { message, cursor }: Pick<Reply, 'message' | 'cursor'>,
  status: string,
): Promise<string | null> {
  if (message === null) return null
  const { messages } = await listFrom(campfire, cursor ?? message - 1, 1)
  const standing = messages.find(({ id }) => id === message)
  const words = standing && asMarkdown(standing, campfire.people())
  if (!standing || !words) return null
  const body = underStatus(words, status)
  return isSame(standing, { body, file: null }, campfire.people()) ? null : body
}

export function underStatus(words: string, status: string) {
  return `${words}\n\n*${status}…*`
}
