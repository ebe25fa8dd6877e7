import { Dice } from '../dice.ts'
import { PAGE_KINDS, type Page } from './pages.ts'

/** For a while a firewall, a proxy or somebody who maintains it answers in Campfire's place. */
interface PageStrike {
  what: 'page'
  at: number
  forMs: number
  page: Page
}

/** A backup of Campfire is made, and later it is restored from that. */
interface Backup {
  what: 'backup' | 'restore'
  at: number
}

/** The Worker's clock is put back by an hour; Campfire has its own. */
interface Back {
  what: 'clock back'
  at: number
}

export type Strike = PageStrike | Backup | Back

/** What has become of the Worker's settings when it starts again after a kill. */
export type Restart = 'as it was' | 'another spelling' | 'a new key'

const RESTARTS: Restart[] = ['another spelling', 'a new key', 'as it was']

export function restartAfter(kill: number): Restart {
  return RESTARTS[kill % RESTARTS.length] ?? 'as it was'
}

export function strikesFor({ seed, talkMs }: { seed: string; talkMs: number }): Strike[] {
  return [
    ...pages(seed, talkMs),
    { what: 'backup', at: 0.4 * talkMs },
    { what: 'restore', at: 0.45 * talkMs },
    { what: 'clock back', at: 0.7 * talkMs },
  ]
}

/** Each kind once, and again where there is time. */
function pages(seed: string, talkMs: number): PageStrike[] {
  const dice = new Dice(seed, 'pages')
  const many = Math.max(PAGE_KINDS.length, Math.round(talkMs / 10_000))
  return Array.from({ length: many }, (_, index) => ({
    what: 'page',
    at: dice.between(2_000, talkMs),
    forMs: dice.between(500, 2_500),
    page: PAGE_KINDS[index % PAGE_KINDS.length] as Page,
  }))
}
