import type { Bot } from '../bots.ts'
import type { Sentences } from '../sentences.ts'
import { turnAskedIn } from '../tables/room/answers.ts'
import type { Approval } from '../tables/room/approvals.ts'
import { isClaimed } from '../tables/room/message.ts'
import type { ToolUse } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { approvalFor } from '../tools.ts'
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

  /** Somebody has to say yes before this tool runs, by which that goes. */
  isNeeded(tool: string, goes: string[] | null = null) {
    const { approvals, session, now } = this.#tables
    const { approval: asked, tools } = this.#asking.bot
    const found = tools.find(({ name }) => name === tool)
    const told = found?.approval ?? asked[tool] ?? approvalFor(found)
    const current = session.current()
    // What was read may be what wants it done. What is lost is asked for each time: no yes was for that.
    const isWary = current != null && current.tainted !== null
    if (isWary && goes) return true
    const need = isWary && found?.effect === 'outside' && told === 'never' ? 'once' : told
    const since = Math.max(current?.started ?? now(), found?.approvedSince ?? 0)
    // What was granted once would hold for whoever claims to be the same person next.
    if (need === 'once' && !isClaimed(this.#row.asker))
      return !approvals.wasGranted(this.#row.asker, tool, since)
    return need !== 'never'
  }

  /** The session has read what comes from there. From then on it reaches out only after a yes. */
  readFrom(source: string) {
    const { session } = this.#tables
    if (!this.#asking.bot.trusted.includes(source)) session.taint(this.#row.id)
  }

  /** What is approved has become something else since it was asked for. */
  isOutdated({ name, id, input }: Pick<ToolUse, 'id' | 'name' | 'input'>, goes: string[] | null) {
    const { approvals } = this.#tables
    const turn = turnAskedIn({ id })
    const since = this.#asking.bot.tools.find((tool) => tool.name === name)?.approvedSince
    if (since != null && (turn === null || (approvals.askedAt(turn) ?? 0) < since)) return true
    if (!goes || turn === null) return false
    // Somebody may have changed meanwhile what was to go.
    const isSame = (one: Approval) => one.tool === name && isEqual(one.input, input)
    const asked = approvals.allOf(turn).find(isSame)?.goes
    return asked != null && !isEqual(asked, goes)
  }

  /** Nobody has asked for it whose yes would count, and the bot names no one else. */
  isInVain() {
    return isClaimed(this.#row.asker) && !this.#asking.bot.approvers.length
  }

  /** Nothing of what a yes was for was begun: the request waits for another one. */
  putBack(uses: Pick<ToolUse, 'id'>[]) {
    for (const turn of new Set(uses.map(turnAskedIn))) {
      if (turn !== null) this.#tables.approvals.reopen(turn)
    }
  }

  ask(tool: string, input: unknown, goes: string[] | null) {
    const { id: turn, asker } = this.#row
    const { approvers } = this.#asking.bot
    const wish = { turn, asker, approvers, tool, input, goes }
    this.#tables.approvals.ask(wish, this.#tables.now())
  }

  /** Nobody has read of what this turn was to ask for. */
  takeBack() {
    this.#tables.approvals.drop(this.#row.id)
  }

  /** What this turn has to say is a request. */
  isAsking() {
    return this.#tables.approvals.askedBy(this.#row.id).length > 0
  }

  /** What this turn wants to do, and who may answer how; in the bot's words. */
  inWords() {
    const { approvals, people, ownName } = this.#tables
    const { bot, words } = this.#asking
    const { asker, asker_name: name } = this.#row
    const isAlone = this.#asking.isAlone && !isClaimed(asker)
    const others = bot.approvers.filter((id) => id !== asker).map((id) => people.nameOf(id))
    // Somebody who is only claimed to have asked has no say in it: it goes to those who have.
    const first = isClaimed(asker) ? (others.shift() ?? words().approval.someone) : name || null
    const asked = {
      tools: bot.tools,
      asker: isAlone ? null : first,
      approvers: others,
      bot: ownName.get(),
      direct: isAlone,
    }
    return requestFor(approvals.askedBy(this.#row.id), asked, words())
  }
}

function isEqual(one: unknown, other: unknown) {
  return JSON.stringify(one) === JSON.stringify(other)
}
