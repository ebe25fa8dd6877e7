import * as z from 'zod'
import { BudgetsView } from './costs.ts'
import { Count, Id, Time } from './parts.ts'

/** Of one room. */
export const Queue = z.strictObject({
  waiting: Count,
  running: Count,
  /** The age of whatever waits or runs longest. */
  oldestMs: Count.nullable(),
})
export type Queue = z.infer<typeof Queue>

/** `GET /queue/stats`: what waits and runs, and in which rooms. */
export const QueueStats = z.strictObject({
  waiting: Count,
  running: Count,
  oldestMs: Count,
  rooms: z.array(Queue.extend({ room: Id, bot: Id, asOf: Time })),
})
export type QueueStats = z.infer<typeof QueueStats>

/** `GET /session/stats`: what all turns so far came to. */
export const SessionStats = z.strictObject({
  rooms: Count,
  turns: Count,
  replied: Count,
  silent: Count,
  stopped: Count,
  failed: Count,
  parked: Count,
  hot: Count,
  warm: Count,
  cold: Count,
  steps: Count,
  inputTokens: Count,
  cachedTokens: Count,
  outputTokens: Count,
  /** Null: no price is known of anything. */
  costDollars: z.number().min(0).nullable(),
  /** How often a session was told in short; its tokens and cost are among those above. */
  compactions: Count,
  /** Turns, and compactions, with a model whose price we do not know: that is not in the cost. */
  turnsWithoutPrice: Count,
  meanTurnMs: Count.nullable(),
  lastTurnAt: Time.nullable(),
  /** Rooms whose last turn ended within that time. */
  activeWithin: z.strictObject({ hour: Count, day: Count, week: Count }),
})
export type SessionStats = z.infer<typeof SessionStats>

/** `GET /`: what goes on at this moment, and how the day went so far. */
export const Now = z.strictObject({
  version: z.string(),
  now: Time,
  queue: z.strictObject({
    waiting: Count,
    running: Count,
    oldestMs: Count,
    rooms: z.array(
      Queue.extend({
        room: Id,
        bot: Id,
        botName: z.string().nullable(),
        /** As its room has told. */
        name: z.string().nullable(),
        direct: z.boolean(),
        asOf: Time,
      }),
    ),
  }),
  /** As far as rooms have told: a room tells every ten minutes, or twenty turns. */
  today: z.strictObject({
    day: z.string(),
    timeZone: z.string(),
    replied: Count,
    silent: Count,
    stopped: Count,
    failed: Count,
    parked: Count,
    costDollars: z.number().min(0),
    callsWithoutPrice: Count,
  }),
  limits: BudgetsView,
  campfire: z.strictObject({
    address: z.string(),
    rooms: Count,
    /** Null: not tried yet. */
    abilities: z.array(
      z.strictObject({ name: z.enum(['list', 'edit', 'boost']), has: z.boolean().nullable() }),
    ),
  }),
})
export type Now = z.infer<typeof Now>
