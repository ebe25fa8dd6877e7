import * as z from 'zod'
import { asRequestId } from '../../../model.ts'
import { knownAs, standing, stored } from '../../../storage.ts'
import { Reserve } from '../budget/leases.ts'
import { Diagnostics, type Step, type ToolUse } from '../step.ts'

const TABLES = ['steps', 'tool_uses']
const NO_STEPS = 'turn without steps'

/** It has just begun, so there is nothing to read until anything is written. */
export function hasNoStepsYet(sql: SqlStorage, turn: number) {
  knownAs(sql, TABLES, NO_STEPS, turn)
}

/** Null when any of them cannot be read: without it the others are no conversation. */
export function readSteps(sql: SqlStorage, turn: number): Step[] | null {
  if (standing<number>(sql, TABLES, NO_STEPS)?.value === turn) return []
  const uses = sql.exec<UseRow>(`SELECT ${USE} FROM tool_uses WHERE turn = ?`, turn).toArray()
  const steps = sql.exec<StepRow>('SELECT * FROM steps WHERE turn = ?', turn).toArray()
  return stepsIn(steps, uses)
}

export function stepsIn(rows: StepRow[], uses: UseRow[]): Step[] | null {
  const steps = rows.map((row) => stepIn(row, uses))
  return steps.some((step) => step === null) ? null : steps.filter((step) => step !== null)
}

function stepIn(
  { turn, content, unreadable, usage, diagnostics, reserve, ...row }: StepRow,
  uses: UseRow[],
): Step | null {
  const name = { table: 'steps', key: `${turn}-${row.number}` }
  const blocks = content === null ? [] : stored(content, Content, name)
  const ids = unreadable === null ? [] : stored(unreadable, Ids, name)
  const spent = usage === null ? null : stored(usage, Spent, name)
  if (!blocks || !ids) return null

  const told = diagnostics === null ? null : stored(diagnostics, Diagnostics, name)
  const reserved = reserve === null ? null : stored(reserve, Reserve, name)
  const step = {
    ...row,
    content: blocks,
    usage: spent,
    diagnostics: told,
    reserve: reserved,
  } as unknown as Step
  const known = uses.filter((use) => use.step === step.number)
  step.uses = usesIn(step, ids).map((use) => ({
    ...use,
    ...resultOf(known.find(({ number }) => number === use.number)),
  }))
  return step
}

/** What the API calls the calls of these turns. */
export function requestsBetween(sql: SqlStorage, { first, last }: { first: number; last: number }) {
  return sql
    .exec<{ turn: number; step: number; state: string; request: string }>(
      `SELECT turn, number AS step, state, request FROM steps
       WHERE turn BETWEEN ? AND ? AND request IS NOT NULL`,
      first,
      last,
    )
    .toArray()
    .filter(({ request }) => asRequestId(request) !== null)
}

/** A state that we do not know may be a newer Worker's, or garbage: see schema.ts for what it is to us. */
function resultOf(known: UseRow | undefined): Partial<ToolUse> {
  if (!known) return { state: 'unknown', result: LOST }
  const { turn: _, ...row } = known
  if (row.state === 'intended') return row
  if (row.result && USE_STATES.includes(row.state)) return row
  return { ...row, state: 'unknown', result: row.result || LOST }
}

const USE_STATES: ToolUse['state'][] = ['ok', 'error', 'unknown', 'waiting']
const LOST = '{"ok":false,"error":"outcome unknown: what came of it is lost"}'

/** What the API would refuse a block without. */
const FIELDS = new Map([
  ['text', ['text']],
  ['tool_use', ['id', 'name']],
  ['thinking', ['thinking', 'signature']],
  ['redacted_thinking', ['data']],
])
const Block = z
  .looseObject({ type: z.string() })
  .refine(
    (block) => FIELDS.get(block.type)?.every((name) => typeof block[name] === 'string') ?? true,
  )
  .refine(
    ({ type, input }) =>
      type !== 'tool_use' || z.record(z.string(), z.unknown()).safeParse(input).success,
  )
const Content = z.array(Block)
const Ids = z.array(z.string())
const Count = z.int().min(0).nullish()
const Spent = z.looseObject({
  input_tokens: z.int().min(0),
  output_tokens: z.int().min(0),
  cache_creation_input_tokens: Count,
  cache_read_input_tokens: Count,
})

/** As they stand in an answer that has just come: none has a result. */
export function usesIn(step: Step, unreadable: string[]): ToolUse[] {
  return step.content
    .filter((block) => block.type === 'tool_use')
    .map(({ id, name, input }, index) => ({
      step: step.number,
      number: index + 1,
      id,
      name,
      input,
      unreadable: unreadable.includes(id),
      state: 'intended',
      result: null,
    }))
}

export type StepRow = { turn: number; number: number } & Record<string, SqlStorageValue> & {
    content: string | null
    unreadable: string | null
    usage: string | null
    diagnostics: string | null
    reserve: string | null
  }
export const USE = 'turn, step, number, state, result'
export type UseRow = {
  turn: number
  step: number
  number: number
  state: ToolUse['state']
  result: string | null
}
