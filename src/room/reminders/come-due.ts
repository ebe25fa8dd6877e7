import { DAY, nextTimes } from '../../clock.ts'
import { inShort, log } from '../../log.ts'
import type { Reminder } from '../../tables/room/reminders/to-come.ts'
import type { Tables } from '../../tables.ts'
import { isAskerGone, pauseAll } from './pause.ts'
import { wordsOf } from './wording.ts'

/** What is over for so long nobody snoozes, and what was said so long ago no other installation has said. */
const KEPT = { reminders: 30 * DAY, posts: 2 * DAY }

/**
 * What is due by now. That it comes is decided here, together with when it comes next: from then on the intent
 * of its message is a row of its own, and a task is a message in the inbox. True: there is such a task.
 * `mayPause`: whoever seems to be gone is.
 */
export function comeDue(tables: Tables, mayPause: boolean): boolean {
  const { reminders, place, now } = tables
  const due = reminders.due(now())
  let hasTask = false
  for (const reminder of due) {
    try {
      hasTask = tables.atomically(() => comesDue(tables, reminder, mayPause)) || hasTask
    } catch (error) {
      // A zone that is no more, or a row that cannot be read: tried again it would be so again, for ever.
      log.error('reminder.broken', { ...place, reminder: reminder.number, error: inShort(error) })
      reminders.change(reminder, { state: 'done' })
    }
  }
  if (due.length) {
    reminders.prune(now() - KEPT.reminders)
    reminders.posts.prune(now() - KEPT.posts)
  }
  return hasTask
}

function comesDue(tables: Tables, reminder: Reminder, mayPause: boolean) {
  const { reminders, now } = tables
  if (mayPause && reminder.isPrompt && isAskerGone(tables, reminder)) {
    pauseAll(tables, reminder)
    return false
  }
  const { at, missed, next } = timesOf(reminder, now())
  const snoozed = reminder.snoozed !== null && reminder.snoozed > now() ? reminder.snoozed : null
  const state = next === null && snoozed === null ? 'done' : 'open'
  if (reminder.isPrompt) addTask(tables, reminder, at)
  else intend(tables, reminder, { due: at, missed })
  reminders.change(reminder, { due: next, snoozed, fired: at, missed, state })
  return reminder.isPrompt
}

/** More are not counted: nobody wants to know. */
const MOST_MISSED = 1_000

/** The newest of the times that have come, how many before it nobody was told of, and the next. */
function timesOf({ due, snoozed, cron, zone }: Reminder, now: number) {
  const own: number[] = []
  let next = due
  while (next !== null && next <= now && own.length <= MOST_MISSED) {
    own.push(next)
    next = cron === null ? null : (nextTimes(cron, zone, next, 1)[0] ?? null)
  }
  if (cron !== null && next !== null && next <= now) next = nextTimes(cron, zone, now, 1)[0] ?? null
  const newest = own.at(-1) ?? 0
  const again = snoozed !== null && snoozed <= now ? snoozed : 0
  return { at: Math.max(newest, again), missed: Math.max(0, own.length - 1), next }
}

function intend(tables: Tables, reminder: Reminder, times: { due: number; missed: number }) {
  const { reminders, numbers, now } = tables
  const body = wordsOf(tables, reminder, times)
  const cursor = numbers.cursor()
  reminders.posts.intend(
    { reminder: reminder.number, kind: 'reminder', ...times, body, cursor },
    now(),
  )
}

/** As if whoever asked for it had said it now; while one of it waits, another says nothing new. */
function addTask(tables: Tables, { number, asker, text }: Reminder, due: number) {
  const { inbox, people, now } = tables
  if (inbox.waiting().some(({ schedule }) => schedule === number)) return
  const name = people.nameOf(asker) ?? ''
  inbox.addTask({ schedule: number, author: asker, name, text, at: due }, now())
}
