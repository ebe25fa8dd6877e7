import type { Bot } from '../bots.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { roomIn, type Tables } from '../tables.ts'
import { requestFor } from './wording.ts'

/** What one turn asks a yes for, before it does it. */
export class ApprovalRequests {
  #tables: Tables
  #bot: Pick<Bot, 'approval'>
  #row: TurnRow

  constructor(tables: Tables, bot: Pick<Bot, 'approval'>, row: TurnRow) {
    this.#tables = tables
    this.#bot = bot
    this.#row = row
  }

  /** Somebody has to say yes before this tool runs. */
  isNeeded(tool: string) {
    const { approvals, session, now } = this.#tables
    const need = this.#bot.approval[tool] ?? 'never'
    const since = session.current()?.started ?? now()
    if (need === 'once') return !approvals.wasGranted(this.#row.asker, tool, since)
    return need === 'always'
  }

  ask(tool: string, input: unknown) {
    const { id: turn, asker } = this.#row
    this.#tables.approvals.ask({ turn, asker, tool, input }, this.#tables.now())
  }

  /** What this turn wants to do, and how to answer; in the bot's words. */
  inWords() {
    const { approvals } = this.#tables
    return requestFor(approvals.askedBy(this.#row.id), roomIn(this.#tables).direct)
  }
}
