/**
 * The zone as it is written, as `Europe/Berlin`. Null: there is none of that name. The platform's database knows a
 * place that was renamed by its older name, Kolkata as Calcutta: nobody who lives there is to be told that.
 */
export function zoneNamed(name: string): string | null {
  // An offset as +02:00 is no place: it would not follow the change of clocks there.
  if (!/^[A-Za-z]/.test(name) || isOffset(name) || isAbbreviation(name)) return null
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    const isOther = timeZone.toLowerCase() !== name.toLowerCase()
    return isOther ? inCapitals(name) : timeZone
  } catch {
    return null
  }
}

/** Etc/GMT+2 is behind by two hours, and not ahead; and a clock as it left the factory is nowhere. */
function isOffset(name: string) {
  return /^((etc|systemv)\/.*\d|factory$)/i.test(name)
}

/**
 * Not one of them has a single meaning: to the platform BST is a time of Bangladesh, and EST one that never follows
 * the summer of New York. Some countries are written no longer.
 */
function isAbbreviation(name: string) {
  return /^[a-z]{3}(\d.*)?$/i.test(name) && !/^(gmt|prc|roc|rok|uct|utc)$/i.test(name)
}

/** As a name of the database is written: america/port_of_spain is America/Port_of_Spain. Where it is not, each part is. */
function inCapitals(name: string) {
  const isLoud = name.includes('/') && !/[a-z]/.test(name)
  return (isLoud ? name.toLowerCase() : name)
    .replace(/(^|[/_-])(?!(?:of|au|es)_)[a-z]/g, (all) => all.toUpperCase())
    .replace(/^(us|gb|nz|prc|rok|roc|uct|utc|gmt)(?=$|[/-])/i, (all) => all.toUpperCase())
}

/** By how much the clock there is ahead of UTC, in ms. It shows whole seconds, so of the moment they alone count. */
export function offsetAt(ms: number, timeZone: string) {
  const { year, month, day, hour, minute, second } = partsOf(ms, timeZone)
  // No text of a year before 1000 or after 9999 is read again, and to `Date.UTC` the year 26 is 1926.
  const shown =
    new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day)) +
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000
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
