import type { Bot } from '../bots.ts'
import type { Sentences } from '../sentences.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { requestFor } from './wording.ts'

interface Asking {
  bot: Bot
  /** Only the asker reads this room, and needs no mention. */
  isAlone: boolean
  words(): Sentences
}

/** What one turn asks a yes for, before it does it. */
export class ApprovalRequests {
  #tables: Tables
  #row: TurnRow
  #asking: Asking

  constructor(tables: Tables, row: TurnRow, asking: Asking) {
    this.#tables = tables
    this.#row = row
    this.#asking = asking
  }

  /** Somebody has to say yes before this tool runs. */
  isNeeded(tool: string) {
    const { approvals, session, now } = this.#tables
    const need = this.#asking.bot.approval[tool] ?? 'never'
    const since = session.current()?.started ?? now()
    if (need === 'once') return !approvals.wasGranted(this.#row.asker, tool, since)
    return need === 'always'
  }

  ask(tool: string, input: unknown) {
    const { id: turn, asker } = this.#row
    const { approvers } = this.#asking.bot
    this.#tables.approvals.ask({ turn, asker, approvers, tool, input }, this.#tables.now())
  }

  /** What this turn has to say is a request. */
  isAsking() {
    return this.#tables.approvals.askedBy(this.#row.id).length > 0
  }

  /** What this turn wants to do, and who may answer how; in the bot's words. */
  inWords() {
    const { approvals, people, ownName } = this.#tables
    const { bot, isAlone, words } = this.#asking
    const others = bot.approvers.filter((id) => id !== this.#row.asker)
    const asked = {
      tools: bot.tools,
      asker: isAlone ? null : this.#row.asker_name || null,
      approvers: others.map((id) => people.nameOf(id)),
      bot: ownName.get(),
      direct: isAlone,
    }
    return requestFor(approvals.askedBy(this.#row.id), asked, words())
  }
}
