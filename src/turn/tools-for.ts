import { type Bot, membersOf } from '../bots.ts'
import type { Beside, ReplyNeeds } from '../reply.ts'
import { type Runtime, serversFor } from '../runtime.ts'
import type { ToolUse } from '../tables/room/step.ts'
import type { Tables } from '../tables.ts'
import { createToolContext } from '../tools.ts'
import type { Asking } from './asking.ts'

interface Reach {
  replying: Pick<ReplyNeeds, 'campfire' | 'row'>
  /** What is shown beside the answer. */
  beside: Beside
  bot: Bot
  asking: Asking
  /** A stop, or the end of its time. */
  signals: AbortSignal[]
}

/** All that tools may reach, for whoever has asked for each. */
export function toolsFor(
  tables: Tables,
  runtime: Runtime,
  { replying, beside, bot, asking, signals }: Reach,
) {
  const { quota, report } = runtime
  const signal = AbortSignal.any(signals)
  const servers = serversFor(tables, runtime)
  return (use: ToolUse) =>
    createToolContext(tables, {
      campfire: replying.campfire,
      timeZone: bot.timeZone,
      skills: bot.skills,
      servers,
      turn: replying.row.id,
      asker: asking.askerOf(use),
      beside,
      signal,
      bots: membersOf(runtime.env.BOT_KEYS).userIds,
      indexes: bot.index === 'on',
      canList: report.abilities().list !== false,
      requestsLeft: () => quota.left(),
      web: quota.fetch,
    })
}
