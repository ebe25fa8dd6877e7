import type { Bot } from '../bots.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { type Parts, roomIn } from '../tables.ts'
import { requestFor } from './wording.ts'

/** What one turn asks a yes for, before it does it. */
export class ApprovalRequests {
  #parts: Parts
  #bot: Pick<Bot, 'approval'>
  #row: TurnRow

  constructor(parts: Parts, bot: Pick<Bot, 'approval'>, row: TurnRow) {
    this.#parts = parts
    this.#bot = bot
    this.#row = row
  }

  /** Somebody has to say yes before this tool runs. */
  isNeeded(tool: string) {
    const { approvals, session, now } = this.#parts
    const need = this.#bot.approval[tool] ?? 'never'
    const since = session.current()?.started ?? now()
    if (need === 'once') return !approvals.wasGranted(this.#row.asker, tool, since)
    return need === 'always'
  }

  ask(tool: string, input: unknown) {
    const { id: turn, asker } = this.#row
    this.#parts.approvals.ask({ turn, asker, tool, input }, this.#parts.now())
  }

  /** What this turn wants to do, and how to answer; in the bot's words. */
  inWords() {
    const { approvals } = this.#parts
    return requestFor(approvals.askedBy(this.#row.id), roomIn(this.#parts).direct)
  }
}
