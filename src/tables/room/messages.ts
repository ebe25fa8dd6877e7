import type { Arrival, Message, Taken } from './message.ts'
import { Numbers, numberOf } from './messages/numbers.ts'
import { Queue } from './messages/queue.ts'
import { Received } from './messages/received.ts'
import { numberFor } from './messages/repeats.ts'
import { authorOf, mentionsOf, type Row, UNSURE } from './messages/row.ts'
import {
  AT_ONCE,
  HELD,
  OLDEST_FIRST,
  readOn,
  readWhole,
  WAITING,
  waitingIn,
} from './messages/waiting.ts'
import { wordsHash } from './messages/words-hash.ts'
import type { TurnRow } from './turns.ts'

/** A file alone waits this long for the words that the same person sends with it. */
const FILE_WAITS = 1_000

type Drop = Pick<Message, 'author' | 'name' | 'file'> & { dropped: number[] }
type Task = Pick<Message, 'author' | 'name' | 'text' | 'at'> & { schedule: number }

/** The messages that were received and not yet taken by a turn. */
export class Inbox {
  /** What came in, taken or not. */
  readonly received: Received
  #sql: SqlStorage
  #numbers: Numbers
  #queue: Queue
  /** Only a cache. */
  #mayHaveLinks = true

  constructor(sql: SqlStorage, numbers = new Numbers(sql)) {
    this.#sql = sql
    this.#numbers = numbers
    this.received = new Received(sql, numbers)
    this.#queue = new Queue(sql)
  }

  /** False when this message was here before: deliveries repeat. `at` is when it was said, where that is known. */
  add(arrival: Arrival, now: number, at = now) {
    const { author, text, file, quote, tooLong = false } = arrival
    const number = numberFor(this.#sql, this.#numbers, { ...arrival, at })
    if (number.repeat) return false
    this.#mayHaveLinks ||= text.includes('/rails/active_storage/')
    const due = file && !text ? now + FILE_WAITS : now
    return (
      this.#sql
        .exec(
          `INSERT OR IGNORE INTO messages (id, author, name, text, file, quote, at, due, mentions, hash,
             too_long)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING arrival`,
          number.id,
          author.id,
          author.name,
          text,
          file,
          quote && JSON.stringify(quote),
          now,
          due,
          mentionsOf(arrival),
          wordsHash(arrival),
          Number(tooLong),
        )
        .toArray().length > 0
    )
  }

  /**
   * What its author has had us do at this time. It is said to us, by nobody's message. An older Worker, which knows of
   * no tasks, is to take it for no word of theirs either: to that it is what somebody claims that they have said.
   */
  addTask({ schedule, author, name, text, at }: Task, now: number) {
    this.#sql.exec(
      `INSERT INTO messages (author, name, text, at, due, mentions, schedule) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      author,
      name,
      text,
      at,
      now,
      UNSURE,
      schedule,
    )
  }

  /**
   * What they asked in this turn is to be tried again. Without words: an older Worker takes it for one who points
   * at what they said before. False: it was tried again already.
   */
  addAgain({ id, asker, asker_name }: Pick<TurnRow, 'id' | 'asker' | 'asker_name'>, now: number) {
    if (this.received.triedAgain(id)) return false
    this.#sql.exec(
      `INSERT INTO messages (author, name, text, at, due, mentions, again) VALUES (?, ?, '', ?, ?, 1, ?)`,
      asker,
      asker_name,
      now,
      now,
      id,
    )
    return true
  }

  /** What came through somebody's link. No words, so no word to us and no yes: whoever sent it is not known. */
  addDrop({ author, name, file, dropped }: Drop, now: number) {
    this.#sql.exec(
      `INSERT INTO messages (author, name, text, file, at, due, mentions, dropped)
       VALUES (?, ?, '', ?, ?, ?, 1, ?)`,
      author,
      name,
      file,
      now,
      now,
      JSON.stringify(dropped),
    )
  }

  /**
   * All waiting messages of whoever has waited longest; `separate` says which message wants a turn
   * for itself. Null when nothing is due. Nothing is written: `mark` does that, with the turn's row.
   */
  next(now: number, separate: (message: Message) => boolean): Taken | null {
    const waiting = this.waiting()
    const held = this.#queue.held()
    const first = waiting.find(({ due, author }) => due <= now && !held.has(author))
    if (!first) return null

    const theirs = inOrder(waiting.filter(({ author }) => author === first.author))
    const alone = theirs.findIndex(separate)
    const messages = alone < 0 ? theirs : theirs.slice(0, Math.max(alone, 1))
    const left = waiting.filter((message) => !messages.includes(message))

    return {
      asker: { id: first.author, name: first.name },
      messages: readOn(this.#sql, messages),
      context: left.filter(({ author }) => author !== first.author),
      through: left[0] ? left[0].arrival - 1 : this.#newest(waiting),
    }
  }

  /** The message that has waited longest, and nothing else: what brings us down may be in any other. */
  alone(now: number): Taken | null {
    const rest = `AND due <= ? AND author NOT IN (${HELD}) ORDER BY arrival LIMIT 1`
    const [first] = waitingIn(this.#sql, rest, now)
    if (!first) return null

    const asker = { id: first.author, name: first.name }
    return {
      asker,
      messages: readOn(this.#sql, [first]),
      context: [],
      through: this.#throughTaking(first.arrival),
    }
  }

  /** The same, and not a word of it is read. */
  nextEnvelope(now: number) {
    const [first] = this.#sql
      .exec<Pick<Row, 'arrival' | 'id' | 'author' | 'sign' | 'mentions' | 'schedule'>>(
        `SELECT arrival, id, author, sign, mentions, schedule FROM messages
         WHERE ${WAITING} AND due <= ? AND author NOT IN (${HELD}) ORDER BY arrival LIMIT 1`,
        now,
      )
      .toArray()
    if (!first) return null
    const through = this.#throughTaking(first.arrival)
    const { arrival, sign } = first
    return { arrival, sign, id: numberOf(first.id), author: authorOf(first), through }
  }

  /** What the asker of a running turn has said meanwhile, up to what wants a turn of its own. */
  more(asker: number, separate: (message: Message) => boolean): Message[] {
    const theirs = inOrder(this.waiting().filter(({ author }) => author === asker))
    const alone = theirs.findIndex(separate)
    return readOn(this.#sql, alone < 0 ? theirs : theirs.slice(0, alone))
  }

  /** Those that wait with a link to a file of Campfire's. Hardly one has any, and each look is billed. */
  withLinks(now: number): Message[] {
    if (!this.#mayHaveLinks) return []
    const found = waitingIn(
      this.#sql,
      `AND due <= ? AND text LIKE '%/rails/active_storage/%' ${OLDEST_FIRST}`,
      now,
    )
    this.#mayHaveLinks = found.length > 0
    return readOn(this.#sql, found)
  }

  /** With every word, until it is marked. */
  whole(message: Message): Message {
    return readWhole(this.#sql, message)
  }

  /** Of long ones their beginning. */
  waiting(): Message[] {
    return this.#queue.messages()
  }

  /** When the earliest waiting message wants its turn, in ms since 1970. */
  nextDue(): number | null {
    return this.#queue.nextDue()
  }

  count() {
    return this.#queue.count()
  }

  /** The words now live in the turn; the id stays, for repeats. */
  mark(messages: Pick<Message, 'arrival'>[], turn: number) {
    for (const { arrival } of messages) {
      this.#sql.exec(
        'UPDATE messages SET turn = ?, text = NULL, file = NULL, quote = NULL WHERE arrival = ?',
        turn,
        arrival,
      )
    }
  }

  /** Taken later, together with what else the author says until then. */
  putOff(messages: Message[], due: number) {
    for (const { arrival } of messages) {
      this.#sql.exec('UPDATE messages SET due = ? WHERE arrival = ?', due, arrival)
    }
  }

  /** A sign that the message waits; 0 until its id is known. False when it was taken meanwhile. */
  sign(id: number, boost: number) {
    const slots = this.#numbers.slots(id)
    const { rowsWritten } = this.#sql.exec(
      `UPDATE messages SET sign = ?
       WHERE id IN (${slots.map(() => '?')}) AND turn IS NULL`,
      boost,
      ...slots,
    )
    return rowsWritten > 0
  }

  /** A `stop` belongs to the turn that it stops, not to one of its own. */
  assignTo(id: number | null, turn: number) {
    const slots = id === null ? [] : this.#numbers.slots(id)
    const which = id === null ? 'id IS NULL' : `id IN (${slots.map(() => '?')})`
    this.#sql.exec(
      `UPDATE messages SET turn = ?, text = NULL, file = NULL, quote = NULL
       WHERE arrival = (SELECT max(arrival) FROM messages WHERE ${which})`,
      turn,
      ...slots,
    )
  }

  /** What is due later than `last` is due at `now`. True: there was any. */
  dueBy(last: number, now: number) {
    const late = this.#queue.envelopes().filter(({ due }) => due > last)
    for (const { arrival } of late) {
      this.#sql.exec('UPDATE messages SET due = ? WHERE arrival = ?', now, arrival)
    }
    return late.length > 0
  }

  /** Nobody sends them again after so long. A bounded piece at a time; what waits is kept. */
  forgetIds(before: number) {
    const [oldest] = this.#sql
      .exec<{ at: number }>('SELECT at FROM messages ORDER BY arrival LIMIT 1')
      .toArray()
    if (!oldest || oldest.at >= before) return
    const [last] = this.#sql
      .exec<{ arrival: number | null }>(
        `SELECT max(arrival) AS arrival FROM (SELECT arrival, at, turn FROM messages
           ORDER BY arrival LIMIT 500) WHERE at < ? AND turn IS NOT NULL`,
        before,
      )
      .toArray()
    if (!last?.arrival) return
    this.#sql.exec(
      `DELETE FROM messages WHERE arrival <= ? AND turn IS NOT NULL
         AND arrival < (SELECT max(arrival) FROM messages)`,
      last.arrival,
    )
  }

  #throughTaking(taken: number): number {
    const { next } = this.#sql
      .exec<{ next: number | null }>(
        `SELECT min(arrival) AS next FROM messages WHERE ${WAITING} AND arrival <> ?`,
        taken,
      )
      .one()
    return next === null ? this.#newest([]) : next - 1
  }

  /** With all that waits taken, everything that ever arrived is, unless there was too much to look at. */
  #newest(waiting: Message[]) {
    if (waiting.length === AT_ONCE) return waiting.at(-1)?.arrival ?? 0
    return this.received.newest()
  }
}

/** Deliveries overtake one another; ids do not. */
function inOrder(messages: Message[]) {
  const numbered = messages.every(({ id }) => id !== null)
  return numbered ? messages.toSorted((a, b) => Number(a.id) - Number(b.id)) : messages
}
