import { fold } from '../campfire.ts'

/** A room with its bot, as the list shows it. Times in ms since 1970. */
export interface Listed {
  name: string
  room: number
  bot: number
  title: string | null
  direct: number | null
  busy: number
  waiting: number
  told: number
  sums: string
  health: string | null
}

interface Wanted {
  /** Part of a room's name, its number, or the name of its bot. Empty: all. */
  words: string
  /** From 1. */
  page: number
  /** What bots are called, by their user. */
  bots: Record<number, string>
}

export const ROOMS_A_PAGE = 50

/** One page of the rooms that fit, whoever told something last first; of the others only a line each is read. */
export function rosterPage(sql: SqlStorage, { words, page, bots }: Wanted) {
  const wanted = fold(words).trim()
  const all = sql
    .exec<Pick<Listed, 'name' | 'room' | 'bot' | 'title'>>(
      'SELECT name, room, bot, title FROM rooms ORDER BY told DESC, name',
    )
    .toArray()
  const found = all.filter((one) => fits(one, wanted, bots[one.bot] ?? ''))
  const pages = Math.max(1, Math.ceil(found.length / ROOMS_A_PAGE))
  const from = (Math.min(page, pages) - 1) * ROOMS_A_PAGE
  const names = found.slice(from, from + ROOMS_A_PAGE).map(({ name }) => name)
  const rows = sql
    .exec(
      `SELECT name, room, bot, title, direct, busy, waiting, told, sums, health FROM rooms
       WHERE name IN (SELECT value FROM json_each(?)) ORDER BY told DESC, name`,
      JSON.stringify(names),
    )
    .toArray() as unknown as Listed[]
  return { rows, found: found.length, all: all.length, page: Math.min(page, pages), pages }
}

function fits(
  { room, title }: Pick<Listed, 'room' | 'title'>,
  wanted: string,
  bot: string,
): boolean {
  if (!wanted || String(room) === wanted) return true
  return fold(title ?? '').includes(wanted) || fold(bot).includes(wanted)
}
