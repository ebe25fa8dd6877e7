import * as z from 'zod'
import type { DaySums, Key } from '../../account.ts'
import { isDay } from '../../clock.ts'
import type { CostRow, Costs } from '../schemas.ts'

const KEYS = ['day', 'bot', 'room', 'person', 'model'] as const satisfies Key[]
const Day = z.string().refine(isDay, 'a day such as 2026-11-20')

/** `?by=person&from=2026-11-01&to=2026-11-30`; several keys with commas. Nothing said: all of it in one row. */
export const CostsQuery = z
  .strictObject({
    by: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter(Boolean))
      .pipe(z.array(z.enum(KEYS, `by ${KEYS.join(', ')}, or several of these with commas`))),
    from: Day.default('0000-01-01'),
    to: Day.default('9999-12-31'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'not before from' })
export type CostsQuery = z.infer<typeof CostsQuery>

interface Told {
  timeZone: string
  rows: DaySums[]
  total: DaySums | undefined
}

/** Persons and rooms by number: what they are called is said nowhere here. */
export function costsOf(
  { by, from, to }: CostsQuery,
  { timeZone, rows, total }: Told,
  nameOf: (bot: number) => string | null,
): Costs {
  const keys = KEYS.filter((key) => by.includes(key))
  const rowOf = (sums: DaySums, by: Key[] = keys): CostRow => ({
    ...(by.includes('day') && { day: String(sums.day) }),
    ...(by.includes('bot') && { bot: Number(sums.bot), botName: nameOf(Number(sums.bot)) }),
    ...(by.includes('room') && { room: Number(sums.room) }),
    // Nobody asks for a session to be told in short, and help is no matter of a model.
    ...(by.includes('person') && { person: Number(sums.person) || null }),
    ...(by.includes('model') && { model: String(sums.model) || null }),
    turns: sums.turns,
    calls: sums.calls,
    inputTokens: sums.input,
    cacheReadTokens: sums.cached,
    cacheWriteTokens: sums.written,
    outputTokens: sums.output,
    costDollars: sums.cost / 1_000_000,
    callsWithoutPrice: sums.unpriced,
  })
  return {
    by: keys,
    from,
    to,
    timeZone,
    rows: rows.map((row) => rowOf(row)),
    total: rowOf({ ...NOTHING, ...total }, []),
  }
}

const NOTHING = {
  turns: 0,
  calls: 0,
  unpriced: 0,
  cost: 0,
  input: 0,
  cached: 0,
  written: 0,
  output: 0,
}

/** For a spreadsheet, with a line of names. The sum is the reader's to make. */
export function asCsv({ by, rows }: Costs) {
  const keys = by.flatMap((key) => (key === 'bot' ? (['bot', 'botName'] as const) : [key]))
  const names = [...keys, ...COUNTS]
  const lines = rows.map((row) => names.map((name) => cellOf(name, row[name])))
  return [names, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

const COUNTS = [
  'turns',
  'calls',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
  'costDollars',
  'callsWithoutPrice',
] as const

function cellOf(name: string, value: string | number | null | undefined) {
  if (typeof value === 'number') return name === 'costDollars' ? value.toFixed(6) : String(value)
  // A spreadsheet takes what begins like this for something to be worked out.
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
