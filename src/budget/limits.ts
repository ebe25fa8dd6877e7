import * as z from 'zod'
import { zoneNamed } from '../clock.ts'
import { PER, type Per } from './period.ts'

const LEAST = 1 / 1_000_000

/** What somebody may spend in a period, as an operator writes it. */
const Budget = z.strictObject({
  for: z
    .string()
    .regex(
      /^(installation|bot:[a-z][a-z0-9-]*|room:[1-9]\d{0,15}|person:[1-9]\d{0,15})$/,
      'installation, bot:NAME, room:ID or person:ID',
    ),
  per: z.enum(PER),
  usd: z
    .number()
    .min(0)
    .max(1_000_000)
    // Less is counted as nothing, and nothing means that no model is asked.
    .refine((usd) => usd === 0 || usd >= LEAST, 'at least a millionth of a dollar, or 0'),
})
export type Budget = z.infer<typeof Budget>
export const Budgets = z.array(Budget).max(500)

/** The same, as the ledger has it. */
export interface Limit {
  for: string
  per: Per
  /** Millionths of a dollar. */
  amount: number
}

interface Known {
  /** The bots that have a key here, with the models that they ask. */
  bots: { name: string; models: string[] }[]
  isPriced(model: string): boolean
}

export type Reading = { ok: true; budgets: Budget[] } | { ok: false; field: string }

/** The variable `BUDGETS`. Nothing in it is no limit; anything that cannot be kept is refused, with the field. */
export function readBudgets(text: string | undefined, known: Known): Reading {
  if (!text?.trim()) return { ok: true, budgets: [] }
  try {
    return checkBudgets(JSON.parse(text), known)
  } catch {
    return { ok: false, field: 'BUDGETS: no JSON' }
  }
}

export function checkBudgets(value: unknown, { bots, isPriced }: Known): Reading {
  const parsed = Budgets.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const extra = issue?.code === 'unrecognized_keys' ? issue.keys : []
    const field = [...(issue?.path ?? []), ...extra].join('.')
    return { ok: false, field: `${field || 'budgets'}: ${issue?.message}` }
  }
  const budgets = parsed.data
  for (const [index, budget] of budgets.entries()) {
    const name = /^bot:(.+)$/.exec(budget.for)?.[1]
    if (name && !bots.some((bot) => bot.name === name)) {
      return { ok: false, field: `${index}.for: there is no bot ${name}` }
    }
    const same = budgets.findIndex((one) => one.for === budget.for && one.per === budget.per)
    if (same !== index) return { ok: false, field: `${index}.per: the same as ${same}` }
  }
  // Nobody can keep a limit in dollars for what has no price in dollars.
  for (const { name, models } of budgets.length ? bots : []) {
    const priceless = models.find((model) => !isPriced(model))
    if (priceless) return { ok: false, field: `bots.${name}: ${priceless} has no price` }
  }
  return { ok: true, budgets }
}

/** The zone in which days, weeks and months are told. */
export function readTimeZone(name: string | undefined): string | null {
  const zone = name?.trim() || 'UTC'
  return zoneNamed(zone)
}

/** Limits that say the same have the same one. */
export function markOf({ from, broken, budgets }: Seen) {
  return JSON.stringify([
    from,
    broken,
    ...budgets.map(({ for: whose, per, usd }) => [whose, per, usd]),
  ])
}

interface Seen {
  from: string
  broken: string | null
  budgets: Pick<Budget, 'for' | 'per' | 'usd'>[]
}

export function limitOf({ for: whose, per, usd }: Budget): Limit {
  return { for: whose, per, amount: Math.round(usd * 1_000_000) }
}
