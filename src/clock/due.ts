import { Cron } from 'croner'
import { DAY } from './spans.ts'
import { offsetAt } from './zone.ts'

/** 2026-12-01T14:00:00, a time that a clock shows there. Not 2026-02-30: JavaScript would make a March of it. */
export function isLocalTime(local: string) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local)) return false
  const ms = Date.parse(`${local}Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(local)
}

/**
 * When a clock in this zone shows that time, in ms since 1970. One that it shows twice is the first of the two;
 * one that it leaps over is the moment of the leap: so nobody is reminded late, and croner does the same.
 */
export function instantOf(local: string, zone: string): number {
  const shown = Date.parse(`${local}Z`)
  const offsets = [shown - DAY, shown + DAY].map((ms) => offsetAt(ms, zone))
  const guesses = offsets.map((offset) => shown - offset)
  const [first = shown, last = shown] = guesses.toSorted((a, b) => a - b)
  const exact = [first, last].find((ms) => ms + offsetAt(ms, zone) === shown)
  return exact ?? changeBetween(first, last, zone)
}

/** The first moment with the offset of `last`. */
function changeBetween(first: number, last: number, zone: string) {
  const offset = offsetAt(last, zone)
  let [before, after] = [first, last]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(middle, zone) === offset) after = middle
    else before = middle
  }
  return after
}

/**
 * The next times of a line of cron after a moment, in ms since 1970; fewer where there are no more. Each is
 * reckoned from the calendar and never from the one before, so nothing drifts.
 */
export function nextTimes(cron: string, zone: string, after: number, count = 2): number[] {
  return linesOf(cron, zone)
    .nextRuns(count, new Date(after))
    .map((time) => time.getTime())
}

/** What is wrong with a line of cron, for the model to read. Null: nothing is. */
export function whatIsWrongWith(cron: string): string | null {
  const fields = cron.trim().split(/\s+/)
  // croner takes seconds, years, @daily and a ? for "now" as well: none of them has one meaning everywhere.
  if (fields.length !== 5) {
    return `A cron line has five fields (minute hour day month weekday), and this one has ${fields.length}.`
  }
  if (!fields.every((field) => /^[\dA-Za-z*,/#-]+$/.test(field))) {
    return 'A field of a cron line holds digits, names of days and months, and * , - / # L W.'
  }
  try {
    linesOf(cron, 'UTC')
    return null
  } catch (error) {
    const why = error instanceof Error ? inOurCount(error.message) : 'it cannot be read'
    return `This is no cron line: ${why}.`
  }
}

/** croner counts days and months from 0: told so, whoever reads it would correct what is right. */
function inOurCount(message: string) {
  const [, part = '', value = ''] = /Invalid value for (\w+): (-?\d+)/.exec(message) ?? []
  const field = FIELDS[part]
  if (!field) return message.replace(/^CronPattern: (?:Syntax error, )?/, '').replace(/\.$/, '')
  const { name, first, last } = field
  return `${Number(value) + first} is no ${name}, which go from ${first} to ${last}`
}

const DAYS = { name: 'day of the month', first: 1, last: 31 }
const FIELDS: Record<string, { name: string; first: number; last: number }> = {
  minute: { name: 'minute', first: 0, last: 59 },
  hour: { name: 'hour', first: 0, last: 23 },
  day: DAYS,
  nearestWeekdays: DAYS,
  month: { name: 'month', first: 1, last: 12 },
  dayOfWeek: { name: 'day of the week', first: 0, last: 7 },
}

/** So many times in a row hold every day of what is at least five minutes apart. */
const LOOKS_AHEAD = 300

/** Whether two times of it are nearer than that, by the calendar alone: a change of clocks is nobody's fault. */
export function isCloserThan(gap: number, cron: string, after: number) {
  const line = linesOf(cron, 'UTC')
  let last: Date | null = line.nextRun(new Date(after))
  for (let seen = 1; last && seen < LOOKS_AHEAD; seen++) {
    const next: Date | null = line.nextRun(last)
    if (next && next.getTime() - last.getTime() < gap) return true
    last = next
  }
  return false
}

/** Of the times that the line names, no two are the same hour of one night; every half hour stays every half hour. */
function linesOf(cron: string, timezone: string) {
  return new Cron(cron.trim(), {
    timezone,
    mode: '5-part',
    fixedTimeRule: 'no-wildcard',
    paused: true,
  })
}
