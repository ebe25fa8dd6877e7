import type { Arrival, Message, Taken } from './message.ts'
import { Numbers, numberOf, SPAN } from './messages/numbers.ts'
import { numberFor } from './messages/repeats.ts'
import { authorOf, mentionsOf, messageIn, type Row, UNSURE } from './messages/row.ts'
import { wordsHash } from './messages/words-hash.ts'
import type { TurnRow } from './turns.ts'

/** What is older than the last turn's `taken_through` is never looked at. */
const WAITING = `turn IS NULL AND arrival >
  coalesce((SELECT taken_through FROM turns ORDER BY id DESC LIMIT 1), 0)`

/** Whose turn was set aside waits until it is over: their answers keep their order. */
const HELD = 'SELECT asker FROM turns WHERE aside > 0 AND ended IS NULL'

/** So many are looked at to find the next turn; a message may be long, and memory is not. */
const AT_ONCE = 100

/** Of all that came since some turns began, to find what those have taken. */
const MOST_LOOKED_AT = 1_000
/** A turn that others wait for takes more of what its asker says, but not for so many turns of theirs. */
const MUCH_LATER = 20

/** Characters read of what only surrounds a turn: the prompt shows no more of it, and no control word is longer. */
const HEAD = 1_001

/** And of all that a turn takes: the model reads no more. A Worker has 128 MB for everything. */
const MOST_READ = 400_000

/** A file alone waits this long for the words that the same person sends with it. */
const FILE_WAITS = 1_000

type Drop = Pick<Message, 'author' | 'name' | 'file'> & { dropped: number[] }
type Task = Pick<Message, 'author' | 'name' | 'text' | 'at'> & { schedule: number }

/** The messages that were received and not yet taken by a turn. */
export class Inbox {
  #sql: SqlStorage
  #numbers: Numbers
  /** Only a cache. */
  #mayHaveLinks = true

  constructor(sql: SqlStorage, numbers = new Numbers(sql)) {
    this.#sql = sql
    this.#numbers = numbers
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

  /** What its author has had us do at this time. It is said to us, by nobody's message. */
  addTask({ schedule, author, name, text, at }: Task, now: number) {
    this.#sql.exec(
      `INSERT INTO messages (author, name, text, at, due, mentions, schedule) VALUES (?, ?, ?, ?, ?, 1, ?)`,
      author,
      name,
      text,
      at,
      now,
      schedule,
    )
  }

  /**
   * What they asked in this turn is to be tried again. Without words: an older Worker takes it for one who points
   * at what they said before. False: it was tried again already.
   */
  addAgain({ id, asker, asker_name }: Pick<TurnRow, 'id' | 'asker' | 'asker_name'>, now: number) {
    if (this.triedAgain(id)) return false
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

  /** Null: it never was. Without a turn: that is still to come. */
  triedAgain(turn: number): { turn: number | null } | null {
    const [row] = this.#sql
      .exec<{ turn: number | null }>('SELECT turn FROM messages WHERE again = ? LIMIT 1', turn)
      .toArray()
    return row ?? null
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

  /** What came first of this person after this arrival, to other turns than this one: words, or files. */
  firstSince(author: number, { arrival, turn }: { arrival: number; turn: number }) {
    const [row] = this.#sql
      .exec<{ dropped: number }>(
        `SELECT dropped IS NOT NULL AS dropped FROM messages
         WHERE arrival > ? AND author = ? AND schedule IS NULL AND again IS NULL AND (turn IS NULL OR turn <> ?)
         ORDER BY arrival LIMIT 1`,
        arrival,
        author,
        turn,
      )
      .toArray()
    return row ? (row.dropped ? 'files' : 'words') : null
  }

  /** Those that wait with a link to a file of Campfire's. Hardly one has any, and each look is billed. */
  withLinks(now: number): Message[] {
    if (!this.#mayHaveLinks) return []
    const found = this.#waiting(
      `AND due <= ? AND text LIKE '%/rails/active_storage/%' ORDER BY arrival LIMIT ${AT_ONCE}`,
      now,
    )
    this.#mayHaveLinks = found.length > 0
    return this.#read(found)
  }

  /** When they last said something to us, as far as that is known. */
  lastSaidBy(author: number): number | null {
    const [row] = this.#sql
      .exec<{ at: number }>(
        `SELECT at FROM messages
         WHERE author = ? AND schedule IS NULL AND again IS NULL AND dropped IS NULL
         ORDER BY arrival DESC LIMIT 1`,
        author,
      )
      .toArray()
    return row?.at ?? null
  }

  /**
   * All waiting messages of whoever has waited longest; `separate` says which message wants a turn
   * for itself. Null when nothing is due. Nothing is written: `mark` does that, with the turn's row.
   */
  next(now: number, separate: (message: Message) => boolean): Taken | null {
    const waiting = this.waiting()
    const held = this.#held()
    const first = waiting.find(({ due, author }) => due <= now && !held.has(author))
    if (!first) return null

    const theirs = inOrder(waiting.filter(({ author }) => author === first.author))
    const alone = theirs.findIndex(separate)
    const messages = alone < 0 ? theirs : theirs.slice(0, Math.max(alone, 1))
    const left = waiting.filter((message) => !messages.includes(message))

    return {
      asker: { id: first.author, name: first.name },
      messages: this.#read(messages),
      context: left.filter(({ author }) => author !== first.author),
      through: left[0] ? left[0].arrival - 1 : this.#newest(waiting),
    }
  }

  /** The message that has waited longest, and nothing else: what brings us down may be in any other. */
  alone(now: number): Taken | null {
    const rest = `AND due <= ? AND author NOT IN (${HELD}) ORDER BY arrival LIMIT 1`
    const [first] = this.#waiting(rest, now)
    if (!first) return null

    const asker = { id: first.author, name: first.name }
    return {
      asker,
      messages: this.#read([first]),
      context: [],
      through: this.#throughTaking(first.arrival),
    }
  }

  /** The same, and not a word of it is read. */
  nextEnvelope(now: number) {
    const [first] = this.#sql
      .exec<Pick<Row, 'arrival' | 'id' | 'author' | 'sign' | 'mentions'>>(
        `SELECT arrival, id, author, sign, mentions FROM messages
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
    return this.#read(alone < 0 ? theirs : theirs.slice(0, alone))
  }

  /** With every word, until it is marked. One at a time: a hundred of the longest do not fit into memory. */
  whole(message: Message): Message {
    if (!message.isCut) return message
    const { isCut: _, ...rest } = message
    return { ...rest, text: this.#textOf(message, -1) }
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
    const late = this.#sql
      .exec<{ arrival: number }>(
        `SELECT arrival FROM (SELECT arrival, due FROM messages WHERE ${WAITING}
           ORDER BY arrival LIMIT ${AT_ONCE}) WHERE due > ?`,
        last,
      )
      .toArray()
    for (const { arrival } of late) {
      this.#sql.exec('UPDATE messages SET due = ? WHERE arrival = ?', now, arrival)
    }
    return late.length > 0
  }

  /** When the earliest waiting message wants its turn, in ms since 1970. */
  nextDue(): number | null {
    return this.#sql
      .exec<{ due: number | null }>(`SELECT min(due) AS due FROM (
           SELECT due FROM messages WHERE ${WAITING} AND author NOT IN (${HELD})
           ORDER BY arrival LIMIT ${AT_ONCE})`)
      .one().due
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

  count() {
    return this.#sql
      .exec<{ n: number }>(`SELECT count(*) AS n FROM messages WHERE ${WAITING}`)
      .one().n
  }

  /** Every message up to this arrival belongs to a turn. */
  through(): number {
    const [row] = this.#sql
      .exec<{ through: number }>(
        'SELECT taken_through AS through FROM turns ORDER BY id DESC LIMIT 1',
      )
      .toArray()
    return row?.through ?? 0
  }

  /** The first message that was ever delivered to us here, and when. */
  first() {
    const [row] = this.#sql
      // The plus keeps SQLite from reading the whole index of ids, and sorting it.
      .exec<{ id: number; at: number }>(
        'SELECT id, at FROM messages WHERE +id > 0 ORDER BY arrival LIMIT 1',
      )
      .toArray()
    return row ? { id: row.id % SPAN, at: row.at } : null
  }

  /** Of the newest messages that Campfire itself told us of, those that are not older than this one. */
  idsFrom(oldest: number) {
    return this.#sql
      .exec<{ id: number }>(
        `SELECT id FROM messages WHERE id >= ? AND id < ? AND mentions <> ${UNSURE}
         ORDER BY id DESC LIMIT ${AT_ONCE}`,
        ...this.#from(oldest),
      )
      .toArray()
      .map(({ id }) => id % SPAN)
  }

  /** Of the messages after this one, those that a turn has taken: to answer them, or in silence. */
  takenAfter(id: number) {
    return this.#sql
      .exec<{ id: number; silently: number }>(
        `SELECT messages.id, state = 'silent' AS silently FROM messages JOIN turns ON turns.id = turn
         WHERE messages.id >= ? AND messages.id < ? ORDER BY messages.id DESC LIMIT ${AT_ONCE}`,
        ...this.#from(id + 1),
      )
      .toArray()
      .map(({ id, silently }) => ({ id: id % SPAN, silently }))
  }

  /**
   * Which turn took which message of Campfire's. What earlier turns had taken ends where theirs can begin; then a
   * bounded number is looked at, and no more where much later turns have begun.
   */
  takenBetween({ first, last }: { first: number; last: number }) {
    return this.#sql
      .exec<{ id: number; turn: number }>(
        `SELECT id, turn FROM (SELECT id, turn FROM messages
           WHERE arrival > coalesce(
             (SELECT taken_through FROM turns WHERE id < ?1 ORDER BY id DESC LIMIT 1), 0)
           AND arrival <= coalesce(
             (SELECT taken_through FROM turns WHERE id > ?2 + ${MUCH_LATER} ORDER BY id LIMIT 1)
             + ${MUCH_LATER}, ${Number.MAX_SAFE_INTEGER})
           ORDER BY arrival LIMIT ${MOST_LOOKED_AT})
         WHERE turn BETWEEN ?1 AND ?2 AND id > 0 ORDER BY id`,
        first,
        last,
      )
      .toArray()
      .map(({ id, turn }) => ({ id: id % SPAN, turn }))
  }

  /** The turns that took these messages of this epoch. */
  turnsOf(messages: number[]) {
    return this.#sql
      .exec<{ turn: number }>(
        `SELECT DISTINCT turn FROM messages
         WHERE id IN (SELECT value FROM json_each(?)) AND turn IS NOT NULL`,
        JSON.stringify(messages.map((id) => this.#from(id)[0])),
      )
      .toArray()
      .map(({ turn }) => turn)
  }

  /** The first turn that took a message of this number or a later one. */
  firstTurnSince(message: number): number | null {
    return this.#sql
      .exec<{ turn: number | null }>(
        `SELECT min(turn) AS turn FROM messages WHERE id >= ? AND id < ?`,
        ...this.#from(message),
      )
      .one().turn
  }

  /** The arrival of what came in last. */
  newest(): number {
    const { arrival } = this.#sql
      .exec<{ arrival: number | null }>('SELECT max(arrival) AS arrival FROM messages')
      .one()
    return arrival ?? 0
  }

  /** Of long ones their beginning. */
  waiting(): Message[] {
    return this.#waiting(`ORDER BY arrival LIMIT ${AT_ONCE}`)
  }

  #held() {
    const askers = this.#sql.exec<{ asker: number }>(HELD).toArray()
    return new Set(askers.map(({ asker }) => asker))
  }

  /** With all that waits taken, everything that ever arrived is, unless there was too much to look at. */
  #newest(waiting: Message[]) {
    if (waiting.length === AT_ONCE) return waiting.at(-1)?.arrival ?? 0
    return this.newest()
  }

  /** As they are stored: the numbers of this epoch that are not below this one. */
  #from(number: number): [number, number] {
    const base = this.#numbers.era().epoch * SPAN
    return [base + Math.max(1, number), base + SPAN]
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

  /** Each as far as the model could read it, if all of them were so long. */
  #read(messages: Message[]): Message[] {
    const share = Math.floor(MOST_READ / Math.max(1, messages.length)) + 1
    return messages.map((message) =>
      message.isCut && share > HEAD ? this.#withMore(message, share) : message,
    )
  }

  #withMore({ isCut: _, ...message }: Message, share: number): Message {
    const text = this.#textOf(message, share)
    return text.length < share ? { ...message, text } : { ...message, text, isCut: true }
  }

  #textOf({ arrival }: Pick<Message, 'arrival'>, characters: number) {
    const [row] = this.#sql
      .exec<{ text: string | null }>(
        `SELECT ${characters < 0 ? 'text' : 'substr(text, 1, ?) AS text'} FROM messages WHERE arrival = ?`,
        ...(characters < 0 ? [arrival] : [characters, arrival]),
      )
      .toArray()
    return row?.text ?? ''
  }

  #waiting(rest: string, ...bindings: number[]): Message[] {
    return this.#sql
      .exec<Row>(
        `SELECT arrival, id, author, name, substr(text, 1, ${HEAD}) AS text, length(text) > ${HEAD} AS cut,
           file, quote, at, due, sign, mentions, too_long, schedule, again, dropped
         FROM messages WHERE ${WAITING} ${rest}`,
        ...bindings,
      )
      .toArray()
      .map(messageIn)
  }
}

/** Deliveries overtake one another; ids do not. */
function inOrder(messages: Message[]) {
  const numbered = messages.every(({ id }) => id !== null)
  return numbered ? messages.toSorted((a, b) => Number(a.id) - Number(b.id)) : messages
}
