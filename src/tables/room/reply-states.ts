import * as z from 'zod'
import { oneOf, stored } from '../../storage.ts'

/**
 * drafting  the intent of a draft: the answer's beginning, posted while the model is still at it
 * draft     it stands, and is edited as it grows; edits need no rows, they repeat safely
 * intended  the words are final, and are to be posted, or edited into the message that stands
 * doubted   it was sent, and may have arrived although the answer says nothing of it
 * posted    it stands as it is meant to
 * doubtful  sent again, since it may not have arrived and this Campfire cannot be asked: it may stand
 *           twice
 * missing   not sent again, for the same reasons: it may be missing
 * stale     a draft that a request for a yes cannot stand in, or that cannot be edited; its words are posted anew, then it is removed
 * left      of those one that Campfire would not remove: it stands beside them until a look at the room removes it
 * lost      its create was never answered, it was not found, and is no longer to stand; it may come late
 * apology   the intent of a sentence in place of words that were refused: taken, it is the end of the turn
 * telling   the intent of a note, which is no part of the answer: a line that says that we are at it, or what
 *           a tool shows beside it. It may stand, and is never sent again
 * told      it stands
 * gone      removed, by us when it was stale, or by a person, and that is then the end of it
 */
export type ReplyState =
  | 'drafting'
  | 'draft'
  | 'intended'
  | 'doubted'
  | 'posted'
  | 'doubtful'
  | 'missing'
  | 'stale'
  | 'left'
  | 'gone'
  | 'lost'
  | 'apology'
  | 'telling'
  | 'told'

/** One message or file of an answer. */
export interface Reply {
  part: number
  /** The file's name, when this part is a file. */
  file: string | null
  body: string
  /** The newest message known in the room when the intent was written: the reply comes after it. */
  cursor: number | null
  state: ReplyState
  message: number | null
  /** When the draft was created, in ms since 1970. */
  created: number | null
  /**
   * The words with which a draft was created, or a part that is too long for a push and is filled by an
   * edit: a late one is known by them.
   */
  began: string | null
  /** Its words were forgotten while it was in doubt: these name them, and how it began. */
  prints: number[] | null
}

/** Since when Campfire does not take what a turn wants, and what it said to it. Times in ms since 1970. */
export const Outage = z.object({
  /** Refusals in a row of one post, and since when; an outage has none. */
  refusals: z.int(),
  since: z.number().nullable(),
  /** When one came that was surely Campfire's own. */
  own: z.number().nullable(),
  /** The operator has been told of that. */
  told: z.boolean(),
  /** It is the turn of the sentence in place of what was refused. */
  apology: z.boolean(),
  /** It was sent once more while everything that was asked failed. */
  guessed: z.boolean().optional(),
})
export type Outage = z.infer<typeof Outage>

export const NO_OUTAGE: Outage = {
  refusals: 0,
  since: null,
  own: null,
  told: false,
  apology: false,
}

export type Part = Pick<Reply, 'body' | 'file'> & Partial<Pick<Reply, 'began'>>

/** What was said beside the answer, or is lost, says nothing of how far that is. */
export function isOfAnswer(reply: Pick<Reply, 'state'>) {
  return reply.state !== 'lost' && !isNote(reply)
}

/** It says that we are at it, or is what a tool shows. */
export function isNote({ state }: Pick<Reply, 'state'>) {
  return state === 'telling' || state === 'told'
}

/**
 * Something of it is known to stand, or to have stood until a person deleted it. Below a part that may be missing, what
 * is gone was ours to remove.
 */
export function stands(replies: Reply[]) {
  const isKnown = !isUnknown(replies)
  return replies.some(
    ({ state, message }) =>
      state === 'posted' ||
      (state === 'gone' && isKnown) ||
      (state === 'doubtful' && message !== null),
  )
}

/** It was sent, and whether any of it stands nobody could find out. */
export function isUnknown(replies: Pick<Reply, 'state' | 'message'>[]) {
  return replies.some(
    ({ state, message }) => state === 'missing' || (state === 'doubtful' && message === null),
  )
}

/** What became of the answers of these turns. */
export function repliesOf(sql: SqlStorage, { first, last }: { first: number; last: number }) {
  return sql
    .exec<{ turn: number; part: number; message: number | null; state: ReplyState }>(
      `SELECT turn, part, message, state FROM replies WHERE turn BETWEEN ? AND ? ORDER BY turn, part`,
      first,
      last,
    )
    .toArray()
    .map((reply) => ({ ...reply, state: oneOf(reply.state, STATES, 'doubted') }))
}

export function readReplies(sql: SqlStorage, turn: number): Reply[] {
  return sql
    .exec(
      'SELECT part, file, body, cursor, state, message, created, began, prints FROM replies WHERE turn = ?',
      turn,
    )
    .toArray()
    .map(({ prints, ...row }, _, rows) => {
      const name = { table: 'replies', key: `${turn}.${row.part}` }
      const known = prints === null ? null : stored(prints, Prints, name)
      return asReply({ ...row, prints: known } as unknown as Reply, rows.length === 1)
    })
}

const Prints = z.array(z.int())

/** A state that we do not know may be a newer Worker's, or garbage: see schema.ts for what it is to us. */
function asReply(reply: Reply, isAlone: boolean): Reply {
  return { ...reply, state: oneOf(reply.state, STATES, unknownState(reply, isAlone)) }
}

/** With other parts beside it, its words are final. */
function unknownState({ created, message }: Reply, isAlone: boolean): ReplyState {
  if (created === null || !isAlone) return 'doubted'
  return message === null ? 'drafting' : 'draft'
}

const STATES = Object.keys({
  drafting: true,
  draft: true,
  intended: true,
  doubted: true,
  posted: true,
  doubtful: true,
  missing: true,
  stale: true,
  left: true,
  gone: true,
  lost: true,
  apology: true,
  telling: true,
  told: true,
} satisfies Record<ReplyState, true>) as ReplyState[]
