import { holdersOf } from './own-messages.ts'
import { type Part, type Reply, type ReplyState, readReplies } from './reply-states.ts'

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

  /** The intent of a sentence in place of what is refused, beside it. */
  apologize(body: string, cursor: number | null): Reply {
    const apology: Reply = { ...NEW, part: this.#before(), body, cursor, state: 'apology' }
    this.#insert(apology)
    return apology
  }

  get apology() {
    return this.all.find(({ state }) => state === 'apology') ?? null
  }

  /** It stands, and takes the place of what does not: a part that may come late is known by its words. */
  apologized(apology: Reply, message: number | null) {
    for (const reply of this.all.filter(({ state }) => state === 'doubted')) {
      if (reply.message === null) this.lose(reply)
    }
    this.drop()
    const part = Math.max(0, ...this.all.map((reply) => reply.part)) + 1
    this.#sql.exec(
      'UPDATE replies SET part = ? WHERE turn = ? AND part = ?',
      part,
      this.#turn,
      apology.part,
    )
    apology.part = part
    this.all.sort((a, b) => a.part - b.part)
    this.posted(apology, 'posted', message)
  }

  /** The messages of later turns: their words may be the same as ours. */
  later() {
    return this.#sql
      .exec<{ message: number }>(
        'SELECT message FROM replies WHERE turn > ? AND message IS NOT NULL LIMIT 200',
        this.#turn,
      )
      .toArray()
      .map(({ message }) => message)
  }

  gone(reply: Reply) {
    this.#change(reply, { state: 'gone' })
  }

  posted(reply: Reply, state: 'posted' | 'doubtful' | 'missing', message: number | null) {
    this.#change(reply, { state, message })
  }

  /** Answers of this and of any other turn that have one of these numbers. */
  holders(messages: number[]) {
    return holdersOf(this.#sql, messages)
  }

  /** Given up half said, and marked so. */
  breakOff(draft: Reply, body: string) {
    this.#change(draft, { body, state: 'posted' })
  }

  doubt(reply: Reply) {
    if (reply.state === 'intended') this.#change(reply, { state: 'doubted' })
  }

  /** Its repetition was surely not taken. */
  doubtAgain(reply: Reply) {
    this.#change(reply, { state: 'doubted' })
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
    const part = this.#before()
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

  /** A number before all others: what has it is no part of the answer. */
  #before() {
    return Math.min(0, ...this.all.map((reply) => reply.part)) - 1
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
