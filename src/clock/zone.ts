/**
 * The zone as it is written, as `Europe/Berlin`. Null: there is none of that name. The platform's database knows a
 * place that was renamed by its older name, Kolkata as Calcutta: nobody who lives there is to be told that.
 */
export function zoneNamed(name: string): string | null {
  // An offset as +02:00 is no place: it would not follow the change of clocks there.
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    const isOther = timeZone.toLowerCase() !== name.toLowerCase()
    return isOther && /[A-Z]/.test(name) ? name : timeZone
  } catch {
    return null
  }
}

/** By how much the clock there is ahead of UTC, in ms. It shows whole seconds, so of the moment they alone count. */
export function offsetAt(ms: number, timeZone: string) {
  const { year, month, day, hour, minute, second } = partsOf(ms, timeZone)
  const shown = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return shown - Math.floor(ms / 1_000) * 1_000
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
