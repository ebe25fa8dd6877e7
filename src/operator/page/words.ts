import { HOUR, MINUTE } from '../../clock.ts'

/** As people write it: cents where they matter, more digits where there are no cents yet. */
export function dollars(amount: number) {
  if (amount > 0 && amount < 0.01) return `$${amount.toFixed(4)}`
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** A share of one, as people say it. Null: of nothing. */
export function percent(share: number | null) {
  return share === null ? '–' : `${Math.round(share * 100)}%`
}

/** `ms` as the one or two units that matter: 340 ms, 12 s, 3 min, 2 h 5 min. */
export function span(ms: number) {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < MINUTE) return `${Math.round(ms / 1_000)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  const minutes = Math.floor((ms % HOUR) / MINUTE)
  return minutes ? `${Math.floor(ms / HOUR)} h ${minutes} min` : `${Math.floor(ms / HOUR)} h`
}

/** `count` things, in words that fit: 1 room, 2 rooms. */
export function many(count: number, one: string, more = `${one}s`) {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`
}

const WHO: Record<string, string> = { token: 'with the token', page: 'on this page' }

/** Who did something here, as the log of acts has them; by name where Cloudflare Access knows it. */
export function whoIs(who: string) {
  return WHO[who] ?? who
}
