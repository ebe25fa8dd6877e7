import * as z from 'zod'
import { Count, Dollars, Id, Time } from './parts.ts'

export const CostRow = z.strictObject({
  day: z.iso.date().optional(),
  bot: Id.optional(),
  /** Null: no key is known of it any more. */
  botName: z.string().nullable().optional(),
  room: Id.optional(),
  /** Below zero: whoever knows the webhook's secret named them. Null: nobody had asked. */
  person: z.int().nullable().optional(),
  /** Null: turns that asked none. */
  model: z.string().nullable().optional(),
  /** Each once, with the model that it ended with. */
  turns: Count,
  calls: Count,
  inputTokens: Count,
  cacheReadTokens: Count,
  cacheWriteTokens: Count,
  outputTokens: Count,
  costDollars: Dollars,
  callsWithoutPrice: Count,
})
export type CostRow = z.infer<typeof CostRow>

/** `GET /costs`: what was spent from a day through another. */
export const Costs = z.strictObject({
  by: z.array(z.enum(['day', 'bot', 'room', 'person', 'model'])),
  from: z.iso.date(),
  to: z.iso.date(),
  /** Of the days. */
  timeZone: z.string(),
  rows: z.array(CostRow),
  total: CostRow,
})
export type Costs = z.infer<typeof Costs>

/** `PATCH /budgets`. Each budget is checked, and told of, by itself; null: as the variable says. */
export const BudgetChanges = z.strictObject({ budgets: z.array(z.unknown()).nullable() })
export type BudgetChanges = z.infer<typeof BudgetChanges>

/** `GET /budgets`: what may be spent, what was, and what is reserved for calls and rooms. */
export const BudgetsView = z.strictObject({
  /** The field for which nothing may be spent at all until it is put right. */
  broken: z.string().nullable(),
  /** Set by `PATCH`, or by `BUDGETS`. */
  from: z.enum(['here', 'variable']),
  timeZone: z.string().nullable(),
  budgets: z.array(
    z.strictObject({
      for: z.string(),
      per: z.enum(['day', 'week', 'month']),
      usd: z.number().min(0),
      spentUsd: z.number().min(0),
      reservedUsd: z.number().min(0),
      /** What calls came to beyond their reserve: those with the API's own tools can. */
      excessUsd: z.number().min(0),
      from: Time,
      until: Time,
    }),
  ),
})
export type BudgetsView = z.infer<typeof BudgetsView>
