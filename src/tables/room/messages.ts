import { stored } from '../../storage/json-column.ts'
import { type Arrival, type Message, Quote, type Taken } from './message.ts'

/** What is older than the last turn's `taken_through` is never looked at. */
const WAITING = `turn IS NULL AND arrival >
  coalesce((SELECT taken_through FROM turns ORDER BY id DESC LIMIT 1), 0)`

/** Whose turn was set aside waits until it is over: their answers keep their order. */
const HELD = 'SELECT asker FROM turns WHERE aside > 0 AND ended IS NULL'

/** So many are looked at to find the next turn; a message may be long, and memory is not. */
const AT_ONCE = 100

/** A file alone waits this long for the words that the same person sends with it. */
const FILE_WAITS = 1_000

/** In place of `mentions`: whoever sent this may say anything of it, its id too. It counts as a yes. */
const UNSURE = 2

/** The messages that were received and not yet taken by a turn. */
export class Inbox {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** False when this message was here before, at any time: deliveries repeat. */
  add(arrival: Arrival, now: number) {
    const { id, author, text, file, quote, mentioned, room } = arrival
    const due = file && !text ? now + FILE_WAITS : now
    return (
      this.#sql
        .exec(
          `INSERT OR IGNORE INTO messages (id, author, name, text, file, quote, at, due, mentions)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING arrival`,
          id,
          author.id,
          author.name,
          text,
          file,
          quote && JSON.stringify(quote),
          now,
          due,
          room ? Number(mentioned) : UNSURE,
        )
        .toArray().length > 0
    )
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
      messages,
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
    return { asker, messages: [first], context: [], through: this.#throughTaking(first.arrival) }
  }

  /** The same, and not a word of it is read. */
  nextEnvelope(now: number) {
    const [first] = this.#sql
      .exec<{ arrival: number; id: number | null; author: number; sign: number | null }>(
        `SELECT arrival, id, author, sign FROM messages
         WHERE ${WAITING} AND due <= ? AND author NOT IN (${HELD}) ORDER BY arrival LIMIT 1`,
        now,
      )
      .toArray()
    return first ? { ...first, through: this.#throughTaking(first.arrival) } : null
  }

  /** What the asker of a running turn has said meanwhile, up to what wants a turn of its own. */
  more(asker: number, separate: (message: Message) => boolean): Message[] {
    const theirs = inOrder(this.waiting().filter(({ author }) => author === asker))
    const alone = theirs.findIndex(separate)
    return alone < 0 ? theirs : theirs.slice(0, alone)
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
    const { rowsWritten } = this.#sql.exec(
      'UPDATE messages SET sign = ? WHERE id = ? AND turn IS NULL',
      boost,
      id,
    )
    return rowsWritten > 0
  }

  /** A `stop` belongs to the turn that it stops, not to one of its own. */
  assignTo(id: number | null, turn: number) {
    this.#sql.exec(
      `UPDATE messages SET turn = ?, text = NULL, quote = NULL
       WHERE arrival = (SELECT max(arrival) FROM messages WHERE id IS ?)`,
      turn,
      id,
    )
  }

  /** When the earliest waiting message wants its turn, in ms since 1970. */
  nextDue(): number | null {
    return this.#sql
      .exec<{ due: number | null }>(`SELECT min(due) AS due FROM (
           SELECT due FROM messages WHERE ${WAITING} AND author NOT IN (${HELD})
           ORDER BY arrival LIMIT ${AT_ONCE})`)
      .one().due
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

  /** The first message that was ever delivered to us here. */
  firstId(): number | null {
    const [row] = this.#sql
      .exec<{ id: number }>('SELECT id FROM messages WHERE id IS NOT NULL ORDER BY arrival LIMIT 1')
      .toArray()
    return row?.id ?? null
  }

  /** The newest Campfire message that we know of. */
  lastKnownId(): number | null {
    const { id } = this.#sql.exec<{ id: number | null }>('SELECT max(id) AS id FROM messages').one()
    return id
  }

  /** Of the newest messages that Campfire itself told us of, those that are not older than this one. */
  idsFrom(oldest: number) {
    return this.#sql
      .exec<{ id: number }>(
        `SELECT id FROM messages WHERE id >= ? AND mentions <> ${UNSURE}
         ORDER BY id DESC LIMIT ${AT_ONCE}`,
        oldest,
      )
      .toArray()
      .map(({ id }) => id)
  }

  /** Of the messages after this one, those that a turn has taken: to answer them, or in silence. */
  takenAfter(id: number) {
    return this.#sql
      .exec<{ id: number; silently: number }>(
        `SELECT messages.id, state = 'silent' AS silently FROM messages JOIN turns ON turns.id = turn
         WHERE messages.id > ? ORDER BY messages.id DESC LIMIT ${AT_ONCE}`,
        id,
      )
      .toArray()
  }

  /** Which turn took which message. Reads them all, for whoever runs this: no turn asks for it. */
  takenBetween({ first, last }: { first: number; last: number }) {
    return this.#sql
      .exec<{ id: number; turn: number }>(
        'SELECT id, turn FROM messages WHERE turn BETWEEN ? AND ? AND id IS NOT NULL ORDER BY id',
        first,
        last,
      )
      .toArray()
  }

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
    const { arrival } = this.#sql
      .exec<{ arrival: number | null }>('SELECT max(arrival) AS arrival FROM messages')
      .one()
    return arrival ?? 0
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

  #waiting(rest: string, ...bindings: number[]): Message[] {
    return this.#sql
      .exec<Row>(
        `SELECT arrival, id, author, name, text, file, quote, at, due, sign, mentions FROM messages
         WHERE ${WAITING} ${rest}`,
        ...bindings,
      )
      .toArray()
      .map(({ text, quote, mentions, ...rest }) => ({
        ...rest,
        mentioned: mentions !== 0,
        text: text ?? '',
        quote:
          quote === null ? null : stored(quote, Quote, { table: 'messages', key: rest.arrival }),
      }))
  }
}

type Row = Omit<Message, 'text' | 'quote' | 'mentioned'> & {
  text: string | null
  quote: string | null
  mentions: number
}

/** Deliveries overtake one another; ids do not. */
function inOrder(messages: Message[]) {
  const numbered = messages.every(({ id }) => id !== null)
  return numbered ? messages.toSorted((a, b) => Number(a.id) - Number(b.id)) : messages
}
