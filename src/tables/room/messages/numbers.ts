import * as z from 'zod'
import type { Since } from '../../../campfire.ts'
import { CLOCKS_APART, MINUTE } from '../../../clock.ts'
import { readOnce } from '../../../storage.ts'
import { Facts } from '../facts.ts'
import { lastReplyId } from '../replies/own-messages.ts'

/** So many numbers has an epoch: more than a Campfire will ever give. */
export const SPAN = 2 ** 43
const MOST_EPOCHS = 1_000
/** Other messages with one number in one epoch, where nobody can list and say that a new one has begun. */
const MOST_ALIKE = 4

/** The epoch that the room is in. */
const Era = z.object({
  epoch: z.int().min(0).max(MOST_EPOCHS),
  /** The newest number that the restored Campfire had when we first saw it. */
  from: z.int().min(0),
  /** The last turn before it. */
  turn: z.int().min(0),
  /** When the last message came that the epoch before is known to have had, in ms since 1970. */
  since: z.number(),
})
export type Era = z.infer<typeof Era>

/** The newest listed number is below one that Campfire told us: it was restored, or somebody deleted a message. */
const Low = z
  .object({
    /** The lowest that was seen, and the last. */
    from: z.int().min(0),
    newest: z.int().min(0),
    since: z.number(),
    /** Seen twice, a minute apart. */
    isSure: z.boolean(),
    /** What had arrived by then: what came since is of the restored Campfire. An older version did not write it. */
    arrival: z.int().optional(),
  })
  .nullable()
type Low = z.infer<typeof Low>

const ERA = 'epoch'
const LOW = 'numbers went back'
const FIRST: Era = { epoch: 0, from: 0, turn: 0, since: 0 }

/**
 * The numbers of messages. A Campfire that is restored from a backup gives old numbers to new messages, so
 * what is stored is epoch × 2^43 + Campfire's number; and the numbers of the flat shape are whatever their
 * sender likes, so they are stored negative and never meet the others.
 *
 * That numbers went back is not enough to begin an epoch, since whoever deletes the newest message does the
 * same: it begins with the first number that is given a second time after that.
 */
export class Numbers {
  #sql: SqlStorage
  #facts: Facts

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.#facts = new Facts(sql)
  }

  era(): Era {
    return this.#facts.get(ERA, Era) ?? FIRST
  }

  /** The epoch that begins with this number, if one does. */
  eraBegunBy(number: number): Era | null {
    const low = this.#low()
    if (!low) return null
    const told = this.told()
    if (number > told) this.#facts.set(LOW, null)
    const { epoch } = this.era()
    const isGivenAgain = low.isSure && number > low.from && number <= told
    if (!isGivenAgain || epoch >= MOST_EPOCHS) return null
    return { epoch: epoch + 1, from: low.from, turn: this.#lastTurn(), since: this.#heardLast() }
  }

  /** What came since the numbers were seen to go back was given them anew, though it was stored as before. */
  begin(era: Era) {
    const after = this.arrivedAnew()
    this.#facts.set(ERA, era)
    this.#facts.set(LOW, null)
    const before = (era.epoch - 1) * SPAN
    // Through which of them somebody had us forget is kept under the same number.
    this.#sql.exec(
      `UPDATE forgotten SET through = through + ${SPAN}
       WHERE through IN (SELECT id FROM messages WHERE arrival > ? AND id > ? AND id < ?)`,
      after,
      before + era.from,
      before + SPAN,
    )
    this.#sql.exec(
      `UPDATE OR IGNORE messages SET id = id + ${SPAN}
       WHERE arrival > ? AND id > ? AND id < ?`,
      after,
      before + era.from,
      before + SPAN,
    )
  }

  /** After this arrival all is of the restored Campfire. */
  arrivedAnew(): number {
    return this.#low()?.arrival ?? Number.MAX_SAFE_INTEGER
  }

  /** A page with the newest messages was seen. */
  seen({ messages, unreadable }: { messages: { id: number }[]; unreadable: number }, now: number) {
    if (!messages.length || unreadable) return
    const newest = Math.max(...messages.map(({ id }) => id))
    const low = this.#low()
    if (newest >= this.told()) {
      if (low) this.#facts.set(LOW, null)
      return
    }
    const { from, since, isSure, arrival } = low ?? this.#firstLow(newest, now)
    this.#facts.set(LOW, {
      from: Math.min(from, newest),
      newest,
      since,
      isSure: isSure || now - since >= MINUTE,
      ...(arrival !== undefined && { arrival }),
    } satisfies Low)
    const era = this.eraBegunBy(newest)
    if (era) this.begin(era)
  }

  /** It seems so, and it may mean that this Campfire was restored. */
  wentBack() {
    return this.#low() !== null
  }

  /** The newest number that Campfire itself told us, in this epoch. 0: none. */
  told(): number {
    return readOnce(this.#sql, ['messages', 'replies', 'facts'], 'newest number', () =>
      this.#told(),
    )
  }

  #told() {
    const era = this.era()
    const base = era.epoch * SPAN
    const [row] = this.#sql
      .exec<{ id: number }>(
        `SELECT id FROM messages WHERE id > ? AND id < ? AND mentions <> 2 ORDER BY id DESC LIMIT 1`,
        base,
        base + SPAN,
      )
      .toArray()
    return Math.max(row ? row.id - base : 0, lastReplyId(this.#sql, era.turn) ?? 0)
  }

  /** What is posted now comes after it. One that is too low does no harm, one that is too high hides a reply. */
  cursor(): number | null {
    const newest = this.#low()?.newest ?? Number.POSITIVE_INFINITY
    return Math.min(newest, this.told()) || null
  }

  /**
   * From where on that may stand which a turn has posted behind this message, or what belongs to no turn. A
   * number of an epoch before says nothing of it, and when it began does.
   */
  since(cursor: number, { id, started }: { id: number | null; started: number }): Since {
    const { epoch, turn } = this.era()
    const isOfBefore = epoch > 0 && (id === null || id <= turn)
    return { cursor, time: started - CLOCKS_APART, wentBack: isOfBefore || this.wentBack() }
  }

  /** Under what this number may be stored, the oldest epoch first. */
  slots(number: number) {
    const epochs = this.era().epoch + MOST_ALIKE
    return Array.from({ length: epochs }, (_, epoch) => epoch * SPAN + number)
  }

  #firstLow(newest: number, now: number): NonNullable<Low> {
    const { arrival } = this.#sql
      .exec<{ arrival: number | null }>('SELECT max(arrival) AS arrival FROM messages')
      .one()
    return { from: newest, newest, since: now, isSure: false, arrival: arrival ?? 0 }
  }

  #low(): Low {
    return this.#facts.get(LOW, Low)
  }

  #lastTurn() {
    return this.#sql.exec<{ id: number | null }>('SELECT max(id) AS id FROM turns').one().id ?? 0
  }

  #heardLast() {
    const base = this.era().epoch * SPAN
    const [row] = this.#sql
      .exec<{ at: number }>(
        'SELECT at FROM messages WHERE id > ? AND id < ? ORDER BY id DESC LIMIT 1',
        base,
        base + SPAN,
      )
      .toArray()
    return row?.at ?? 0
  }
}

/** Campfire's own number. Null where there is none, or whoever sent the message has made it up. */
export function numberOf(stored: number | null): number | null {
  return stored === null || stored < 0 ? null : stored % SPAN
}

export function epochOf(stored: number) {
  return Math.floor(Math.abs(stored) / SPAN)
}
