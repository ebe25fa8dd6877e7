import * as z from 'zod'
import type { Usage } from '../../model.ts'
import { readOnce, stored } from '../../storage.ts'
import type { Reserve } from './budget/leases.ts'
import type { Spent, TurnReport } from './turns.ts'

/**
 * asked   the intent; found so later, its answer never came
 * ready   the answer is here, and takes the place of what it tells once no turn is open
 * used    it stands in the prompt, or stood there once
 * failed  nothing came of it
 * lost    its answer never came, because we died meanwhile; the next one is asked for in its place
 */
type CompactionState = 'asked' | 'ready' | 'used' | 'failed' | 'lost'

/** A summary of the old part of a session, which the model reads in its place. */
export interface Compaction {
  id: number
  session: number
  /** `signed`: the API's own block, taken back only as it was given. `told`: by the model, in words. */
  kind: 'signed' | 'told'
  state: CompactionState
  model: string
  /** The first turn that the model goes on reading word for word. */
  from_turn: number
  /** Large tool results of the turns before this one are stubs from now on. */
  stubs_before: number
  /** The block as it came, in JSON. */
  block: string | null
  summary: string | null
  usage: string | null
  /** Millionths of a dollar: the worst case until the answer is here. Null: no price is known. */
  cost: number | null
  error: string | null
  asked: number
  ended: number | null
  /** After which it was asked for. */
  turn: number | null
}

/** What telling a session in short has used. */
export type CompactionReport = Pick<
  TurnReport,
  'id' | 'cost' | 'input_tokens' | 'cached_tokens' | 'output_tokens'
> & {
  /** A Room of an older version tells neither. */
  ended?: number
  spent?: Spent
}

type Asking = Pick<
  Compaction,
  'session' | 'kind' | 'model' | 'from_turn' | 'stubs_before' | 'cost'
> &
  Partial<Pick<Compaction, 'turn'>> & {
    reserve?: Reserve | null
  }
interface Summary extends Bill {
  block: string | null
  summary: string
}

/** What it took, where somebody told us. */
interface Bill {
  usage?: Usage | null
  cost: number | null
  /** What the API calls it. */
  request?: string | null
}

/** The compactions of a room, numbered without gaps; the words go with their session, the cost stays. */
export class Compactions {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The intent. The worst case is booked now, as for a step. */
  ask(asking: Asking, now: number): number {
    const { session, kind, model, from_turn, stubs_before, cost, turn = null } = asking
    return this.#sql
      .exec<{ id: number }>(
        `INSERT INTO compactions
           (session, kind, state, model, from_turn, stubs_before, cost, turn, reserve, asked)
         VALUES (?, ?, 'asked', ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
        session,
        kind,
        model,
        from_turn,
        stubs_before,
        cost,
        turn,
        asking.reserve ? JSON.stringify(asking.reserve) : null,
        now,
      )
      .one().id
  }

  answered(id: number, { block, summary, usage, cost, request }: Summary, now: number) {
    this.#sql.exec(
      `UPDATE compactions SET state = 'ready', block = ?, summary = ?, usage = ?, cost = ?,
         request = ?, ended = ?
       WHERE id = ?`,
      block,
      summary,
      usage ? JSON.stringify(usage) : null,
      cost,
      request ?? null,
      now,
      id,
    )
  }

  used(id: number) {
    this.#sql.exec("UPDATE compactions SET state = 'used' WHERE id = ?", id)
  }

  /** Its words go. Without a bill the cost stays as it was booked. */
  failed(id: number, error: string, now: number, bill: Partial<Bill> | null = null) {
    const { usage, cost, request = null } = bill ?? {}
    this.#sql.exec(
      `UPDATE compactions SET state = 'failed', error = ?, ended = coalesce(ended, ?),
         request = coalesce(?, request), block = NULL, summary = NULL WHERE id = ?`,
      error,
      now,
      request,
      id,
    )
    if (cost === undefined) return
    this.#sql.exec(
      'UPDATE compactions SET usage = ?, cost = ? WHERE id = ?',
      usage ? JSON.stringify(usage) : null,
      cost,
      id,
    )
  }

  /** A handler that finds one asked for is not the one that asked. What it used, nobody told us. */
  lose(now: number) {
    const last = this.last()
    if (last?.state !== 'asked') return
    this.#sql.exec(
      "UPDATE compactions SET state = 'lost', error = 'lost', ended = ? WHERE id = ?",
      now,
      last.id,
    )
  }

  find(id: number): Compaction | null {
    return this.#read('WHERE id = ?', id)[0] ?? null
  }

  last(): Compaction | null {
    const last = () => this.#read('ORDER BY id DESC LIMIT 1')[0] ?? null
    return readOnce(this.#sql, ['compactions'], 'last compaction', last)
  }

  /** How many of this session came to nothing, one after the other. */
  vain(session: number): number {
    return this.#sql
      .exec<{ n: number }>(
        `SELECT count(*) AS n FROM compactions WHERE session = ? AND state <> 'used'
           AND id > coalesce((SELECT max(id) FROM compactions WHERE state = 'used'), 0)`,
        session,
      )
      .one().n
  }

  /** What the account is told of those after `id` that are over, oldest first. */
  reports(after: number) {
    return this.#read("WHERE id > ? AND state <> 'asked' ORDER BY id LIMIT 100", after).map(
      reportOf,
    )
  }

  /** The API takes the block no more; its words remain. False: there was none. */
  unsign(id: number | null): boolean {
    const { rowsWritten } = this.#sql.exec(
      'UPDATE compactions SET block = NULL WHERE id = ? AND block IS NOT NULL',
      id,
    )
    return rowsWritten > 0
  }

  /** The words of sessions that are over. */
  erase(before = Number.MAX_SAFE_INTEGER) {
    this.#sql.exec(
      `UPDATE compactions SET block = NULL, summary = NULL
       WHERE (summary IS NOT NULL OR block IS NOT NULL) AND asked <= ?
         AND session IN (SELECT id FROM sessions WHERE ended IS NOT NULL)`,
      before,
    )
  }

  #read(rest: string, ...bindings: number[]) {
    return this.#sql
      .exec(`SELECT * FROM compactions ${rest}`, ...bindings)
      .toArray() as unknown as Compaction[]
  }
}

const Used = z.looseObject({
  input_tokens: z.number(),
  cache_creation_input_tokens: z.number().nullish(),
  cache_read_input_tokens: z.number().nullish(),
  output_tokens: z.number(),
})

function reportOf({ id, model, cost, usage, asked, ended }: Compaction): CompactionReport {
  const used = usage && stored(usage, Used, { table: 'compactions', key: id })
  const [input, output] = [used ? used.input_tokens : 0, used ? used.output_tokens : 0]
  const cached = used ? (used.cache_read_input_tokens ?? 0) : 0
  const written = used ? (used.cache_creation_input_tokens ?? 0) : 0
  const unpriced = cost === null ? 1 : 0
  return {
    id,
    cost,
    input_tokens: used ? input + written + cached : null,
    cached_tokens: used ? cached : null,
    output_tokens: used ? output : null,
    ended: ended ?? asked,
    spent: { model, calls: 1, unpriced, cost: cost ?? 0, input, cached, written, output },
  }
}
