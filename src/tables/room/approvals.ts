import { DAY } from '../../clock.ts'
import { readOnce } from '../../storage.ts'
import { approvedId, turnAskedIn } from './answers.ts'
import { Outcomes } from './approvals/outcomes.ts'
import { type Approval, areNone, NEWEST, type Outcome, readApprovals } from './approvals/row.ts'

export type { ToShow } from './approvals/outcomes.ts'
export type { Approval, Outcome } from './approvals/row.ts'

const APPROVAL_WAITS = DAY

type Asked = Pick<Approval, 'turn' | 'asker' | 'approvers' | 'tool' | 'input' | 'goes'>

/** What the bot has asked a yes for. */
export class Approvals {
  readonly outcomes: Outcomes
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.outcomes = new Outcomes(sql)
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
    if (areNone(this.#sql)) return
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
    for (const { id } of approvals) this.outcomes.settle(id, outcome, { now, by })
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

  /** A yes that was given once holds for the asker and the tool as long as the session does. */
  wasGranted(asker: number, tool: string, since: number) {
    const granted = "WHERE asker = ? AND tool = ? AND state = 'granted' AND asked >= ? LIMIT 1"
    return this.#read(granted, asker, tool, since).length > 0
  }

  #read(rest: string, ...bindings: SqlStorageValue[]) {
    return readApprovals(this.#sql, rest, ...bindings)
  }
}

function isLate({ since }: Approval, now: number) {
  return since !== null && now - since >= APPROVAL_WAITS
}
