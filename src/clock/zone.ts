/** The zone as its own database calls it, as `Europe/Berlin`. Null: there is none of that name. */
export function zoneNamed(name: string): string | null {
  // An offset as +02:00 is no place: it would not follow the change of clocks there.
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

/** By how much the clock there is ahead of UTC, in ms. */
export function offsetAt(ms: number, timeZone: string) {
  const { year, month, day, hour, minute, second } = partsOf(ms, timeZone)
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - ms
}

export function partsOf(ms: number, timeZone: string) {
  const format = FORMATS.get(timeZone) ?? formatFor(timeZone)
  return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
}

/** They are slow to make. */
const FORMATS = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string) {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    timeZoneName: 'shortOffset',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  FORMATS.set(timeZone, format)
  return format
}
