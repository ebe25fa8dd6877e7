import { DAY } from '../clock.ts'

/** By what the page can tell costs, beside by day. */
export const SPLITS = ['bot', 'room', 'person', 'model'] as const
export type Split = (typeof SPLITS)[number]

/** A day of the calendar so many days later, or before. */
export function addDays(day: string, days: number) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}
