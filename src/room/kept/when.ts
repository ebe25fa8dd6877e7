import {
  instantOf,
  isCloserThan,
  isLocalTime,
  nextTimes,
  whatIsWrongWith,
  zoneNamed,
} from '../../clock.ts'
import { leastGap, type Reminder } from '../../tables/room/reminders/to-come.ts'
import type { Changes } from './which.ts'

type Times = Pick<Reminder, 'due' | 'cron' | 'zone'>

/** The times of a reminder as they are to be. Null: as they are. In words: what is wrong with them. */
export function whenIn(
  reminder: Reminder,
  wanted: Pick<Changes, 'at' | 'cron' | 'zone'>,
  now: number,
): Times | string | null {
  const zone = zoneNamed(wanted.zone ?? reminder.zone)
  if (!zone) return `zone: there is no time zone ${wanted.zone}; use a name as Europe/Berlin`
  const isOtherCron = wanted.cron !== undefined && wanted.cron !== reminder.cron
  if (wanted.at !== undefined && isOtherCron)
    return 'at: give either at, for once, or cron, for again and again'
  if (wanted.at !== undefined) return onceAt(wanted.at, zone, now)
  const cron = wanted.cron ?? reminder.cron
  const isSame = cron === reminder.cron && zone === reminder.zone && reminder.state === 'open'
  if (isSame || (wanted.cron === undefined && wanted.zone === undefined)) return null
  if (cron === null) return 'zone: give the time as well, in at'
  return againAt(cron, zone, { now, isPrompt: reminder.isPrompt })
}

function onceAt(at: string, zone: string, now: number): Times | string {
  if (!isLocalTime(at)) return 'at: give a local time as 2026-12-01T14:00'
  const due = instantOf(at, zone)
  return due > now ? { due, cron: null, zone } : 'at: that time is over'
}

function againAt(
  cron: string,
  zone: string,
  { now, isPrompt }: { now: number; isPrompt: boolean },
): Times | string {
  const wrong = whatIsWrongWith(cron)
  if (wrong) return `cron: ${wrong}`
  const [due] = nextTimes(cron, zone, now, 1)
  if (due === undefined) return 'cron: that day never comes'
  if (isCloserThan(leastGap({ isPrompt }), cron, now))
    return `cron: times are at least ${isPrompt ? 'an hour' : 'five minutes'} apart`
  return { due, cron, zone }
}
