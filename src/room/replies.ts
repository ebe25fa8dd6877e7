import { oneOf } from '../stored.ts'

/**
 * drafting  the intent of a draft: the answer's beginning, posted while the model is still at it
 * draft     it stands, and is edited as it grows; edits need no rows, they repeat safely
 * intended  the words are final, and are to be posted, or edited into the message that stands
 * doubted   it was sent, and may have arrived although the answer says nothing of it
 * posted    it stands as it is meant to
 * doubtful  sent again, since it may not have arrived and this Campfire cannot be asked: it may stand
 *           twice
 * missing   not sent again, for the same reasons: it may be missing
 * stale     a draft too old to tell anybody; the answer is posted anew, then this is removed
 * lost      its create was never answered, it was not found, and is no longer to stand; it may come late
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
  | 'gone'
  | 'lost'

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
  /** The words with which a draft was created: a late one is known by them. */
  began: string | null
}

export type Part = Pick<Reply, 'body' | 'file'>

/** The parts of one turn's answer. They are posted in order, each after the one before stands. */
export class Replies {
  readonly all: Reply[]
  #sql: SqlStorage
  #turn: number

  constructor(sql: SqlStorage, turn: number, all = readReplies(sql, turn)) {
    this.#sql = sql
    this.#turn = turn
    this.all = all
  }

  /** The one message that grows. */
  get draft() {
    return this.all.find(({ state }) => state === 'draft' || state === 'drafting') ?? null
  }

  /** The intent of a draft. */
  begin(body: string, cursor: number | null, now: number): Reply {
    const draft: Reply = {
      ...NEW,
      part: 1,
      body,
      cursor,
      state: 'drafting',
      created: now,
      began: body,
    }
    this.#insert(draft)
    return draft
  }

  /** It stands, under this id. */
  stands(draft: Reply, message: number) {
    this.#change(draft, { state: 'draft', message })
  }

  /** The final words. A draft that stands becomes the first part; its row changes with the last edit. */
  intend(parts: Part[], cursor: number | null) {
    if (!parts.length) throw new Error('A reply is never empty')
    const { draft } = this
    for (const [index, { body, file }] of parts.entries()) {
      const part = index + 1
      if (draft && part === 1) this.#finish(draft, body, parts.length > 1)
      else this.#insert({ ...NEW, part, file, body, cursor })
    }
  }

  /** Told anew, since nobody would notice an edit by now: the old one goes when the new one stands. */
  outlive(draft: Reply) {
    this.#sql.exec(
      "UPDATE replies SET part = 0, state = 'stale' WHERE turn = ? AND part = ?",
      this.#turn,
      draft.part,
    )
    Object.assign(draft, { part: 0, state: 'stale' })
  }

  /** Its words are posted anew, since it cannot be edited; it goes when they stand. */
  renew(reply: Reply) {
    const { part, file, body, cursor } = reply
    this.outlive(reply)
    this.#insert({ ...NEW, part, file, body, cursor })
    this.all.sort((a, b) => a.part - b.part)
  }

  gone(reply: Reply) {
    this.#change(reply, { state: 'gone' })
  }

  posted(reply: Reply, state: 'posted' | 'doubtful' | 'missing', message: number | null) {
    this.#change(reply, { state, message })
  }

  doubt(reply: Reply) {
    if (reply.state === 'intended') this.#change(reply, { state: 'doubted' })
  }

  /** What was sent gives way to this, though it may come late. */
  replace(doubted: Reply, { body, file }: Part) {
    const { part, cursor } = doubted
    this.#deleteFrom(part + 1)
    this.lose(doubted)
    this.#insert({ ...NEW, part, file, body, cursor })
  }

  /** What does not stand, and may yet: its words are kept, for the sweep to know it by. */
  lose(draft: Reply) {
    const part = Math.min(0, ...this.all.map((reply) => reply.part)) - 1
    this.#sql.exec(
      "UPDATE replies SET part = ?, state = 'lost' WHERE turn = ? AND part = ?",
      part,
      this.#turn,
      draft.part,
    )
    Object.assign(draft, { part, state: 'lost' })
  }

  /** A draft that never stood. */
  forget(draft: Reply) {
    this.all.splice(this.all.indexOf(draft), 1)
    this.#sql.exec('DELETE FROM replies WHERE turn = ? AND part = ?', this.#turn, draft.part)
  }

  /** A person deleted it, and wants no more of it: the parts after it are not posted. */
  end(reply: Reply) {
    this.gone(reply)
    this.drop()
  }

  /** What is not posted yet will not be. */
  drop() {
    const open = this.#open()
    if (open) this.#deleteFrom(open.part)
  }

  /** What is not posted yet gives way to this. */
  instead({ body, file }: Part) {
    const refused = this.#open()
    if (!refused) return

    this.#deleteFrom(refused.part + 1)
    refused.file = file
    this.#change(refused, { body, state: 'intended' })
  }

  #open() {
    return this.all.find(({ state }) => state === 'intended' || state === 'doubted')
  }

  #deleteFrom(part: number) {
    const kept = this.all.filter((reply) => reply.part < part)
    this.all.splice(0, this.all.length, ...kept)
    this.#sql.exec('DELETE FROM replies WHERE turn = ? AND part >= ?', this.#turn, part)
  }

  /** Written only where other parts follow: the steps have the words of a single one. */
  #finish(draft: Reply, body: string, isWritten: boolean) {
    if (isWritten) this.#change(draft, { body, state: 'intended' })
    else Object.assign(draft, { body, state: 'intended' })
  }

  #insert(reply: Reply) {
    this.#sql.exec(
      `INSERT INTO replies (turn, part, file, body, cursor, state, created, began)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#turn,
      reply.part,
      reply.file,
      reply.body,
      reply.cursor,
      reply.state,
      reply.created,
      reply.began,
    )
    this.all.push(reply)
  }

  #change(reply: Reply, changes: Partial<Pick<Reply, 'body' | 'state' | 'message'>>) {
    Object.assign(reply, changes)
    this.#sql.exec(
      'UPDATE replies SET body = ?, file = ?, state = ?, message = ? WHERE turn = ? AND part = ?',
      reply.body,
      reply.file,
      reply.state,
      reply.message,
      this.#turn,
      reply.part,
    )
  }
}

const NEW = {
  file: null,
  cursor: null,
  state: 'intended' as ReplyState,
  message: null,
  created: null,
  began: null,
}

/** The newest of our own messages that we know the id of; turns that kept silent have none. */
export function lastReplyId(sql: SqlStorage): number | null {
  const [row] = sql
    .exec<{ message: number | null }>(
      `SELECT max(message) AS message FROM
         (SELECT message FROM replies ORDER BY turn DESC, part DESC LIMIT 6)`,
    )
    .toArray()
  return row?.message ?? null
}

/** Of the newest turns, those of our own messages that are not older than this one. */
export function replyIdsFrom(sql: SqlStorage, oldest: number) {
  return sql
    .exec<{ message: number }>(
      `SELECT message FROM replies WHERE turn > (SELECT max(id) - 10 FROM turns)
       AND message >= ? AND state = 'posted'`,
      oldest,
    )
    .toArray()
    .map(({ message }) => message)
}

/** Our own messages of this turn and all after it. */
export function messageIdsSince(sql: SqlStorage, turn: number) {
  if (!Number.isFinite(turn)) return new Set<number>()
  const rows = sql.exec<{ message: number }>(
    'SELECT message FROM replies WHERE turn >= ? AND message IS NOT NULL',
    turn,
  )
  return new Set(rows.toArray().map(({ message }) => message))
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

function readReplies(sql: SqlStorage, turn: number): Reply[] {
  return sql
    .exec(
      'SELECT part, file, body, cursor, state, message, created, began FROM replies WHERE turn = ?',
      turn,
    )
    .toArray()
    .map((row, _, rows) => asReply(row as unknown as Reply, rows.length === 1))
}

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
  gone: true,
  lost: true,
} satisfies Record<ReplyState, true>) as ReplyState[]
