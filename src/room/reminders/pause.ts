import * as z from 'zod'
import { isUnsupported, pagesBack, quiet } from '../../campfire.ts'
import { DAY, withDeadline } from '../../clock.ts'
import { inShort, log } from '../../log.ts'
import { campfireFor, type Runtime } from '../../runtime.ts'
import { sentencesFor } from '../../sentences.ts'
import { lastSeenBy, noteAskersSeen } from '../../tables/room/reminders/askers-seen.ts'
import type { Reminder } from '../../tables/room/reminders/to-come.ts'
import type { Tables } from '../../tables.ts'

const GONE_AFTER = 90 * DAY

/** Nobody reads what they have us do again and again: they have not said a word here for so long, to us or to others. */
export function isAskerGone({ facts, inbox, now }: Tables, { asker, at }: Reminder) {
  const said = inbox.received.lastSaidBy(asker) ?? 0
  return Math.max(at, said, lastSeenBy(facts, asker) ?? 0) < now() - GONE_AFTER
}

/** Tasks that are due, of askers who seem to be gone: of what comes once a year no turn of ours may have looked. */
export function dueOfGone(tables: Tables): Reminder[] {
  const { reminders, now } = tables
  return reminders.due(now()).filter((one) => one.isPrompt && isAskerGone(tables, one))
}

const LOOKED = 'looked for askers'
const MOST_PAGES = 10
const PATIENCE = 5_000

/**
 * They may have talked to others meanwhile, so the room is asked before it is told that they have not been here. False:
 * nobody can tell, since Campfire does not answer, or a life before this one has ended over it.
 */
export async function lookForAskers(tables: Tables, runtime: Runtime, gone: Reminder[]) {
  const { facts, place, now } = tables
  if (runtime.report.abilities().list === false) return true
  const due = Math.max(...gone.map(({ next }) => next ?? 0))
  if (facts.get(LOOKED, z.number()) === due) return false
  facts.set(LOOKED, due)
  try {
    await withDeadline(PATIENCE, async (signal) => {
      const campfire = campfireFor(tables, runtime, runtime.quota.within(signal))
      const since = now() - GONE_AFTER
      const reaches = () => gone.every((one) => !isAskerGone(tables, one))
      const isOld = (at = 0) => at < since
      for await (const { messages } of pagesBack(campfire, { reaches, most: MOST_PAGES })) {
        noteAskersSeen(
          tables,
          messages.map(({ author, at }) => ({ ...author, at, by: 'spoke' })),
        )
        if (isOld(messages[0]?.at)) break
      }
    })
    return true
  } catch (error) {
    if (isUnsupported(error)) return true
    log.warn('reminder.asker_not_looked_for', { ...place, error: inShort(error) })
    return false
  }
}

/** All of theirs, and the room is told once. Whoever changes one of them sets it going again. */
export function pauseAll(tables: Tables, { asker, language, number, next }: Reminder) {
  const { reminders, numbers, people, place, now } = tables
  const theirs = reminders
    .open()
    .filter((one) => one.isPrompt && one.asker === asker && one.state === 'open')
  // Another of them was due at the same time, and it was told with that.
  if (!theirs.length) return
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
