import { type Campfire, CampfireError, isRefusal } from '../../campfire.ts'
import { inShort, log } from '../../log.ts'
import { mayBeTheWords } from '../../recovery.ts'
import type { ReminderPost } from '../../tables/room/reminders/posts.ts'
import type { Tables } from '../../tables.ts'
import { wordlessOf } from './wording.ts'

/** Where nothing at all is taken it costs a request more for each so many tries. */
const TRIES = 3

/**
 * What somebody is to be reminded of may be what is refused, and not the room. What may stand, where nobody can be asked
 * about it, is sent once more at the most.
 */
export function mayBeItsWords(
  { now }: Tables,
  { kind, failures, created }: ReminderPost,
  { error, canAsk }: { error: unknown; canAsk: boolean },
) {
  if (kind !== 'reminder' || !isRefusal(error) || error.isWordless) return false
  const count = failures + 1
  const mayBe = mayBeTheWords({ count, for: now() - created, hasApologized: count % TRIES > 0 })
  return mayBe && (canAsk || !error.uncertain)
}

/**
 * Posts that it is due, without its words, which tells the two apart: taken, it stands in their place; refused too,
 * the words wait on. The same as reply/apologize.ts. Null: it does not stand, as far as anybody can say.
 */
export async function postWithoutWords(
  tables: Tables,
  campfire: Pick<Campfire, 'post'>,
  post: ReminderPost,
) {
  const { reminders } = tables
  const reminder = reminders.find(post.reminder)
  if (!reminder) return null
  const { body } = post
  const ref = { ...tables.place, reminder: post.reminder, post: post.id }
  reminders.posts.change(post, {
    body: wordlessOf(tables, reminder, post),
    // Should they stand after all, they are known for what they are.
    sent: [...new Set([...post.sent, body])],
  })
  try {
    const placed = await campfire.post(post.body)
    log.error('reminder.words_refused', ref)
    return placed
  } catch (error) {
    log.warn('reminder.not_posted', { ...ref, error: inShort(error) })
    const isCertain = error instanceof CampfireError && !error.uncertain
    reminders.posts.change(post, isCertain ? { body } : { state: 'doubted' })
    return null
  }
}
