import { instantOf } from './clock/due.ts'
import { DAY } from './clock/spans.ts'
import { offsetAt, partsOf } from './clock/zone.ts'

export {
  instantOf,
  isCloserThan,
  isLocalTime,
  nextTimes,
  whatIsWrongWith,
} from './clock/due.ts'
export { CLOCKS_APART, DAY, HOUR, MINUTE } from './clock/spans.ts'
export { zoneNamed } from './clock/zone.ts'

/** As `2026-11-20 13:00 GMT+1`: the one way in which the model is told a time. */
export function timeOf(ms: number, timeZone = 'UTC') {
  if (timeZone === 'UTC') return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

  const { year, month, day, hour, minute, timeZoneName } = partsOf(ms, timeZone)
  return `${year}-${month}-${day} ${hour}:${minute} ${timeZoneName}`
}

/** As `Tuesday, 1 December 2026 at 14:00 (Europe/Berlin, GMT+1)`: a time that people are to check. */
export function spelledTime(ms: number, timeZone = 'UTC') {
  const { hour, minute, timeZoneName } = partsOf(ms, timeZone)
  const date = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full' }).format(ms)
  // One platform calls it GMT in short, another GMT+0.
  const isPlain = timeZone === 'UTC' || timeZone === timeZoneName
  const zone = isPlain ? timeZone : `${timeZone}, ${timeZoneName}`
  return `${date} at ${hour}:${minute} (${zone})`
}

/** A day of the calendar, as 2026-11-20. Not 2026-02-30: JavaScript would make a March of it. */
export function isDay(day: string) {
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}

/** When that day begins where the clock is, in ms since 1970; `later` days on, across any change of clocks. */
export function startOfDay(day: string, timeZone = 'UTC', later = 0) {
  const wanted = Date.parse(`${day}T00:00:00Z`) + later * DAY
  // The offset may change between the guess and the day itself, and at midnight of all times.
  const guesses = [wanted - DAY, wanted, wanted + DAY].map((ms) => wanted - offsetAt(ms, timeZone))
  const starts = guesses.filter((ms) => dayAt(ms, timeZone) === dayAt(wanted, 'UTC'))
  const [first = wanted] = starts.toSorted((a, b) => a - b)
  return first
}

/** A time of a day where the clock is, as 2026-11-20T09:00, in ms since 1970. A day alone: its beginning. */
export function momentOf(local: string, timeZone = 'UTC') {
  return local.includes('T') ? instantOf(local, timeZone) : startOfDay(local, timeZone)
}

/** The day of the calendar that it is there, as 2026-11-20. */
export function dayAt(ms: number, timeZone: string) {
  const { year, month, day } = partsOf(ms, timeZone)
  return `${year}-${month}-${day}`
}

/** What is under way comes first: nobody waits for what this waits for. */
export async function afterwards() {
  await new Promise((resolve) => setTimeout(resolve))
}

/**
 * Behind a request that is made in the same go: its body leaves in pieces, and whatever is asked beside it would come
 * between them. In the first turn of the event loop it still waits for what it depends on to be on the disk.
 */
export async function behindRequest() {
  for (let n = 0; n < 2; n++) await afterwards()
}

/** What comes of it within so many ms. Null: it is still on its way, and goes on. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms)
  })
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/**
 * Aborts the work when it takes too long. Not `AbortSignal.timeout`: its timer cannot be cleared, and
 * a pending timer keeps a Durable Object awake, and billed, long after the work is done.
 */
export async function withDeadline<T>(ms: number, work: (signal: AbortSignal) => Promise<T>) {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new DOMException('Too late', 'TimeoutError')), ms)
  try {
    return await work(deadline.signal)
  } finally {
    clearTimeout(timer)
  }
}
