import type { HealthReport } from '../../tables/room/health.ts'
import type { Tables } from '../../tables.ts'
import type { AbilitiesHere } from '../abilities-here.ts'
import type { KnownThere } from './known-there.ts'

/** How many turns are over that the account has not heard of, and a compaction for one more. */
export function countUntold({ turns, compactions }: Tables, heard: KnownThere | null) {
  const { turn, open = [], compaction } = heard ?? { turn: 0, compaction: 0 }
  const [last, short] = [turns.last(), compactions.last()]
  const over = last ? last.id - (last.ended === null ? 1 : 0) : 0
  const isToldInShort = short !== null && short.state !== 'asked' && short.id > compaction
  return Math.max(0, over - turn) + turns.reports.over(open) + (isToldInShort ? 1 : 0)
}

/** The room stands otherwise than the account knows. */
export function hasHealthNews({ health }: Tables, { health: known = ALL_WELL }: KnownThere) {
  return JSON.stringify(health.report()) !== known
}

const ALL_WELL = JSON.stringify({ missed: null, out: null } satisfies HealthReport)

/**
 * Other rooms can make use of it now; and they are to hear when what we denied works after all. That an edit
 * works can wait until there is more to tell: they try one anyway.
 */
export function hasLearned({ news }: AbilitiesHere, { abilities, denied = {} }: KnownThere) {
  return Object.entries(news).some(
    ([name, can]) => !can || name in denied || (name !== 'edit' && !abilities[name]),
  )
}
