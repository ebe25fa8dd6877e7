import type { Abilities } from '../../campfire.ts'
import type { CompactionReport } from '../../tables/room/compactions.ts'
import type { HealthReport } from '../../tables/room/health.ts'
import type { TurnReport } from '../../tables/room/turns.ts'
import { roomIn, type Tables } from '../../tables.ts'
import type { KnownLimits } from './known-limits.ts'
import type { KnownThere } from './known-there.ts'

export interface RoomReport {
  room: number
  bot: number
  busy: boolean
  waiting: number
  turns: TurnReport[]
  /** A Room of another version does not tell. */
  compactions?: CompactionReport[]
  abilities?: Abilities
  /** Where it knows of a limit: which, and what was used of leases that go on. */
  limits?: string
  used?: { number: number; used: number }[]
  /** What the room is called, and how it stands. A Room of an older version tells neither. */
  title?: string | null
  direct?: boolean
  health?: HealthReport
}

interface Told {
  busy: boolean
  abilities: Abilities
  limits: KnownLimits | undefined
}

/** All that the account has not heard of, and how the room stands now. */
export function reportOf(
  tables: Tables,
  heard: KnownThere | null,
  { busy, abilities, limits }: Told,
): RoomReport {
  const { place, inbox, turns, compactions, health } = tables
  const { name: title, direct } = roomIn(tables)
  return {
    room: place.room,
    bot: place.bot,
    busy,
    waiting: inbox.count(),
    turns: turns.reports.after(heard?.turn ?? 0, heard?.open),
    compactions: compactions.reports(heard?.compaction ?? 0),
    abilities,
    ...spendingOf(tables, limits),
    title,
    direct,
    health: health.report(),
  }
}

function spendingOf(
  { leases }: Tables,
  limits: KnownLimits | undefined,
): Pick<RoomReport, 'limits' | 'used'> {
  if (!limits) return {}
  const uses = [...leases.uses()]
  const used = uses.map(([number, { settled }]) => ({ number, used: settled }))
  return { limits: limits.version, used }
}
