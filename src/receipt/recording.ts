import * as z from 'zod'
import { referenceOf } from '../address.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const Rows = z.array(Row)

/** A turn as it can be played again: the rows that it was made of, words and all. For the operator alone. */
export const Recording = z.object({
  format: z.literal('firekeeper-turn'),
  version: z.literal(1),
  reference: z.string(),
  place: z.object({ url: z.string(), room: z.int(), bot: z.int() }),
  /** As BOT_KEYS calls it. */
  bot: z.string(),
  turn: z.int(),
  tables: z.object({
    turns: Rows,
    steps: Rows,
    tool_uses: Rows,
    replies: Rows,
    sessions: Rows,
    compactions: Rows,
    instructions: Rows,
    people: Rows,
    pins: Rows,
    forgotten: Rows,
    facts: Rows,
  }),
})
export type Recording = z.infer<typeof Recording>

/** What is stored of the room itself and of what was set here. */
const FACTS = "name IN ('settings', 'room', 'speakers', 'bot version')"

/** Null: its words are gone, or it never had any. */
export function recordingOf({ sql, place }: Tables, row: TurnRow, bot: string): Recording | null {
  const isWhole = row.ended !== null && row.prompt !== null
  if (!isWhole) return null
  const rows = (rest: string, ...bindings: number[]) =>
    z.array(Row).parse(sql.exec(`SELECT * FROM ${rest}`, ...bindings).toArray())
  const [session] = rows('sessions WHERE id = ?', row.session)
  const from = Math.min(Number(session?.from_turn ?? row.id), row.id)
  const compaction = Number(session?.compaction ?? 0)
  return {
    format: 'firekeeper-turn',
    version: 1,
    reference: referenceOf(place, row),
    place,
    bot,
    turn: row.id,
    tables: {
      turns: rows('turns WHERE id BETWEEN ? AND ?', from, row.id),
      steps: rows('steps WHERE turn BETWEEN ? AND ?', from, row.id),
      tool_uses: rows('tool_uses WHERE turn BETWEEN ? AND ?', from, row.id),
      replies: rows('replies WHERE turn BETWEEN ? AND ?', from, row.id),
      sessions: session ? [session] : [],
      compactions: rows('compactions WHERE id = ?', compaction),
      instructions: rows('instructions'),
      people: rows('people'),
      pins: rows('pins'),
      forgotten: rows('forgotten'),
      facts: rows(`facts WHERE ${FACTS}`),
    },
  }
}
