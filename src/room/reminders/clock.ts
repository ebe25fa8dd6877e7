import { DAY, HOUR, nextTimes } from '../../clock.ts'
import { log } from '../../log.ts'
import type { Reminder } from '../../tables/room/reminders/to-come.ts'
import type { Tables } from '../../tables.ts'

/** Nothing of a message is put off for longer: see `post.ts`. */
const MOST_AHEAD = 1.5 * HOUR

/**
 * A clock that ran ahead and was put right has moved what comes again and again behind times that are still to
 * come: what came, or was set up, after now tells it.
 */
export function followClock({ reminders, place, now }: Tables) {
  const isLate = (reminder: Reminder) =>
    reminder.due !== null && dueBy(reminder, now()) < reminder.due
  const late = reminders.ahead(now()).filter(isLate)
  for (const reminder of late) reminders.change(reminder, { due: dueBy(reminder, now()) })
  const posts = reminders.posts.wake(now(), MOST_AHEAD)
  if (late.length || posts) log.warn('reminder.clock_went_back', { ...place })
}

/** What was told a moment ago, as it seems, is not told again. */
function dueBy({ cron, zone, fired, due }: Reminder, now: number) {
  if (cron === null || due === null) return due ?? Number.POSITIVE_INFINITY
  const isSoon = fired !== null && fired > now && fired - now <= DAY
  return nextTimes(cron, zone, isSoon ? fired : now, 1)[0] ?? due
}
