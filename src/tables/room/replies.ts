import { keepLateEdit } from './replies/late-edits.ts'
import { holdersOf, standBefore, unplaced } from './replies/own-messages.ts'
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

  /** Final words of which nothing stands: whether they may have arrived the row of the turn knows. */
  get isUnsent() {
    const { all } = this
    return all.length > 0 && all.every(({ state, message }) => state === 'intended' && !message)
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

  /**
   * The final words, and what tells somebody of them. A draft that stands becomes the first part; its row
   * changes with the last edit. Until then nothing of what is to follow it was sent: it is decided anew.
   */
  intend(parts: Part[], cursor: number | null, tellings: Part[] = []) {
    if (!parts.length) throw new Error('A reply is never empty')
    const { draft } = this
    if (this.#open()) this.drop()
    for (const [index, { body, file, began = null }] of [...parts, ...tellings].entries()) {
      const part = index + 1
      if (draft && part === 1) this.#finish(draft, body, parts.length > 1)
      else this.#insert({ ...NEW, part, file, body, cursor, began })
    }
  }

  /** One more, behind all that was sent. */
  add({ body, file }: Part, cursor: number | null) {
    const part = Math.max(0, ...this.all.map((reply) => reply.part)) + 1
    this.#insert({ ...NEW, part, file, body, cursor })
  }

  /** Its words are posted anew, where a number that is as old would not do: it goes when they stand. */
  outlive(draft: Reply) {
    const isFirst = this.all.every(({ part }) => part !== 0)
    this.#setAside(draft, isFirst ? 0 : this.#before(), 'stale')
  }

  /** Its words are posted anew, since it cannot be edited; it goes when they stand. */
  renew(reply: Reply) {
    const { part, file, body, cursor } = reply
    this.outlive(reply)
    this.#insert({ ...NEW, part, file, body, cursor })
    this.all.sort((a, b) => a.part - b.part)
  }

  /**
   * The intent of a note: a line that says that we are at it, or what a tool shows beside the answer. A Worker
   * of before takes it for a draft.
   */
  tell({ body, file }: Part, cursor: number | null, now: number): Reply {
    const note: Reply = {
      ...NEW,
      part: this.#before(),
      file,
      body,
      cursor,
      state: 'telling',
      created: now,
    }
    this.#insert(note)
    return note
  }

  told(note: Reply, message: number | null) {
    this.#change(note, { state: 'told', message })
  }

  /** It stands with these words now. */
  retold(note: Reply, message: number, body: string) {
    if (note.body !== body || note.message !== message)
      this.#change(note, { state: 'told', message, body })
  }

  /**
   * The intent of a sentence in place of what is refused, beside it. Where that is tried for a day it is one
   * row, and what was sent before is looked for as well.
   */
  apologize(body: string, cursor: number | null): Reply {
    const before = this.all.find((reply) => reply.state === 'lost' && reply.body === body)
    if (before) {
      this.#change(before, { state: 'apology' })
      return before
    }
    const apology: Reply = { ...NEW, part: this.#before(), body, cursor, state: 'apology' }
    this.#insert(apology)
    return apology
  }

  get apology() {
    return this.all.find(({ state }) => state === 'apology') ?? null
  }

  /**
   * It stands, or may, and takes the place of what does not: a part that may come late is known by its words, and one
   * that stands half said is to go.
   */
  apologized(apology: Reply, message: number | null, state: 'posted' | 'doubted') {
    for (const reply of this.all.filter(({ state }) => HALF.includes(state))) {
      if (reply.message !== null) this.outlive(reply)
      else if (reply.state === 'doubted') this.lose(reply)
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
    this.#change(apology, { state, message })
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

  /** It stands, and is to go later: what takes its place stands, too. */
  leave(reply: Reply) {
    this.#change(reply, { state: 'left' })
  }

  gone(reply: Reply) {
    this.#change(reply, { state: 'gone' })
  }

  posted(reply: Reply, state: 'posted' | 'doubtful' | 'missing', message: number | null) {
    this.#change(reply, { state, message })
  }

  /** It stands under this id, and is not whole yet. */
  placed(reply: Reply, message: number) {
    this.#change(reply, { message })
  }

  /** An edit to these words was given up, and may take effect later. */
  mayComeLate(message: number, words: string) {
    keepLateEdit(this.#sql, { turn: this.#turn, message, words })
  }

  /** It cannot be found, and so cannot be filled: the next create is of the whole. */
  doubtWhole(reply: Reply) {
    this.#change(reply, { state: 'doubted', began: null })
  }

  /** Answers of this and of any other turn that have one of these numbers. */
  holders(messages: number[]) {
    return holdersOf(this.#sql, messages)
  }

  /** What other turns have sent and nobody knows the number of. */
  unplacedOfOthers() {
    return unplaced(this.#sql, this.#turn)
  }

  /** What turns before this one have said, and nobody knows under which number. */
  standBefore() {
    return standBefore(this.#sql, this.#turn)
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
    this.#setAside(draft, this.#before(), 'lost')
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
    const began = refused.message === null ? null : refused.began
    this.#change(refused, { body, state: 'intended', began })
  }

  #setAside(reply: Reply, part: number, state: 'stale' | 'lost') {
    this.#sql.exec(
      'UPDATE replies SET part = ?, state = ? WHERE turn = ? AND part = ?',
      part,
      state,
      this.#turn,
      reply.part,
    )
    Object.assign(reply, { part, state })
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

  /** Written only where its words go on in other parts: the steps have those of a single one. */
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

  #change(reply: Reply, changes: Partial<Pick<Reply, 'body' | 'state' | 'message' | 'began'>>) {
    Object.assign(reply, changes)
    this.#sql.exec(
      `UPDATE replies SET body = ?, file = ?, state = ?, message = ?, began = ?
       WHERE turn = ? AND part = ?`,
      reply.body,
      reply.file,
      reply.state,
      reply.message,
      reply.began,
      this.#turn,
      reply.part,
    )
  }
}

/** Of an answer whose last words are still to come. */
const HALF: ReplyState[] = ['draft', 'intended', 'doubted']

const NEW = {
  file: null,
  cursor: null,
  state: 'intended' as ReplyState,
  message: null,
  created: null,
  began: null,
  prints: null,
}
