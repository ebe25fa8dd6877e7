import { oneOf, stored } from '../../storage/json-column.ts'
import { FileNumbers } from './files/numbers.ts'
import { Outage } from './reply-states.ts'
import { Remedy } from './turns/remedy.ts'
import { SignList } from './turns/signs.ts'

/**
 * running  a handler is at work on it; found so at a handler's start, it was cut by a crash. With a `due`
 *          that crash is counted, and it rests until then
 * paused   put down on purpose until `due`: after a caught error, or for the next handler
 * the others are ends, and each is visible in the room or was decided
 */
type TurnState = 'running' | 'paused' | Verdict
export type Verdict = 'replied' | 'silent' | 'stopped' | 'failed' | 'parked'
/** `told`: the bot has something to say that nobody has asked for just now. */
export type TurnKind = 'told' | 'talk' | 'help' | 'forget' | 'why'
export type Tier = 'hot' | 'warm' | 'cold'

export interface TurnRow {
  id: number
  session: number
  kind: TurnKind
  state: TurnState
  asker: number
  asker_name: string
  tier: Tier
  /** The fallback model, once this turn had to turn to it. */
  model: string | null
  /** What the model reads of it. Written once, so that the prompt stays the same byte for byte. */
  prompt: string | null
  started: number
  ended: number | null
  due: number | null
  crashes: number
  /** Of these, the newest in a row without progress; and how much of it there was at the last. */
  deaths: number
  done: number
  /** Errors in a row while the same thing was tried; a success sets it back. */
  failures: number
  failing_since: number | null
  /**
   * 1: it crashed, or a request had no answer. What that did may show later. 2: swept since: see sweep.ts.
   * 3: it was given up, and could not even take down its sign; put right whenever that is possible again.
   */
  doubt: 0 | 1 | 2 | 3
  stopped_by: 'asker' | 'operator' | null
  /** How it will end, once that is decided before the reply is out, and what the room is told. */
  verdict: Verdict | null
  sentence: string | null
  /** Why it spoke, or kept silent. */
  reason: string | null
  /** Boosts of ours that say that we are at it. */
  signs: SignList | null
  error: string | null
  /** Why it waits, where Campfire does not take what it wants. */
  outage: Outage | null
  /** 1: it waits for Campfire, and turns that are begun later go first. */
  aside: 0 | 1
  /** A hash of the instructions that it was begun with, and keeps until it ends. */
  instructions: string | null
  /** What is left out of its requests, since they were refused with it. */
  remedy: Remedy | null
  /** Versions of the Worker and of the bot's file, with which it was begun. */
  worker: string | null
  bot: string | null
  /** The version of the bot that an operator had saved: it goes by that until it ends. Null: the file. */
  bot_version: number | null
  /** How often messages of its answer were edited. What a life did that was cut short nobody knows. */
  edits: number | null
  /** Files that it shows to the model behind its prompt. */
  files: number[] | null
}

export type MadeBy = Pick<TurnRow, 'worker' | 'bot' | 'bot_version'>

/** Why a turn speaks that nobody has asked for just now: its reminder is due. */
export function reasonOfSchedule(reminder: number): `schedule ${number}` {
  return `schedule ${reminder}`
}

/** An operator has us try again what came to nothing in this turn. */
export function reasonOfAgain(turn: number): `again ${number}` {
  return `again ${turn}`
}

export function isAgain({ reason }: Pick<TurnRow, 'reason'>) {
  return reason?.startsWith('again ') ?? false
}

export function isScheduled({ reason }: Pick<TurnRow, 'reason'>) {
  return reason?.startsWith('schedule ') ?? false
}

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

const COLUMNS = `id, session, kind, state, asker, asker_name, tier, model, prompt, started, ended, due,
  crashes, deaths, done, failures, failing_since, stopped_by, verdict, sentence, reason, signs, error, doubt,
  instructions, remedy, outage, aside, worker, bot, bot_version, edits, files`

/** One row for each turn. At most the newest is open, and those that were set aside: turns never overlap. */
export class Turns {
  #sql: SqlStorage
  /** Hardly a room ever has one, and each look for it is billed. Only a cache. */
  #mayHaveAside = true
  /** By whom turns are begun now, for their receipts. */
  madeBy: MadeBy = { worker: null, bot: null, bot_version: null }

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  last(): TurnRow | null {
    return this.#read('ORDER BY id DESC LIMIT 1')[0] ?? null
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

  /**
   * Of the newest 200, those that ended in doubt, a busy room having many before it is looked at: first
   * those that were given up, those never swept since `never`, then those that were, and ended since `again`.
   */
  doubtful(count: number, { never, again }: { never: number; again: number }) {
    return this.#read(
      `WHERE id > (SELECT max(id) FROM turns) - 200
         AND doubt > 0 AND (doubt = 1 AND ended > ? OR doubt = 2 AND ended > ? OR doubt = 3)
       ORDER BY doubt % 3, id DESC LIMIT ?`,
      never,
      again,
      count,
    )
  }

  /** Something of ours may be left standing, and could not be put right yet. */
  wasGivenUp() {
    return (
      this.#sql
        .exec(
          `SELECT 1 FROM turns WHERE id > (SELECT max(id) FROM turns) - 200 AND doubt > 0 AND doubt = 3
           LIMIT 1`,
        )
        .toArray().length > 0
    )
  }

  /** What the account is told of the turns after `id` that are over, and of those before that were not, oldest first. */
  reports(after: number, open: number[] = []): TurnReport[] {
    const late = open.length ? this.#reports('id IN (SELECT value FROM json_each(?))', open) : []
    return [...late, ...this.#reports('id > ?', after)]
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

  /** With it in sight the model takes no request: it is read no more. Its receipt stays. */
  leaveOut(id: number) {
    this.#sql.exec('UPDATE turns SET left_out = 1 WHERE id = ?', id)
  }

  /** Of these turns, those that are read no more. */
  leftOut({ first, last }: { first: number; last: number }) {
    const rows = this.#sql.exec<{ id: number }>(
      'SELECT id FROM turns WHERE id BETWEEN ? AND ? AND left_out = 1',
      first,
      last,
    )
    return new Set([...rows].map(({ id }) => id))
  }

  /** The newest turn before this one that the model has answered, among a bounded number. */
  lastAnswered(before: number): TurnRow | null {
    const [step] = this.#sql
      .exec<{ turn: number }>(
        `SELECT turn FROM steps
         WHERE turn < ? AND turn >= ? AND state = 'answered' AND kind IN ('talk', 'last')
         ORDER BY turn DESC, number DESC LIMIT 1`,
        before,
        before - 200,
      )
      .toArray()
    return step ? this.find(step.turn) : null
  }

  /** The newest turn after `id` that was over by then, among a bounded number. */
  endedBefore(time: number, id: number): number | null {
    return this.#sql
      .exec<{ id: number | null }>(
        `SELECT max(id) AS id FROM (SELECT id, ended FROM turns WHERE id > ? ORDER BY id LIMIT 500)
         WHERE ended <= ?`,
        id,
        time,
      )
      .one().id
  }

  /** When the first after this one was over that has words still. */
  firstEnded(after: number): number | null {
    const [row] = this.#sql
      .exec<{ ended: number }>(
        `SELECT ended FROM turns WHERE id > ? AND ended IS NOT NULL AND prompt IS NOT NULL
         ORDER BY id LIMIT 1`,
        after,
      )
      .toArray()
    return row?.ended ?? null
  }

  /** Deletes those before `id` with all that belongs to them, a bounded piece at a time. */
  discard(id: number) {
    const [last] = this.#sql
      .exec<{ id: number | null }>(
        'SELECT max(id) AS id FROM (SELECT id FROM turns WHERE id < ? ORDER BY id LIMIT 500)',
        id,
      )
      .toArray()
    if (!last?.id) return
    for (const table of ['tool_uses', 'steps', 'replies']) {
      this.#sql.exec(`DELETE FROM ${table} WHERE turn <= ?`, last.id)
    }
    this.#sql.exec('DELETE FROM turns WHERE id <= ?', last.id)
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
    return {
      ...UNTROUBLED,
      ...this.madeBy,
      ...turn,
      ...{ id, state, ended, sentence, instructions, files },
    }
  }

  /** Every change of an open turn goes through here, to the row and to what we hold of it. */
  change(turn: TurnRow, changes: Partial<Omit<TurnRow, 'id'>>) {
    const names = Object.keys(changes)
    this.#sql.exec(
      `UPDATE turns SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
      ...Object.values(changes).map(asColumn),
      turn.id,
    )
    Object.assign(turn, changes)
    if (changes.aside) this.#mayHaveAside = true
  }

  #read(rest: string, ...bindings: SqlStorageValue[]) {
    return this.#sql
      .exec(`SELECT ${COLUMNS} FROM turns ${rest}`, ...bindings)
      .toArray()
      .map((row) => asTurn(row as unknown as StoredTurn))
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

function asColumn(value: TurnRow[keyof TurnRow]) {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** As it stands in the table. */
type StoredTurn = Omit<TurnRow, 'remedy' | 'signs' | 'outage' | 'files'> & {
  files: string | null
  signs: string | null
  remedy: string | null
  outage: string | null
}

const ENDS: Verdict[] = ['replied', 'silent', 'stopped', 'failed', 'parked']
const TIERS: Tier[] = ['hot', 'warm', 'cold']
const KINDS: TurnKind[] = ['told', 'talk', 'help', 'forget', 'why']
const STOPPERS = ['asker', 'operator'] as const

/** Words that we do not know may be a newer Worker's, or garbage: see schema.ts for what they are to us. */
function asTurn({ signs, remedy, outage, files, ...row }: StoredTurn): TurnRow {
  const name = { table: 'turns', key: row.id }
  const isOpen = row.ended === null
  return {
    ...row,
    kind: oneOf(row.kind, KINDS, row.prompt === null ? 'told' : 'talk'),
    state: isOpen ? openState(row) : oneOf(row.state, ENDS, 'failed'),
    tier: oneOf(row.tier, TIERS, 'cold'),
    stopped_by: oneOf(row.stopped_by, STOPPERS, null),
    verdict: oneOf(row.verdict, ENDS, null),
    signs: signs === null ? null : stored(signs, SignList, name),
    remedy: remedy === null ? null : stored(remedy, Remedy, name),
    outage: outage === null ? null : stored(outage, Outage, name),
    files: files === null ? null : stored(files, FileNumbers, name),
  }
}

function openState({ state, due }: Pick<TurnRow, 'state' | 'due'>): TurnState {
  return oneOf<TurnState>(state, ['running', 'paused'], due === null ? 'running' : 'paused')
}

/** A count of tokens in `usage`, whatever stands there. */
function tokens(kind: string) {
  const count = `json_extract(CASE WHEN json_valid(usage) THEN usage END, '$.${kind}_tokens')`
  return `min(max(CAST(${count} AS INTEGER), 0), ${MOST_TOKENS})`
}

const MOST_TOKENS = 1_000_000_000

const UNTROUBLED = {
  model: null,
  ended: null,
  due: null,
  crashes: 0,
  deaths: 0,
  done: 0,
  failures: 0,
  failing_since: null,
  doubt: 0 as const,
  stopped_by: null,
  verdict: null,
  sentence: null,
  reason: null,
  signs: null,
  error: null,
  instructions: null,
  remedy: null,
  outage: null,
  aside: 0 as const,
  edits: null,
  files: null,
}
