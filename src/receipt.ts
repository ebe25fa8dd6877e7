import { referenceOf } from './address.ts'
import { wasEdited } from './prompt.ts'
import { type Receipt, receiptOf } from './receipt/wording.ts'
import type { Sentences } from './sentences.ts'
import type { Quote } from './tables/room/message.ts'
import { type Reply, repliesOf } from './tables/room/reply-states.ts'
import { readSteps } from './tables/room/steps/read-steps.ts'
import { answersTo } from './tables/room/steps/receipt-rows.ts'
import type { TurnRow } from './tables/room/turns.ts'
import type { Tables } from './tables.ts'

export { RECEIPTS_KEPT, recordOf } from './receipt/record.ts'
export { recordingOf } from './receipt/recording.ts'

/** So many turns are looked through for a reply. An index of them would cost a write for each. */
const LOOKS_BACK = 200
const RECENT = 20
/** A turn takes no more messages than these. */
const MOST_MESSAGES = 200

/** What the bot tells of the message that was cited, or of its last turn. */
export function explain(
  tables: Tables,
  { quote, author }: { quote: Quote | null; author: number },
  sentences: Sentences,
) {
  const row = quote ? cited(tables, quote) : lastWithAnEnd(tables, author)
  if (row) return receiptOf(receiptFor(tables, row), sentences)
  return quote ? sentences.why.unknown : sentences.why.nothing
}

/** What somebody has said to us, or a reply of ours. */
function cited({ sql, turns, inbox, numbers }: Tables, { messageId }: Quote) {
  if (messageId === null) return null
  const [taker] = inbox.received.turnsOf([messageId])
  if (taker !== undefined) {
    const row = turns.find(taker)
    return row?.ended ? row : null
  }
  // What a Campfire has lost that was restored may have had a number that is another's now.
  const [reply] = sql
    .exec<{ turn: number }>(
      `SELECT turn FROM replies
       WHERE turn > (SELECT max(id) FROM turns) - ${LOOKS_BACK} AND message = ?
         AND turn > ?
       ORDER BY turn DESC LIMIT 1`,
      messageId,
      numbers.era().turn,
    )
    .toArray()
  return reply ? turns.find(reply.turn) : null
}

/** Nobody asks about a receipt, nor about a silence that was kept towards somebody else. */
function lastWithAnEnd({ turns }: Tables, author: number) {
  const isMeant = ({ ended, state, kind, asker }: TurnRow) =>
    ended !== null && kind !== 'why' && (state !== 'silent' || asker === author)
  return turns.newest(RECENT).find(isMeant)
}

function receiptFor({ sql, place, people }: Tables, row: TurnRow) {
  const steps = readSteps(sql, row.id) ?? []
  const isAsked = steps.some(({ uses }) => uses.some(({ state }) => state === 'waiting'))
  const answers = isAsked ? answersTo(sql, row.id) : []
  return {
    row,
    messages: messagesOf(sql, row.id),
    steps,
    answers: answers.map(({ by, ...answer }) => ({
      ...answer,
      by: by === null ? null : people.nameOf(by),
    })),
    edited: wasEdited([row.prompt, ...steps.map(({ notice }) => notice)]),
    doubt: doubtIn(row, repliesOf(sql, { first: row.id, last: row.id })),
    reference: referenceOf(place, row),
  }
}

function doubtIn(
  turn: Pick<TurnRow, 'doubt'>,
  replies: Pick<Reply, 'state' | 'message'>[],
): Receipt['doubt'] {
  if (replies.some(({ state }) => state === 'missing')) return 'may be missing'
  const doubtful = replies.find(({ state }) => state === 'doubtful')
  if (doubtful?.message === null) return 'may stand twice or be missing'
  // Words that gave way to others, where nobody could look since whether they came.
  const isLost = turn.doubt === 1 && replies.some(({ state }) => state === 'lost')
  return doubtful || isLost ? 'may stand twice' : null
}

/** What earlier turns had taken ends where its own messages can begin. */
function messagesOf(sql: SqlStorage, turn: number) {
  const { n } = sql
    .exec<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT turn FROM messages
         WHERE arrival > coalesce((SELECT taken_through FROM turns WHERE id = ?), 0)
         ORDER BY arrival LIMIT ${MOST_MESSAGES})
       WHERE turn = ?`,
      turn - 1,
      turn,
    )
    .one()
  return n
}
