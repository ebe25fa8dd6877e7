import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { DAY } from '../src/clock.ts'
import { doubtful, type Finding, well, wrong } from '../src/operator/doctor.ts'

const CONFIG = resolve(import.meta.dirname, '../wrangler.toml')

/** From this day on, work that is under way keeps an object awake; before it, answers break off. */
const FIRST = '2026-10-01'
/** Cloudflare keeps old ones working for good, but nothing new is tried at them. */
const OLD_DAYS = 365

/** What wrangler.toml says that matters, however it was edited. */
export function examineConfig(now: number, text = readFileSync(CONFIG, 'utf8')): Finding[] {
  const about = 'compatibility date'
  const date = /^compatibility_date\s*=\s*"(\d{4}-\d\d-\d\d)"/m.exec(text)?.[1] ?? null
  return [dateFinding(about, date, now), ...limits(text), ...logs(text)]
}

function dateFinding(about: string, date: string | null, now: number): Finding {
  const todo = `Set compatibility_date in wrangler.toml to ${FIRST} or later, as it came with the release.`
  if (date === null) return wrong(about, 'None stands in wrangler.toml.', todo)
  const age = (now - Date.parse(date)) / DAY
  if (date < FIRST) return wrong(about, `${date} is too early: answers would break off.`, todo)
  if (age < -1) return wrong(about, `${date} is not yet; no deploy takes it.`, todo)
  if (age < OLD_DAYS) return well(about, date)
  return doubtful(
    about,
    `${date} is more than a year ago.`,
    'Upgrade: git pull, npm ci, npm run deploy.',
  )
}

/** The free plan refuses a Worker that asks for more CPU. */
function limits(text: string): Finding[] {
  if (!/^\s*cpu_ms\s*=/m.test(text)) return []
  const todo = 'Take cpu_ms out of wrangler.toml, or use the paid plan.'
  return [doubtful('cpu limit', 'The free plan refuses a Worker with limits.cpu_ms.', todo)]
}

/** What the platform writes down of requests: in some addresses a secret stands. */
function logs(text: string): Finding[] {
  const parts = text.split(/^(?=\[)/m)
  const says = (section: string, line: RegExp) =>
    parts.some((part) => part.startsWith(`[${section}]`) && line.test(part))
  const isOn = says('observability', /^\s*enabled\s*=\s*true/m)
  const isRedacted = says('observability', /^\s*redact_query_string\s*=\s*true/m)
  const isTraced = says('observability.traces', /^\s*enabled\s*=\s*true/m)
  const findings = [
    isTraced && wrong('traces', TRACED, 'Set enabled = false under [observability.traces].'),
    isOn &&
      !isRedacted &&
      doubtful('logs', LOGGED, 'Set redact_query_string = true under [observability].'),
  ]
  return findings.filter((finding) => finding !== false)
}

const TRACED = 'They show the addresses that we call, and the key of a bot stands in each.'
const LOGGED = 'They show the addresses at which we are called, with the ?secret= of the webhook.'
