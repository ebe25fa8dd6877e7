import {
  DAY,
  instantOf,
  isCloserThan,
  isLocalTime,
  nextTimes,
  spelledTime,
  whatIsWrongWith,
  zoneNamed,
} from '../../clock.ts'
import { leastGap, type Reminder } from '../../tables/room/reminders/to-come.ts'
import type { ToolContext } from '../context.ts'
import type { RemindersInput } from './input.ts'

/** The times of a reminder, checked: whatever is wrong with them is for the model to read. */
export function whenIn(
  {
    at,
    cron,
    zone: named,
    isPrompt = false,
  }: Pick<RemindersInput, 'at' | 'cron' | 'zone' | 'isPrompt'>,
  { now, timeZone }: Pick<ToolContext, 'now' | 'timeZone'>,
): Pick<Reminder, 'due' | 'cron' | 'zone'> {
  const zone = zoneNamed(named ?? timeZone)
  if (!zone)
    throw new Error(
      `There is no time zone ${named}. Use a name as Europe/Berlin, and no abbreviation or offset. ${NOTHING}`,
    )
  if ((at === undefined) === (cron === undefined)) {
    throw new Error(`Give either at, for once, or cron, for again and again. ${NOTHING}`)
  }
  if (at !== undefined) return { due: future(at, zone, now), cron: null, zone }

  const line = cron ?? ''
  const wrong = whatIsWrongWith(line)
  if (wrong) throw new Error(`${wrong} ${NOTHING}`)
  const [due] = nextTimes(line, zone, now, 1)
  if (due === undefined) throw new Error(`The day of ${line} never comes. ${NOTHING}`)
  if (isCloserThan(leastGap({ isPrompt }), line, now)) {
    const least = isPrompt ? 'Tasks are at least an hour' : 'Reminders are at least five minutes'
    throw new Error(`${least} apart, and those of ${line} are not. ${NOTHING}`)
  }
  return { due, cron: line, zone }
}

export const NOTHING = 'Nothing was changed.'

const MOST_AHEAD = 100 * 365 * DAY

function future(at: string, zone: string, now: number) {
  if (!isLocalTime(at)) {
    throw new Error(`at is no time: give it as 2026-12-01T14:00:00, without a zone. ${NOTHING}`)
  }
  const due = instantOf(at, zone)
  if (due <= now) {
    throw new Error(
      `${spelledTime(due, zone)} is over: it is ${spelledTime(now, zone)} now. Give a time to come. ${NOTHING}`,
    )
  }
  if (due > now + MOST_AHEAD) {
    throw new Error(`${at} is more than a hundred years away, and nobody is here then. ${NOTHING}`)
  }
  return due
}

/** The next two times, with the day of the week and the zone: to be said back, so that whoever asked can see. */
export function timesOf({ next, due, cron, zone }: Reminder) {
  if (next === null) return {}
  const [after] = cron !== null && due !== null ? nextTimes(cron, zone, Math.max(next, due), 1) : []
  const second = due !== null && due > next ? due : after
  return {
    next: spelledTime(next, zone),
    ...(second !== undefined && { after_that: spelledTime(second, zone) }),
  }
}
