import { oneOf } from '../../../storage.ts'
import { ENDS, TIERS } from './row.ts'

/** A turn that is over, as its room tells it. Times in ms since 1970, cost in millionths of a dollar. */
export interface TurnReport {
  id: number
  state: 'replied' | 'silent' | 'stopped' | 'failed' | 'parked'
  tier: 'hot' | 'warm' | 'cold'
  started: number
  ended: number
  steps: number
  /** Of those steps whose price is known. */
  cost: number | null
  /** How many steps have none. A Room of an older version does not tell. */
  unpriced?: number
  input_tokens: number | null
  cached_tokens: number | null
  output_tokens: number | null
  /** A Room of an older version tells neither. */
  asker?: number
  /** What they are called. */
  name?: string
  /** By model, the one that it ended with last. */
  spent?: Spent[]
}

/** What calls of one model came to. Cost in millionths of a dollar. */
export interface Spent {
  model: string
  calls: number
  /** Of these without a price. */
  unpriced: number
  cost: number
  /** Tokens that were neither read from the cache nor written to it; and those that were. */
  input: number
  cached: number
  written: number
  output: number
}

/** Turns as the account is told of them. */
export class TurnReports {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Those after `id` that are over, and those before that were not when we told last, oldest first. */
  after(id: number, open: number[] = []): TurnReport[] {
    const late = open.length ? this.#reports('id IN (SELECT value FROM json_each(?))', open) : []
    return [...late, ...this.#reports('id > ?', id)]
  }

  /** How many of these are over by now. */
  over(open: number[]) {
    if (!open.length) return 0
    return this.#sql
      .exec<{ n: number }>(
        `SELECT count(*) AS n FROM turns
         WHERE id IN (SELECT value FROM json_each(?)) AND ended IS NOT NULL`,
        JSON.stringify(open),
      )
      .one().n
  }

  #reports(which: string, what: number | number[]) {
    const rows = this.#sql
      .exec(
        `SELECT over.id, over.state, tier, asker, asker_name, started, over.ended, steps.model,
           count(steps.number) AS steps, sum(steps.kind <> 'approved') AS calls,
           sum(cost) AS cost, count(steps.number) - count(cost) AS unpriced,
           sum(${tokens('input')}) AS input, sum(${tokens('output')}) AS output,
           sum(${tokens('cache_read_input')}) AS cached,
           sum(${tokens('cache_creation_input')}) AS written
         FROM (SELECT id, state, tier, asker, asker_name, started, ended FROM turns
               WHERE ${which} AND ended IS NOT NULL ORDER BY id LIMIT 100) AS over
         LEFT JOIN steps ON steps.turn = over.id
         GROUP BY over.id, steps.model ORDER BY over.id, max(steps.number)`,
        typeof what === 'number' ? what : JSON.stringify(what),
      )
      .toArray() as unknown as ReportRow[]
    return [...Map.groupBy(rows, ({ id }) => id).values()].map(reportOf)
  }
}

/** Of one turn and one model; without a model where it asked none. */
interface ReportRow
  extends Pick<TurnReport, 'id' | 'state' | 'tier' | 'started' | 'ended' | 'steps'>,
    Record<'input' | 'cached' | 'written' | 'output' | 'cost' | 'calls', number | null> {
  asker: number
  asker_name: string
  unpriced: number
  model: string | null
}

function reportOf(rows: ReportRow[]): TurnReport {
  const [{ id, state, tier, asker, asker_name: name, started, ended }] = rows as [ReportRow]
  const sum = (kind: 'input' | 'cached' | 'written' | 'output' | 'cost' | 'steps' | 'unpriced') => {
    const known = rows.flatMap((row) => row[kind] ?? [])
    return known.length ? known.reduce((all, one) => all + one, 0) : null
  }
  const [input, cached, written] = [sum('input'), sum('cached'), sum('written')]
  return {
    id,
    state: oneOf(state, ENDS, 'failed'),
    tier: oneOf(tier, TIERS, 'cold'),
    asker,
    name,
    started,
    ended,
    steps: sum('steps') ?? 0,
    cost: sum('cost'),
    unpriced: sum('unpriced') ?? 0,
    input_tokens: input === null ? null : input + (cached ?? 0) + (written ?? 0),
    cached_tokens: cached,
    output_tokens: sum('output'),
    spent: rows.flatMap(({ model, ...row }) => (model === null ? [] : [spentIn(model, row)])),
  }
}

function spentIn(model: string, row: Omit<ReportRow, 'model'>): Spent {
  return {
    model,
    calls: row.calls ?? 0,
    unpriced: row.unpriced,
    cost: row.cost ?? 0,
    input: row.input ?? 0,
    cached: row.cached ?? 0,
    written: row.written ?? 0,
    output: row.output ?? 0,
  }
}

/** A count of tokens in `usage`, whatever stands there. */
function tokens(kind: string) {
  const count = `json_extract(CASE WHEN json_valid(usage) THEN usage END, '$.${kind}_tokens')`
  return `min(max(CAST(${count} AS INTEGER), 0), ${MOST_TOKENS})`
}

const MOST_TOKENS = 1_000_000_000
