import * as z from 'zod'
import { DAY } from '../../clock.ts'
import { isNew, readOnce, stored } from '../../storage.ts'
import { approvedId, turnAskedIn } from './answers.ts'

/** A tool use that waits for somebody's yes: what will be run, exactly, and once. */
export interface Approval {
  id: number
  /** The turn that asked for it, and whose asker wanted it done. */
  turn: number
  asker: number
  /** Who may say yes beside the asker: those whom the request names. Null: an older version has not kept it. */
  approvers: number[] | null
  tool: string
  input: unknown
  /** What people keep and would lose by it, in its own words. Null: nothing. */
  goes: string[] | null
  state: 'waiting' | Outcome
  asked: number
  /** When its turn was over: from then on it stands. Null: the turn may still bring it into the room. */
  since: number | null
}

/** `withdrawn`: its asker went on to something else, or the conversation that it was part of is over. */
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'expired'

/** A request that is over, and whose message does not say so yet. */
export interface ToShow {
  turn: number
  asker: number
  outcome: Outcome
  /** Who has answered it. */
  by: number | null
}

const APPROVAL_WAITS = DAY
/** So long after it was asked the message of a request is still told what became of it. */
const SHOWN_WITHIN = 3 * DAY
/** Of so many of the newest anything is asked: no room has more that wait. */
const NEWEST = 'id > (SELECT max(id) FROM approvals) - 200'
/** With an outcome that we have words for. To SQLite every text is more than any number. */
const SHOWABLE = `show_at BETWEEN 0 AND 8640000000000000
  AND state IN ('granted', 'refused', 'withdrawn', 'expired')`

type Asked = Pick<Approval, 'turn' | 'asker' | 'approvers' | 'tool' | 'input' | 'goes'>

/** What the bot has asked a yes for. */
export class Approvals {
  #sql: SqlStorage
  /** Each turn asks, and hardly ever is there anything new. Only a cache. */
  #mayShow = true

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Most rooms never have one. */
  get #areNone() {
    if (isNew(this.#sql)) return true
    const any = () => this.#sql.exec('SELECT 1 FROM approvals LIMIT 1').toArray()
    return !readOnce(this.#sql, ['approvals'], 'any approval', any).length
  }

  ask({ turn, asker, approvers, tool, input, goes }: Asked, now: number) {
    this.#sql.exec(
      `INSERT INTO approvals (turn, asker, approvers, tool, input, goes, state, asked)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?)`,
      turn,
      asker,
      JSON.stringify(approvers),
      tool,
      JSON.stringify(input),
      goes && JSON.stringify(goes),
      now,
    )
  }

  /** What waits, the newest first. */
  waiting() {
    const waiting = () => this.#read(`WHERE ${NEWEST} AND state = 'waiting' ORDER BY id DESC`)
    return readOnce(this.#sql, ['approvals', 'turns'], 'waiting approvals', waiting)
  }

  /** What has waited too long by now. */
  late(now: number) {
    return this.waiting().filter((one) => isLate(one, now))
  }

  /** What may still be answered. */
  open(now: number) {
    return this.waiting().filter((one) => !isLate(one, now))
  }

  /** When the next will have waited too long, in ms since 1970. */
  nextLate(): number | null {
    // Only of those that `late` finds: an alarm for any other would be due for ever.
    const sinces = this.waiting().flatMap(({ since }) => since ?? [])
    return sinces.length ? Math.min(...sinces) + APPROVAL_WAITS : null
  }

  /** Whether anything was asked since then, whatever came of it. */
  wereAny(since: number) {
    const rows = this.#sql.exec(
      `SELECT 1 FROM approvals WHERE ${NEWEST} AND asked > ? LIMIT 1`,
      since,
    )
    return rows.toArray().length > 0
  }

  /** The turns after this one that have asked this person, beside their asker. */
  turnsAsking(approver: number, after: number) {
    const asked = this.#read(`WHERE ${NEWEST} AND turn > ?`, after)
    return asked.filter((one) => one.approvers?.includes(approver)).map(({ turn }) => turn)
  }

  /** What was settled long ago says nothing any more. */
  prune(before: number) {
    if (this.#areNone) return
    this.#sql.exec("DELETE FROM approvals WHERE state <> 'waiting' AND asked < ?", before)
  }

  askedBy(turn: number) {
    return this.#read("WHERE turn = ? AND state = 'waiting' ORDER BY id", turn)
  }

  drop(turn: number) {
    this.#sql.exec("DELETE FROM approvals WHERE turn = ? AND state = 'waiting'", turn)
  }

  /** All that it asked for, whatever came of it; by number. */
  allOf(turn: number) {
    return this.#read(`WHERE ${NEWEST} AND turn = ? ORDER BY id`, turn)
  }

  /** Who wanted it done, whoever has said yes. Null: nothing is known of it any more. */
  askerOf(turn: number): number | null {
    const [row] = this.#sql
      .exec<{ asker: number }>(
        `SELECT asker FROM approvals WHERE ${NEWEST} AND turn = ? LIMIT 1`,
        turn,
      )
      .toArray()
    return row?.asker ?? null
  }

  /** When it was asked for, in ms since 1970. Null: nothing is known of it any more. */
  askedAt(turn: number): number | null {
    const [row] = this.#sql
      .exec<{ asked: number }>(
        `SELECT asked FROM approvals WHERE ${NEWEST} AND turn = ? LIMIT 1`,
        turn,
      )
      .toArray()
    return row?.asked ?? null
  }

  /** With the intent to say so in the message of the request. */
  settle(
    approvals: Pick<Approval, 'id'>[],
    outcome: Outcome,
    now: number,
    by: number | null = null,
  ) {
    for (const { id } of approvals) {
      this.#sql.exec(
        'UPDATE approvals SET state = ?, answered_by = ?, show_at = ? WHERE id = ?',
        outcome,
        by,
        now,
        id,
      )
    }
    this.#mayShow = true
  }

  /** What was granted is to be run in that turn, and nothing has come of it yet. */
  areToRun(turn: number, where: { in: number }) {
    const rows = this.#sql.exec(
      "SELECT 1 FROM tool_uses WHERE turn = ? AND id = ? AND state = 'intended' LIMIT 1",
      where.in,
      approvedId(turn, 1),
    )
    return rows.toArray().length > 0
  }

  /** Somebody has said yes to it, and what may be spent stood in the way: see `reopen`. */
  hadYes(turn: number) {
    const rows = this.#sql.exec(
      `SELECT 1 FROM tool_uses JOIN turns ON turns.id = turn
       WHERE turn > ? AND tool_uses.id = ? AND error = 'limit' LIMIT 1`,
      turn,
      approvedId(turn, 1),
    )
    return rows.toArray().length > 0
  }

  /** What was granted, and is to be run in that turn, where nothing of it was begun. */
  unbegunIn(turn: number): Approval[] {
    const uses = this.#sql.exec<{ id: string }>(
      `SELECT tool_uses.id FROM steps JOIN tool_uses ON tool_uses.turn = steps.turn AND step = steps.number
       WHERE steps.turn = ? AND kind = 'approved' AND steps.ended IS NULL`,
      turn,
    )
    const asked = new Set(uses.toArray().map(turnAskedIn))
    return [...asked].flatMap((one) =>
      one === null ? [] : this.allOf(one).filter(({ state }) => state === 'granted'),
    )
  }

  /** What was granted by then waits again, and its message says nothing of a yes. */
  reopen(turn: number) {
    this.#sql.exec(
      `UPDATE approvals SET state = 'waiting', answered_by = NULL, show_at = NULL
       WHERE ${NEWEST} AND turn = ? AND state = 'granted'`,
      turn,
    )
  }

  /** Of what may still be answered. What is late is told as late. */
  withdraw(now: number, isMeant: (approval: Approval) => boolean = () => true) {
    this.settle(this.open(now).filter(isMeant), 'withdrawn', now)
  }

  /** Requests whose messages do not say yet what became of them, oldest first. */
  toShow(now: number): ToShow[] {
    if (!this.#mayShow || this.#areNone) return []
    const rows = this.#sql
      .exec<{ turn: number; asker: number; outcome: Outcome; by: number | null }>(
        `SELECT turn, asker, state AS outcome, answered_by AS "by" FROM approvals
         WHERE ${NEWEST} AND ${SHOWABLE} AND asked > ? GROUP BY turn ORDER BY turn`,
        now - SHOWN_WITHIN,
      )
      .toArray()
    this.#mayShow = rows.length > 0
    return rows
  }

  /** When the next of these is to be told, in ms since 1970. */
  nextToShow(now: number): number | null {
    if (!this.#mayShow || this.#areNone) return null
    return this.#sql
      .exec<{ due: number | null }>(
        `SELECT min(show_at) AS due FROM approvals
         WHERE ${NEWEST} AND ${SHOWABLE} AND asked > ?`,
        now - SHOWN_WITHIN,
      )
      .one().due
  }

  /** `at`: when it is to be tried again; null when nothing is to be done any more. */
  showAt(turn: number, at: number | null) {
    this.#sql.exec(
      `UPDATE approvals SET show_at = ? WHERE ${NEWEST} AND turn = ? AND show_at IS NOT NULL`,
      at,
      turn,
    )
  }

  /** A yes that was given once holds for the asker and the tool as long as the session does. */
  wasGranted(asker: number, tool: string, since: number) {
    const granted = "WHERE asker = ? AND tool = ? AND state = 'granted' AND asked >= ? LIMIT 1"
    return this.#read(granted, asker, tool, since).length > 0
  }

  #read(rest: string, ...bindings: SqlStorageValue[]) {
    if (this.#areNone) return []
    return this.#sql
      .exec(
        `SELECT id, turn, asker, approvers, tool, input, goes, state, asked,
           (SELECT coalesce(ended, 0) FROM turns WHERE turns.id = turn) AS ended
         FROM approvals ${rest}`,
        ...bindings,
      )
      .toArray()
      .map(({ ended, ...row }) => {
        const since = sinceIn(Number(row.asked), ended ?? null)
        const told = { input: inputIn(row), approvers: approversIn(row), goes: goesIn(row) }
        return { ...row, ...told, since } as Approval
      })
      .filter(({ input }) => input !== null)
  }
}

function isLate({ since }: Approval, now: number) {
  return since !== null && now - since >= APPROVAL_WAITS
}

/** `ended`: 0 while its turn is open. A turn of which nothing is known will bring nothing into the room. */
function sinceIn(asked: number, ended: SqlStorageValue) {
  if (ended === 0) return null
  return Number(ended) || asked || 0
}

/** What cannot be run exactly as it was asked for is not run at all. */
function inputIn({ id, input }: Record<string, SqlStorageValue>) {
  return stored(input, Input, { table: 'approvals', key: Number(id) })
}

function approversIn({ id, approvers }: Record<string, SqlStorageValue>) {
  if (approvers === null) return null
  return stored(approvers, Approvers, { table: 'approvals', key: Number(id) }) ?? []
}

function goesIn({ id, goes }: Record<string, SqlStorageValue>) {
  return goes === null ? null : (stored(goes, Goes, { table: 'approvals', key: Number(id) }) ?? [])
}

const Goes = z.array(z.string())
const Approvers = z.array(z.int())
const Input = z.record(z.string(), z.unknown())
