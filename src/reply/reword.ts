import { MOST_DEATHS } from '../tables/room/attempts.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import type { ReplyNeeds } from './needs.ts'
import { findPosted, NEVER_SENT } from './reconcile.ts'
import { isPartOf } from './split.ts'

/**
 * The room is to get other words than those intended, since the turn was stopped, failed or parked
 * meanwhile. What may stand of the old ones is looked for first; a reply that got out is the end, and
 * when it was stopped, what had still to follow it gives way.
 */
export async function reword(turn: ReplyNeeds) {
  const { row, replies } = turn
  const reply = replies.all.find(({ state }) => state === 'intended' || state === 'doubted')
  const words = { body: row.sentence ?? '', file: null }
  const mayHavePosted = reply?.state === 'doubted' && reply.message === null
  // What brought us down again after that may be in the old words themselves.
  const mayLook = mayHavePosted && row.deaths <= MOST_DEATHS
  const found = reply && mayLook ? await findPosted(turn, reply) : NEVER_SENT

  if (reply && found.id !== null) {
    replies.posted(reply, 'posted', found.id)
    if (row.verdict !== 'stopped') turn.change(NO_TROUBLE)
    else replies.instead(words)
  } else {
    // It may come late, and on an old Campfire nobody can say whether it did.
    if (reply?.state === 'doubted' && reply.message === null) replies.replace(reply, words)
    else replies.instead(words)
  }
}

/** The words that were intended are not those that the room is to get now. */
export function isOutdated(row: ReplyNeeds['row'], replies: Reply[]) {
  const open = replies.filter(({ state }) => state === 'intended' || state === 'doubted')
  const { sentence } = row
  if (!open.length || sentence === null) return false
  // A request stands below what was said before it, in a message of its own or in the same.
  return !open.some(({ body }) => isPartOf(sentence, body) || body.endsWith(`\n\n${sentence}`))
}

/** The answer got out before the turn was set aside: that is its end, and there is nothing to tell. */
export function isAnswered({ verdict, sentence }: ReplyNeeds['row'], replies: Reply[]) {
  if (verdict !== 'parked' || sentence === null) return false
  const stands = replies.filter(({ state }) => state === 'posted' || state === 'doubtful')
  return stands.length > 0 && !stands.some(({ body }) => isPartOf(sentence, body))
}

export const NO_TROUBLE = { verdict: null, sentence: null, error: null }
