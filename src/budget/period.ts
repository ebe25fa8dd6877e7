import { DAY, dayAt, startOfDay } from '../clock.ts'

export const PER = ['day', 'week', 'month'] as const
export type Per = (typeof PER)[number]

export interface Period {
  /** The day on which it begins, as 2026-11-30. */
  from: string
  /** In ms since 1970. */
  begins: number
  /** The first instant that is not part of it. */
  ends: number
}

/** The day, week or month that it is there. A week begins on Monday; a change of clocks moves no border. */
export function periodAt(per: Per, ms: number, timeZone: string): Period {
  const from = firstDayOf(per, dayAt(ms, timeZone))
  const next = firstDayAfter(per, from)
  return { from, begins: startOfDay(from, timeZone), ends: startOfDay(next, timeZone) }
}

function firstDayOf(per: Per, day: string) {
  if (per === 'month') return `${day.slice(0, 7)}-01`
  const sinceMonday = (new Date(midday(day)).getUTCDay() + 6) % 7
  return per === 'week' ? plusDays(day, -sinceMonday) : day
}

function firstDayAfter(per: Per, day: string) {
  // Of a month that begins on its first, 31 days later is some day of the next one.
  if (per === 'month') return firstDayOf('month', plusDays(day, 31))
  return plusDays(day, per === 'week' ? 7 : 1)
}

function plusDays(day: string, days: number) {
  return dayAt(midday(day) + days * DAY, 'UTC')
}

function midday(day: string) {
  return Date.parse(`${day}T12:00:00Z`)
}
