import { isNew, knownAs, readOnce, standing } from '../../storage.ts'
import { hasNoStepsYet } from './steps/read-steps.ts'
import { EndedTurns } from './turns/ended.ts'
import { TurnReports } from './turns/reports.ts'
import { asColumn, type MadeBy, readTurns, type TurnRow, UNTROUBLED } from './turns/row.ts'

export { isAgain, isScheduled, reasonOfAgain, reasonOfSchedule } from './turns/reasons.ts'
export type { Spent, TurnReport } from './turns/reports.ts'
export type { MadeBy, Tier, TurnKind, TurnRow, Verdict } from './turns/row.ts'

const TABLES = ['turns']
const LAST = 'last turn'

type Beginning = Pick<
  TurnRow,
  'session' | 'kind' | 'asker' | 'asker_name' | 'tier' | 'prompt' | 'reason' | 'signs'
> & {
  started: number
  takenThrough: number
  /** It is over as it begins: that it kept silent was decided. */
  silent?: boolean
  /** What the room is told, where that is known from the start. */
  sentence?: string | null
  instructions?: string | null
  files?: number[] | null
}

/** One row for each turn. At most the newest is open, and those that were set aside: turns never overlap. */
export class Turns {
  readonly ended: EndedTurns
  readonly reports: TurnReports
  #sql: SqlStorage
  /** Hardly a room ever has one, and each look for it is billed. Only a cache. */
  #mayHaveAside = true
  /** By whom turns are begun now, for their receipts. */
  madeBy: MadeBy = { worker: null, bot: null, bot_version: null }

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.ended = new EndedTurns(sql)
    this.reports = new TurnReports(sql)
  }

  last(): TurnRow | null {
    const read = () => this.#read('ORDER BY id DESC LIMIT 1')[0]
    const last = readOnce<TurnRow | undefined>(this.#sql, TABLES, LAST, read)
    // Whoever holds a turn changes it with its row: see `change`.
    return last ? { ...last } : null
  }

  /** The one that holds the room. What was set aside holds nothing, unless it is just being taken up. */
  open(): TurnRow | null {
    const last = this.last()
    if (last && last.ended === null && !last.aside) return last
    return this.aside().find(({ state, due }) => state === 'running' && due === null) ?? null
  }

  /** Those that wait for Campfire while others go first, oldest first. */
  aside(): TurnRow[] {
    if (!this.#mayHaveAside) return []
    const aside = this.#read('WHERE aside > 0 AND ended IS NULL ORDER BY id LIMIT 100')
    this.#mayHaveAside = aside.length > 0
    return aside
  }

  /** All that are not over: first the one that holds the room, then those that were set aside. */
  unended(): TurnRow[] {
    const open = this.open()
    const others = this.aside().filter(({ id }) => id !== open?.id)
    return open ? [open, ...others] : others
  }

  /** When the first that was set aside is due. */
  nextAside(): number | null {
    if (!this.#mayHaveAside) return null
    return this.#sql
      .exec<{ due: number | null }>(
        'SELECT min(coalesce(due, 0)) AS due FROM turns WHERE aside > 0 AND ended IS NULL',
      )
      .one().due
  }

  /** Campfire is there, it seems: whoever waits for it tries again. */
  wake(waiting: TurnRow[], now: number) {
    for (const turn of waiting) {
      if (turn.outage && Number(turn.due) > now) this.change(turn, { due: now })
    }
  }

  find(id: number): TurnRow | null {
    return this.#read('WHERE id = ?', id)[0] ?? null
  }

  /** Up to which arrival every message belonged to a turn when it began. */
  takenThrough(id: number): number {
    const [row] = this.#sql
      .exec<{ through: number }>('SELECT taken_through AS through FROM turns WHERE id = ?', id)
      .toArray()
    return row?.through ?? 0
  }

  newest(count: number, before = Number.MAX_SAFE_INTEGER) {
    return this.#read('WHERE id < ? ORDER BY id DESC LIMIT ?', before, count)
  }

  /** Answered steps, results of tools and created parts: while these grow, no death is the turn's fault. */
  progressOf({ id }: Pick<TurnRow, 'id'>) {
    return this.#sql
      .exec<{ n: number }>(
        `SELECT (SELECT count(*) FROM steps WHERE turn = ?1 AND state = 'answered')
           + (SELECT count(*) FROM tool_uses WHERE turn = ?1 AND state IN ('ok', 'error'))
           + (SELECT count(*) FROM replies WHERE turn = ?1 AND message IS NOT NULL) AS n`,
        id,
      )
      .one().n
  }

  begin({
    silent = false,
    sentence = null,
    instructions = null,
    files = null,
    takenThrough,
    ...turn
  }: Beginning): TurnRow {
    const state = silent ? 'silent' : 'running'
    const ended = silent ? turn.started : null
    const { id } = this.#sql
      .exec<{ id: number }>(
        `INSERT INTO turns (session, kind, state, asker, asker_name, tier, taken_through, prompt,
           sentence, reason, signs, instructions, worker, bot, bot_version, started, ended, files)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
        turn.session,
        turn.kind,
        state,
        turn.asker,
        turn.asker_name,
        turn.tier,
        takenThrough,
        turn.prompt,
        sentence,
        turn.reason,
        turn.signs && JSON.stringify(turn.signs),
        instructions,
        this.madeBy.worker,
        this.madeBy.bot,
        this.madeBy.bot_version,
        turn.started,
        ended,
        files && JSON.stringify(files),
      )
      .one()
    const begun: TurnRow = {
      ...UNTROUBLED,
      ...this.madeBy,
      ...turn,
      ...{ id, state, ended, sentence, instructions, files },
    }
    knownAs(this.#sql, TABLES, LAST, { ...begun })
    hasNoStepsYet(this.#sql, id)
    return begun
  }

  /** Every change of an open turn goes through here, to the row and to what we hold of it. */
  change(turn: TurnRow, changes: Partial<Omit<TurnRow, 'id'>>) {
    const names = Object.keys(changes)
    const last = standing<TurnRow | undefined>(this.#sql, TABLES, LAST)?.value
    this.#sql.exec(
      `UPDATE turns SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
      ...Object.values(changes).map(asColumn),
      turn.id,
    )
    Object.assign(turn, changes)
    if (last) knownAs(this.#sql, TABLES, LAST, last.id === turn.id ? { ...last, ...changes } : last)
    if (changes.aside) this.#mayHaveAside = true
  }

  #read(rest: string, ...bindings: SqlStorageValue[]) {
    return isNew(this.#sql) ? [] : readTurns(this.#sql, rest, ...bindings)
  }
}
