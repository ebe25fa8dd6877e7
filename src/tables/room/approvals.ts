import * as z from 'zod'
import { stored } from '../../storage/json-column.ts'

/** A tool use that waits for somebody's yes: what will be run, exactly, and once. */
export interface Approval {
  id: number
  /** The turn that asked for it, and whose asker wanted it done. */
  turn: number
  asker: number
  tool: string
  input: unknown
  state: 'waiting' | 'granted' | 'refused' | 'expired' | 'withdrawn'
  asked: number
}

const APPROVAL_WAITS = 24 * 60 * 60_000

/** What the bot has asked a yes for. */
export class Approvals {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  ask(
    { turn, asker, tool, input }: Pick<Approval, 'turn' | 'asker' | 'tool' | 'input'>,
    now: number,
  ) {
    this.#sql.exec(
      `INSERT INTO approvals (turn, asker, tool, input, state, asked)
       VALUES (?, ?, ?, ?, 'waiting', ?)`,
      turn,
      asker,
      tool,
      JSON.stringify(input),
      now,
    )
  }

  /** What waits, the newest first. */
  waiting() {
    return this.#read("WHERE state = 'waiting' ORDER BY id DESC LIMIT 20")
  }

  /** What has waited too long by now. */
  late(now: number) {
    return this.waiting().filter(({ asked }) => now - asked >= APPROVAL_WAITS)
  }

  /** When the next will have waited too long, in ms since 1970. */
  nextLate(): number | null {
    // Only of those that `late` finds: an alarm for any other would be due for ever.
    const [asked] = this.waiting()
      .map((approval) => approval.asked)
      .sort((a, b) => a - b)
    return asked === undefined ? null : asked + APPROVAL_WAITS
  }

  /** What was settled long ago says nothing any more. */
  prune(before: number) {
    this.#sql.exec("DELETE FROM approvals WHERE state <> 'waiting' AND asked < ?", before)
  }

  askedBy(turn: number) {
    return this.#read("WHERE turn = ? AND state = 'waiting' ORDER BY id", turn)
  }

  settle(id: number, state: 'granted' | 'refused' | 'expired') {
    this.#sql.exec('UPDATE approvals SET state = ? WHERE id = ?', state, id)
  }

  /** A yes that was given once holds for the asker and the tool as long as the session does. */
  wasGranted(asker: number, tool: string, since: number) {
    const granted = "WHERE asker = ? AND tool = ? AND state = 'granted' AND asked >= ? LIMIT 1"
    return this.#read(granted, asker, tool, since).length > 0
  }

  #read(rest: string, ...bindings: SqlStorageValue[]) {
    return this.#sql
      .exec(`SELECT id, turn, asker, tool, input, state, asked FROM approvals ${rest}`, ...bindings)
      .toArray()
      .map((row) => ({ ...row, input: inputIn(row) }) as Approval)
      .filter(({ input }) => input !== null)
  }
}

/** What cannot be run exactly as it was asked for is not run at all. */
function inputIn({ id, input }: Record<string, SqlStorageValue>) {
  return stored(input, Input, { table: 'approvals', key: Number(id) })
}

const Input = z.record(z.string(), z.unknown())
