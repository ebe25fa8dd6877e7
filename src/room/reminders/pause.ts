import { quiet } from '../../campfire.ts'
import { DAY } from '../../clock.ts'
import { log } from '../../log.ts'
import { sentencesFor } from '../../sentences.ts'
import { lastSeenBy } from '../../tables/room/reminders/askers-seen.ts'
import type { Reminder } from '../../tables/room/reminders/to-come.ts'
import type { Tables } from '../../tables.ts'

const GONE_AFTER = 90 * DAY

/** Nobody reads what they have us do again and again: they have not said a word here for so long, to us or to others. */
export function isAskerGone({ facts, inbox, now }: Tables, { asker, at }: Reminder) {
  const said = inbox.received.lastSaidBy(asker) ?? 0
  return Math.max(at, said, lastSeenBy(facts, asker) ?? 0) < now() - GONE_AFTER
}

/** All of theirs, and the room is told once. Whoever changes one of them sets it going again. */
export function pauseAll(tables: Tables, { asker, language, number, next }: Reminder) {
  const { reminders, numbers, people, place, now } = tables
  const theirs = reminders
    .open()
    .filter((one) => one.isPrompt && one.asker === asker && one.state === 'open')
  for (const one of theirs) reminders.change(one, { state: 'paused' })
  const who = quiet(people.nameOf(asker) ?? '?')
  const body = sentencesFor(language).reminder.paused(
    who,
    theirs.map((one) => one.number).join(', '),
  )
  const due = next ?? now()
  const cursor = numbers.cursor()
  reminders.posts.intend({ reminder: number, kind: 'pause', due, missed: 0, body, cursor }, now())
  log.info('reminder.paused', { ...place, asker, reminders: theirs.length })
}
