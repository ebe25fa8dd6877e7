import * as z from 'zod'
import { Finding } from './doctor.ts'
import { Count, Time } from './schemas/parts.ts'

export { BackTo, BotComparison, Bots, BotTest, BotView } from './schemas/bots.ts'
export { BudgetChanges, BudgetsView, CostRow, Costs } from './schemas/costs.ts'
export { Now, Queue, QueueStats, SessionStats } from './schemas/now.ts'
export { ReceiptView, TurnReceipt } from './schemas/receipt.ts'
export { RoomOverview, RoomView, Roster, SessionLine, SettingsSet } from './schemas/rooms.ts'

// What the operator's routes answer. Times are ISO 8601 in UTC, durations are in ms; nothing here is ever what
// somebody said, but for the session, which is exported on purpose, and the conversation of a room.

/** `GET /health`, open to everyone. */
export const Health = z.strictObject({
  ok: z.literal(true),
  version: z.string(),
  bots: Count,
  /** Bots of the roster or of BOT_KEYS that are left out; the log names them and the field. */
  brokenBots: Count,
})
export type Health = z.infer<typeof Health>

/** `GET /doctor`: everything that was looked at, and what to do about what is not right. */
export const Doctor = z.strictObject({
  version: z.string(),
  now: Time,
  findings: z.array(Finding),
})
export type Doctor = z.infer<typeof Doctor>

/** Every refusal. */
export const Refusal = z.strictObject({ error: z.string() })
export type Refusal = z.infer<typeof Refusal>
