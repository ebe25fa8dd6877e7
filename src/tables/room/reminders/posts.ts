import * as z from 'zod'
import { oneOf, stored } from '../../../storage.ts'

/**
 * intended  it is to be posted, and never was
 * doubted   it was sent, and may stand although the answer says nothing of it
 * posted    it stands
 * doubtful  sent again, since nobody can be asked whether it stands: it may stand twice
 * missing   not sent again, for the same reason: it may be missing
 * given up  it was not to be posted for days, or brought us down each time
 * dropped   its reminder was cancelled, and it surely does not stand
 */
type PostState = 'intended' | 'doubted' | 'posted' | 'doubtful' | 'missing' | 'given up' | 'dropped'

/** One time that a reminder was due: its message, from the intent on. Times in ms since 1970. */
export interface ReminderPost {
  id: number
  reminder: number
  /** `pause`: that its reminders wait until somebody is here again. */
  kind: 'reminder' | 'pause'
  due: number
  /** So many earlier times went by, and nothing was said. */
  missed: number
  body: string
  /** Other words with which it was sent before, and may stand. */
  sent: string[]
  /** The newest message known in the room when the intent was written: it comes after it. */
  cursor: number | null
  state: PostState
  message: number | null
  created: number
  /** When there is something to do for it. Null: nothing any more. */
  next: number | null
  failures: number
  /** So many lives that had it to post did not live to tell. */
  deaths: number
}

type Fresh = Pick<ReminderPost, 'reminder' | 'kind' | 'due' | 'missed' | 'body' | 'cursor'>

/** What reminders have said and are to say. */
export class ReminderPosts {
  #sql: SqlStorage
  /** Intents of this life: of any other nobody knows whether it was sent. */
  #own = new Set<number>()
  /** Only a cache. */
  #next: number | null | undefined

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  intend({ reminder, kind, due, missed, body, cursor }: Fresh, now: number) {
    const { id } = this.#sql
      .exec<{ id: number }>(
        `INSERT INTO reminder_posts (reminder, kind, due, missed, body, cursor, state, created, next)
         VALUES (?, ?, ?, ?, ?, ?, 'intended', ?, ?) RETURNING id`,
        reminder,
        kind,
        due,
        missed,
        body,
        cursor,
        now,
        now,
      )
      .one()
    this.#own.add(id)
    this.#next = undefined
  }

  due(now: number): ReminderPost[] {
    return this.#read('WHERE next <= ? ORDER BY next, id LIMIT 20', now)
  }

  nextDue(): number | null {
    if (this.#next === undefined) {
      this.#next = this.#sql
        .exec<{ next: number | null }>(
          'SELECT min(next) AS next FROM reminder_posts WHERE next IS NOT NULL',
        )
        .one().next
    }
    return this.#next
  }

  /** A life before this one may have sent it. */
  isInherited({ id }: ReminderPost) {
    return !this.#own.has(id)
  }

  change(post: ReminderPost, changes: Partial<Omit<ReminderPost, 'id'>>) {
    Object.assign(post, changes)
    const { body, sent, state, message, next, failures, deaths } = post
    this.#sql.exec(
      `UPDATE reminder_posts SET body = ?, sent = ?, state = ?, message = ?, next = ?, failures = ?,
         deaths = ? WHERE id = ?`,
      body,
      sent.length ? JSON.stringify(sent) : null,
      state,
      message,
      next,
      failures,
      deaths,
      post.id,
    )
    // Surely not sent, as this life knows.
    if (changes.state === 'intended') this.#own.add(post.id)
    this.#next = undefined
  }

  /** Campfire takes none of those that are due. */
  putOff(now: number, until: number) {
    this.#sql.exec(
      `UPDATE reminder_posts SET next = ? WHERE next <= ? AND state IN ('intended', 'doubted')`,
      until,
      now,
    )
    this.#next = undefined
  }

  /** Campfire is there, it seems; or what lies further ahead than `most` was put off by a clock that was wrong. */
  wake(now: number, most = 0) {
    if (this.nextDue() === null) return 0
    const waiting = this.#read(
      "WHERE next > ? AND (state IN ('intended', 'doubted') OR ? > 0)",
      now + most,
      most,
    )
    for (const post of waiting) this.change(post, { next: now })
    return waiting.length
  }

  /** What may stand, and of which nobody knows where. */
  unplaced(): ReminderPost[] {
    return this.#read(
      `WHERE message IS NULL AND state IN ('intended', 'doubted', 'posted', 'doubtful', 'missing')`,
    )
  }

  prune(before: number) {
    this.#sql.exec('DELETE FROM reminder_posts WHERE next IS NULL AND created < ?', before)
  }

  #read(rest: string, ...bindings: SqlStorageValue[]): ReminderPost[] {
    return this.#sql
      .exec(
        `SELECT id, reminder, kind, due, missed, body, sent, cursor, state, message, created, next, failures,
           deaths FROM reminder_posts ${rest}`,
        ...bindings,
      )
      .toArray()
      .map((row) => asPost(row as unknown as Row))
  }
}

type Row = Omit<ReminderPost, 'sent'> & { sent: string | null }

/** A word that we do not know is a newer Worker's: see schema.ts. */
function asPost({ sent, ...row }: Row): ReminderPost {
  return {
    ...row,
    kind: oneOf(row.kind, KINDS, 'reminder'),
    state: oneOf(row.state, STATES, 'doubted'),
    sent:
      (sent === null ? null : stored(sent, Sent, { table: 'reminder_posts', key: row.id })) ?? [],
  }
}

const Sent = z.array(z.string())
const KINDS: ReminderPost['kind'][] = ['reminder', 'pause']
const STATES: PostState[] = [
  'intended',
  'doubted',
  'posted',
  'doubtful',
  'missing',
  'given up',
  'dropped',
]
