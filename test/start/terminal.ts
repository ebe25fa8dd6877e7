/** People and rooms as the local Campfire calls them: the log has only their numbers. */
export interface Names {
  people: { id: number; name: string }[]
  rooms: { id: number; name: string | null }[]
}

interface Logged {
  level: 'info' | 'warn' | 'error'
  event: string
  [field: string]: unknown
}

/**
 * What the terminal of `npm start` shows of a line that the Worker printed: one friendly line for
 * each turn, whatever went wrong in full, and null for all else.
 */
export function shownOf(printed: string, names: Names): string | null {
  const logged = loggedIn(printed)
  if (!logged) return null
  if (logged.level !== 'info') return troubleOf(logged)
  if (logged.event === 'turn.over') return turnOf(logged, names)
  return logged.event === 'turn.silent' ? silenceOf(logged, names) : null
}

// Wrangler paints a warning and puts a sign in front.
function loggedIn(printed: string): Logged | null {
  const json = /\{"level":"(?:info|warn|error)","event":".*\}/.exec(printed)?.[0]
  if (json === undefined) return null
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function turnOf({ verdict, tier, ms, tokensIn, tokensOut, ...turn }: Logged, names: Names) {
  const end = ENDS[String(verdict)] ?? String(verdict)
  const tokens = `${count(tokensIn)} tokens in, ${count(tokensOut)} out`
  const work = Number(tokensIn) > 0 ? tokens : 'no model asked'
  return `${beginningOf(turn, names)}: ${end} in ${seconds(ms)}, ${tier}, ${work}`
}

const ENDS: Record<string, string> = {
  replied: 'answered',
  silent: 'kept silent',
  stopped: 'stopped',
  failed: 'failed',
  parked: 'gave up',
}

function silenceOf({ reason, ...turn }: Logged, names: Names) {
  return `${beginningOf(turn, names)}: kept silent (${reason})`
}

function beginningOf({ asker, bot, room }: Record<string, unknown>, names: Names) {
  const person = names.people.find(({ id }) => id === asker)?.name ?? `Person ${asker}`
  const place = names.rooms.find(({ id }) => id === room)
  const where = place?.name ?? (place ? 'a ping' : `room ${room}`)
  return `${person} asked ${bot} in ${where}`
}

function troubleOf({ level, event, error, ...fields }: Logged) {
  const rest = Object.entries(fields).map(([name, value]) => `${name} ${value}`)
  const sign = level === 'error' ? '✘' : '!'
  return `${sign} ${event}${error ? `: ${error}` : ''} [${rest.join(', ')}]`
}

function seconds(ms: unknown) {
  return `${(Number(ms) / 1_000).toFixed(1)} s`
}

function count(tokens: unknown) {
  return Number(tokens).toLocaleString('en')
}
