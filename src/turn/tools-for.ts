import type { Bot } from '../bots.ts'
import type { Runtime } from '../runtime.ts'
import type { ToolUse } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { createToolContext, type ToolContext } from '../tools.ts'
import type { Asking } from './asking.ts'

interface Reach extends Pick<ToolContext, 'campfire'> {
  row: TurnRow
  bot: Bot
  asking: Asking
  /** A stop, or the end of its time. */
  signals: AbortSignal[]
}

/** All that tools may reach, for whoever has asked for each. */
export function toolsFor(
  tables: Tables,
  { storage, quota }: Runtime,
  { row, bot, campfire, asking, signals }: Reach,
) {
  const signal = AbortSignal.any(signals)
  const atomically = <T>(work: () => T) => storage.transactionSync(work)
  return (use: ToolUse) =>
    createToolContext(tables, {
      campfire,
      timeZone: bot.timeZone,
      turn: row.id,
      asker: asking.askerOf(use),
      signal,
      requestsLeft: () => quota.left(),
      atomically,
    })
}
