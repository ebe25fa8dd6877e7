import * as z from 'zod'
import type { RoomReport } from '../runtime.ts'
import { stored } from '../storage.ts'
import { HealthReport } from '../tables/room/health.ts'
import { rosterPage } from './roster.ts'
import { type Sums, ZERO } from './sums.ts'

export interface RosterEntry {
  name: string
  room: number
  bot: number
  busy: boolean
  waiting: number
  /** When it last told us anything, in ms since 1970. */
  told: number
  sums: Sums
  /** What it is called; null in a direct, or where nobody has told. */
  title: string | null
  direct: boolean
  /** What no delivery brought, and whether its bot is out of it. Null: nothing was told. */
  health: HealthReport | null
}

interface Row extends RosterEntry {
  last_turn: number
  open: number[]
  limits: string | null
  told_version: string | null
}

const Open = z.array(z.int())
const SumsStored = z.record(z.string(), z.number())

/** Which rooms there are, and what each has told last. */
export class Rooms {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  find(name: string) {
    return this.#read('WHERE name = ?', name)[0]
  }

  all(): RosterEntry[] {
    return this.#read('ORDER BY told DESC').map(entryOf)
  }

  /** By their numbers, a page at a time; `after`: the last that is known. */
  after({ room, bot }: { room: number; bot: number }, limit: number): RosterEntry[] {
    return this.#read(
      'WHERE room > ?1 OR (room = ?1 AND bot > ?2) ORDER BY room, bot LIMIT ?3',
      room,
      bot,
      limit,
    ).map(entryOf)
  }

  /** Those that fit: see roster.ts. */
  page(wanted: Parameters<typeof rosterPage>[1]) {
    const { rows, ...page } = rosterPage(this.#sql, wanted)
    return {
      ...page,
      rooms: rows.map(({ sums, health, direct, busy, ...row }) => ({
        ...row,
        direct: Boolean(direct),
        busy: Boolean(busy),
        sums: { ...ZERO, ...stored(sums, SumsStored, { table: 'rooms', key: row.name }) },
        out: health
          ? (stored(health, HealthReport, { table: 'rooms', key: row.name })?.out ?? null)
          : null,
      })),
    }
  }

  write(
    name: string,
    report: RoomReport,
    { last, open, sums }: { last: number; open: number[]; sums: Sums },
  ) {
    const { room, bot, busy, waiting } = report
    this.#sql.exec(
      `INSERT INTO rooms (name, room, bot, busy, waiting, told, last_turn, sums, open, limits,
         title, direct, health)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET busy = excluded.busy, waiting = excluded.waiting,
         told = excluded.told, last_turn = excluded.last_turn, sums = excluded.sums,
         open = excluded.open, limits = coalesce(excluded.limits, limits),
         title = coalesce(excluded.title, title), direct = coalesce(excluded.direct, direct),
         health = coalesce(excluded.health, health)`,
      name,
      room,
      bot,
      busy ? 1 : 0,
      waiting,
      Date.now(),
      last,
      JSON.stringify(sums),
      JSON.stringify(open),
      report.limits ?? null,
      report.title ?? null,
      report.direct === undefined ? null : Number(report.direct),
      report.health ? JSON.stringify(report.health) : null,
    )
  }

  #read(rest: string, ...bindings: (string | number)[]): Row[] {
    return this.#sql
      .exec(`SELECT * FROM rooms ${rest}`, ...bindings)
      .toArray()
      .map((row) => ({
        ...(row as unknown as Row),
        open:
          row.open === null
            ? []
            : (stored(row.open, Open, { table: 'rooms', key: String(row.name) }) ?? []),
        busy: Boolean(row.busy),
        direct: Boolean(row.direct),
        health:
          row.health === null
            ? null
            : stored(row.health, HealthReport, { table: 'rooms', key: String(row.name) }),
        // A sum that is newer than the row begins at zero.
        sums: {
          ...ZERO,
          ...stored(row.sums, SumsStored, { table: 'rooms', key: String(row.name) }),
        },
      }))
  }
}

function entryOf(row: Row): RosterEntry {
  const { last_turn: _, open: __, limits: ___, told_version: ____, ...entry } = row
  return entry
}

/** A room that has more of them is at odds with itself. */
const MOST_OPEN = 200

/** Turns are numbered without gaps: those that were passed over are not over yet, and will be told later. */
export function lastTold(before: { last: number; open: number[] }, fresh: { id: number }[]) {
  const heard = new Set(fresh.map(({ id }) => id))
  const last = Math.max(before.last, ...heard)
  const from = Math.max(before.last, last - MOST_OPEN)
  const passed = Array.from({ length: last - from }, (_, index) => from + index + 1)
  const open = [...before.open, ...passed].filter((id) => !heard.has(id)).slice(-MOST_OPEN)
  return { last, open }
}
