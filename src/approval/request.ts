import type { Approval } from '../tables/room/approvals.ts'
import { repliesOf } from '../tables/room/reply-states.ts'
import type { Tables } from '../tables.ts'

/** All that one turn asks a yes for: one question, and one answer to it. */
export interface Request {
  turn: number
  asker: number
  /** Who may answer it beside its asker. Null: whoever the bot's file names. */
  approvers: number[] | null
  approvals: Approval[]
  /** Where it stands in the room. Empty: it does not, or nobody knows where. */
  messages: number[]
}

/** What may still be answered or withdrawn, the newest first. */
export function openRequests(tables: Tables): Request[] {
  const { approvals, now } = tables
  const byTurn = Map.groupBy(approvals.open(now()), ({ turn }) => turn)
  return [...byTurn.values()].flatMap((all) => {
    const [first] = all
    if (!first) return []
    const { turn, asker, approvers } = first
    const messages = standingMessages(tables, turn)
    return [{ turn, asker, approvers, approvals: all.toReversed(), messages }]
  })
}

/** The last of its messages: whatever comes after it comes after all of it. */
export function numberOf({ messages }: Request) {
  return messages.length ? Math.max(...messages) : null
}

/**
 * It counts from when all of it stands, and as long as the conversation that it is part of. What was asked
 * in a Campfire that was restored since may not stand there any more, and its numbers are given again.
 */
function standingMessages({ sql, turns, session, numbers }: Tables, turn: number) {
  const row = turns.find(turn)
  const { epoch, turn: restored } = numbers.era()
  const isOver = row?.state === 'replied' && row.session === session.current()?.id
  if (!isOver || (epoch > 0 && turn <= restored)) return []

  const parts = repliesOf(sql, { first: turn, last: turn }).filter(({ part }) => part > 0)
  const known = parts.flatMap(({ state, message }) =>
    (state === 'posted' || state === 'doubtful') && message !== null ? [message] : [],
  )
  return known.length === parts.length ? known : []
}
