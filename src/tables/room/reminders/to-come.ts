import { HOUR, MINUTE } from '../../../clock.ts'
import type { Language } from '../../../languages.ts'
import { oneOf } from '../../../storage.ts'
import { ReminderPosts } from './posts.ts'

/**
 * open       it is to come, as `next` says
 * done       it has come, and there is no other time; it can still be snoozed
 * cancelled  somebody does not want it any more
 * paused     whoever asked for it has not been here for long: it waits until somebody changes it
 */
type ReminderState = 'open' | 'done' | 'cancelled' | 'paused'

/** What somebody is to be told at some time, or what the bot is to do then. Times in ms since 1970. */
export interface Reminder {
  number: number
  asker: number
  /** Null: everyone in the room. */
  whom: number | null
  text: string
  /** It is no message but a task: the bot takes a turn of the asker's. */
  isPrompt: boolean
  /** When it comes again and again, on the calendar of its zone. */
  cron: string | null
  zone: string
  /** Of whoever asked for it: the bot's own words around it are in that. */
  language: Language
  state: ReminderState
  /** The next of its own times. */
  due: number | null
  /** Once more, beside those. */
  snoozed: number | null
  /** The earlier of the two. Null: it does not come any more. */
  next: number | null
  /** Of its own times, the last for which it came. */
  fired: number | null
  /** So many before that one went by, and nobody was told. */
  missed: number
  /** When it was asked for, or changed. */
  at: number
  /** The message in which it was asked for. */
  message: number | null
  /** Its words are of a session that had read what strangers wrote: so is the one that goes by them. */
  isTainted: boolean
}

/** Nobody has cancelled it, and it has not been for the last time. */
export function isToCome({ next, state }: Pick<Reminder, 'next' | 'state'>) {
  return next !== null || state === 'paused'
}

/** So far apart are the times of one, at least. */
export function leastGap({ isPrompt }: Pick<Reminder, 'isPrompt'>) {
  return isPrompt ? HOUR : 5 * MINUTE
}

export type Fresh = Pick<
  Reminder,
  | 'asker'
  | 'whom'
  | 'text'
  | 'isPrompt'
  | 'cron'
  | 'zone'
  | 'language'
  | 'due'
  | 'at'
  | 'message'
  | 'isTainted'
>
export type Changes = Partial<
  Pick<
    Reminder,
    | 'whom'
    | 'text'
    | 'cron'
    | 'zone'
    | 'state'
    | 'due'
    | 'snoozed'
    | 'fired'
    | 'missed'
    | 'at'
    | 'isTainted'
  >
>

const MOST = 100
const MOST_PROMPTS = 10
/** In one handler; what is left is for the next pass. */
const AT_ONCE = 20

/** What is to come in a room, whoever asked for it. */
export class Reminders {
  readonly posts: ReminderPosts
  #sql: SqlStorage
  /** Hardly a room has any, and each look for them is billed. Only a cache. */
  #next: number | null | undefined
  #seen: number | null = null

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.posts = new ReminderPosts(sql)
  }

  find(number: number): Reminder | null {
    return this.#read('WHERE id = ?', number)[0] ?? null
  }

  /** All that are to come, as `isToCome` says; by number. */
  open(): Reminder[] {
    return this.#read("WHERE next IS NOT NULL OR state = 'paused' ORDER BY id")
  }

  /** What came last for this person, or at their wish, since then. */
  lastFor(person: number, since: number): Reminder | null {
    const rest = `WHERE (asker = ? OR whom = ?) AND fired > ? AND prompt = 0 AND state <> 'cancelled'
      ORDER BY fired DESC, id DESC LIMIT 1`
    return this.#read(rest, person, person, since)[0] ?? null
  }

  due(now: number): Reminder[] {
    return this.#read(`WHERE next <= ? ORDER BY next, id LIMIT ${AT_ONCE}`, now)
  }

  /** When something is to be done, a message that could not be posted yet included. */
  nextDue(): number | null {
    if (this.#next === undefined) {
      this.#next = this.#sql
        .exec<{ next: number | null }>(
          'SELECT min(next) AS next FROM reminders WHERE next IS NOT NULL',
        )
        .one().next
    }
    const times = [this.#next, this.posts.nextDue()].filter((time) => time !== null)
    return times.length ? Math.min(...times) : null
  }

  /** How many there may be, where there are that many and no more are taken. */
  full({ isPrompt }: Pick<Reminder, 'isPrompt'>): number | null {
    const open = this.open()
    if (open.length >= MOST) return MOST
    const prompts = open.filter((one) => one.isPrompt)
    return isPrompt && prompts.length >= MOST_PROMPTS ? MOST_PROMPTS : null
  }

  add(fresh: Fresh): Reminder {
    const { id } = this.#sql
      .exec<{ id: number }>(
        `INSERT INTO reminders (asker, whom, text, prompt, cron, zone, language, state, due, next, at,
           message, tainted)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?) RETURNING id`,
        fresh.asker,
        fresh.whom,
        fresh.text,
        fresh.isPrompt ? 1 : 0,
        fresh.cron,
        fresh.zone,
        fresh.language,
        fresh.due,
        fresh.due,
        fresh.at,
        fresh.message,
        fresh.isTainted ? 1 : null,
      )
      .one()
    this.#next = undefined
    const times = { snoozed: null, next: fresh.due, fired: null, missed: 0 }
    return { ...fresh, ...times, number: id, state: 'open' }
  }

  /** It does not come any more, and nobody wants its words kept; its number is nobody else's. */
  cancel(reminder: Reminder) {
    this.change(reminder, { state: 'cancelled', due: null, snoozed: null, text: '' })
  }

  /**
   * What came, or was set up, later than now: a clock that ran ahead was put right. Asked once in each life, and
   * when it seems so.
   */
  ahead(now: number): Reminder[] {
    const isNews = this.#seen === null || now < this.#seen
    this.#seen = now
    if (!isNews || this.nextDue() === null) return []
    return this.#read('WHERE next IS NOT NULL AND (fired > ? OR at > ?)', now, now)
  }

  /** Every change goes through here, to the row and to what is held of it. */
  change(reminder: Reminder, changes: Changes) {
    Object.assign(reminder, changes)
    const { due, snoozed, state, whom, text, cron, zone, fired, missed, at, isTainted } = reminder
    const times = [due, snoozed].filter((time) => time !== null)
    reminder.next = state === 'open' && times.length ? Math.min(...times) : null
    this.#sql.exec(
      `UPDATE reminders SET whom = ?, text = ?, cron = ?, zone = ?, state = ?, due = ?, snoozed = ?,
         next = ?, fired = ?, missed = ?, at = ?, tainted = ? WHERE id = ?`,
      whom,
      text,
      cron,
      zone,
      state,
      due,
      snoozed,
      reminder.next,
      fired,
      missed,
      at,
      isTainted ? 1 : null,
      reminder.number,
    )
    this.#next = undefined
  }

  /** What is over for so long nobody snoozes any more. Its number is nobody else's: the last one stays. */
  prune(before: number) {
    this.#sql.exec(
      `DELETE FROM reminders WHERE next IS NULL AND state IN ('done', 'cancelled')
         AND max(at, coalesce(fired, 0)) < ? AND id < (SELECT max(id) FROM reminders)`,
      before,
    )
  }

  #read(rest: string, ...bindings: SqlStorageValue[]): Reminder[] {
    return this.#sql
      .exec(
        `SELECT id, asker, whom, text, prompt, cron, zone, language, state, due, snoozed, next, fired, missed,
           at, message, tainted FROM reminders ${rest}`,
        ...bindings,
      )
      .toArray()
      .map((row) => asReminder(row as unknown as Row))
  }
}

type Row = Omit<Reminder, 'number' | 'isPrompt' | 'isTainted'> & {
  id: number
  prompt: number
  tainted: number | null
}

/** A word that we do not know is a newer Worker's: see schema.ts. */
function asReminder({ id, prompt, tainted, ...row }: Row): Reminder {
  const state = oneOf(row.state, STATES, 'done')
  const language = oneOf(row.language, LANGUAGES, 'en')
  return { ...row, number: id, isPrompt: prompt === 1, isTainted: tainted === 1, state, language }
}

const STATES: ReminderState[] = ['open', 'done', 'cancelled', 'paused']
const LANGUAGES: Language[] = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']
