import { MINUTE } from '../../../clock.ts'
import { type Numbers, SPAN } from './numbers.ts'
import { UNSURE } from './row.ts'
import { AT_ONCE } from './waiting.ts'

/** Of all that came since some turns began, to find what those have taken. */
const MOST_LOOKED_AT = 1_000
/** A turn that others wait for takes more of what its asker says, but not for so many turns of theirs. */
const MUCH_LATER = 20

/** Whoever has waited for longer is likely to have much behind what they said. */
const SHORTLY = 10 * MINUTE

/** What was ever received and is not forgotten, whether a turn has taken it or not. */
export class Received {
  #sql: SqlStorage
  #numbers: Numbers

  constructor(sql: SqlStorage, numbers: Numbers) {
    this.#sql = sql
    this.#numbers = numbers
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
      .exec<{ id: number; turn: number; at: number; mentions: number }>(
        `SELECT id, turn, at, mentions FROM (SELECT id, turn, at, mentions FROM messages
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
      .map((message) => ({ ...message, id: message.id % SPAN }))
  }

  /**
   * The first message that a turn has taken, of those that came shortly before it began: whatever the turn says comes
   * after it, also where a restored Campfire gives lower numbers than we know.
   */
  firstOf({ id, started }: { id: number; started: number }): number | null {
    const soon = this.takenBetween({ first: id, last: id }).filter(
      ({ at, mentions }) => mentions !== UNSURE && at > started - SHORTLY,
    )
    return soon.length ? Math.min(...soon.map((message) => message.id)) : null
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

  /** Campfire has brought us something after that, in ms since 1970: it was there then, whatever it answered. */
  hasHeard(since: number): boolean {
    const [row] = this.#sql
      .exec<{ at: number }>(
        `SELECT at FROM messages WHERE mentions < ${UNSURE} AND again IS NULL AND dropped IS NULL
         ORDER BY arrival DESC LIMIT 1`,
      )
      .toArray()
    return (row?.at ?? 0) > since
  }

  /** Null: it never was. Without a turn: that is still to come. */
  triedAgain(turn: number): { turn: number | null } | null {
    const [row] = this.#sql
      .exec<{ turn: number | null }>('SELECT turn FROM messages WHERE again = ? LIMIT 1', turn)
      .toArray()
    return row ?? null
  }

  /** As they are stored: the numbers of this epoch that are not below this one. */
  #from(number: number): [number, number] {
    const base = this.#numbers.era().epoch * SPAN
    return [base + Math.max(1, number), base + SPAN]
  }
}
