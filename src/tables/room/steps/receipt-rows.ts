import * as z from 'zod'
import { stored } from '../../../storage.ts'
import { Diagnostics } from '../step.ts'

/** What the API counted of a call. */
const Used = z.looseObject({
  input_tokens: z.number(),
  output_tokens: z.number(),
  cache_read_input_tokens: z.number().nullish(),
  cache_creation_input_tokens: z.number().nullish(),
  output_tokens_details: z.looseObject({ thinking_tokens: z.number().nullish() }).nullish(),
  server_tool_use: z.looseObject({ web_search_requests: z.number().nullish() }).nullish(),
})
type Used = z.infer<typeof Used>
const Reserve = z.looseObject({ amount: z.number() })

/** A call of the model, without a word of what was said. */
export interface CallRow {
  number: number
  kind: string
  state: string
  model: string
  stop: string | null
  usage: Used | null
  /** Millionths of a dollar. */
  cost: number | null
  reserve: number | null
  error: string | null
  request: string | null
  diagnostics: Diagnostics | null
  asked: number
  ended: number | null
}

export interface UseRow {
  step: number
  number: number
  name: string
  state: string
  ended: number | null
}

export interface CompactionRow extends Omit<CallRow, 'number' | 'stop' | 'diagnostics'> {
  id: number
}

/** What is told of a turn is read off its rows; those of a turn whose words are gone tell the same. */
export function callsOf(sql: SqlStorage, turn: number): CallRow[] {
  return sql
    .exec('SELECT * FROM steps WHERE turn = ? ORDER BY number', turn)
    .toArray()
    .map((row) => asCall(row, { table: 'steps', key: `${turn}-${row.number}` }))
}

export function usesOf(sql: SqlStorage, turn: number) {
  return sql
    .exec(
      `SELECT step, number, name, state, ended FROM tool_uses WHERE turn = ?
       ORDER BY step, number`,
      turn,
    )
    .toArray() as unknown as UseRow[]
}

/** Those that were asked for after this turn. */
export function compactionsAfter(sql: SqlStorage, turn: number): CompactionRow[] {
  return sql
    .exec('SELECT * FROM compactions WHERE turn = ? ORDER BY id', turn)
    .toArray()
    .map((row) => {
      const id = Number(row.id)
      return { ...asCall(row, { table: 'compactions', key: id }), id }
    })
}

/** Who has said what to the wishes of a turn, in their order. */
export function answersTo(sql: SqlStorage, turn: number) {
  return sql
    .exec<{ tool: string; outcome: string; by: number | null }>(
      'SELECT tool, state AS outcome, answered_by AS "by" FROM approvals WHERE turn = ? ORDER BY id',
      turn,
    )
    .toArray()
}

function asCall(
  row: Record<string, SqlStorageValue>,
  name: { table: string; key: string | number },
) {
  const { usage, diagnostics = null, reserve = null } = row
  const reserved = reserve === null ? null : stored(reserve, Reserve, name)
  return {
    ...(row as unknown as CallRow),
    usage: usage === null ? null : stored(usage, Used, name),
    diagnostics: diagnostics === null ? null : stored(diagnostics, Diagnostics, name),
    reserve: reserved?.amount ?? null,
  }
}
