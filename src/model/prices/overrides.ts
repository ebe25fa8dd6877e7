import * as z from 'zod'
import { log } from '../../log.ts'

/** In billionths of a dollar for each token, that is thousandths of a dollar for each million. */
export interface Price {
  input: number
  output: number
  cacheRead: number
  /** Kept for five minutes; a quarter more than the input where nothing else is said. */
  cacheWrite?: number
  /** Kept for an hour; twice the input. */
  cacheWrite1h?: number
}
export interface Tariff extends Price {
  /** Beyond this many tokens of prompt the whole request has the other price. */
  step?: { above: number; price: Price }
}
export type Prices = Record<string, Tariff>

/** More for a token than any model asks: somebody has slipped with the decimal point. */
const DEAREST = 500
/** So far from the list a price of our own may be, up or down. */
const FAR = 10
const Dollars = z.number().min(0).max(DEAREST)
const Told = z.strictObject({
  input: Dollars,
  output: Dollars,
  cacheRead: Dollars,
  cacheWrite: Dollars.optional(),
  cacheWrite1h: Dollars.optional(),
})
const ToldTariff = Told.extend({ above: z.int().positive(), beyond: Told }).partial()
type ToldTariff = z.infer<typeof ToldTariff>
const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const

export interface Broken {
  model: string
  field: string
}

/**
 * The variable `PRICES`: by model, dollars for each million tokens. What is not said of a listed model stays as
 * listed. One that cannot be meant is left out and the list holds: no typo makes a bot fall silent.
 */
export function readPrices(told: string, listed: Prices): Prices {
  const { prices, broken } = checkPrices(told, listed)
  for (const one of broken) log.error('price.broken', { ...one })
  return prices
}

export function checkPrices(told: string, listed: Prices): { prices: Prices; broken: Broken[] } {
  const prices: Prices = {}
  const broken: Broken[] = []
  if (!told.trim()) return { prices, broken }
  const all = z.record(z.string(), z.unknown()).safeParse(parsed(told))
  if (!all.success) return { prices, broken: [{ model: 'PRICES', field: 'no JSON object' }] }
  for (const [model, one] of Object.entries(all.data)) {
    const tariff = tariffIn(one, listed[model])
    if (typeof tariff === 'string') broken.push({ model, field: tariff })
    else prices[model] = tariff
  }
  return { prices, broken }
}

/** Or the field that cannot be meant. */
function tariffIn(told: unknown, listed: Tariff | undefined): Tariff | string {
  const parsed = ToldTariff.safeParse(told)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
    return [...(issue?.path ?? []), ...keys].join('.') || 'price'
  }
  const { above, beyond, ...said } = parsed.data
  const price: Partial<Tariff> = { ...listed, ...inBillionths(said) }
  if (!isWhole(price)) return missingIn(price) ?? 'price'
  if (above !== undefined && beyond)
    price.step = { above, price: { ...price, ...inBillionths(beyond) } }
  else if (above !== undefined || beyond) return beyond ? 'above' : 'beyond'
  return oddIn(price, listed) ?? price
}

/** A price that no model has is a slip of the pen. */
function oddIn(price: Tariff, listed: Tariff | undefined) {
  const far = listed && farIn(price, listed)
  const farBeyond = listed?.step && price.step && farIn(price.step.price, listed.step.price)
  if (far || farBeyond) return far || farBeyond
  if (price.cacheRead > price.input) return 'cacheRead'
  return price.output < price.input ? 'output' : null
}

function farIn(price: Price, listed: Price) {
  const isFar = (ours: number, theirs: number) => ours > theirs * FAR || ours < theirs / FAR
  return KINDS.find((kind) => {
    const [ours, theirs] = [price[kind], listed[kind] ?? WRITES[kind]?.(listed)]
    return ours !== undefined && theirs !== undefined && isFar(ours, theirs)
  })
}

const WRITES: { [kind in keyof Price]?: (price: Price) => number } = {
  cacheWrite: ({ input }) => input,
  cacheWrite1h: ({ input }) => input,
}

function isWhole(price: Partial<Tariff>): price is Tariff {
  return missingIn(price) === null
}

function missingIn(price: Partial<Tariff>) {
  return (
    (['input', 'output', 'cacheRead'] as const).find((kind) => price[kind] === undefined) ?? null
  )
}

function inBillionths(told: Pick<ToldTariff, (typeof KINDS)[number]>): Partial<Price> {
  const said = KINDS.flatMap((kind) => {
    const dollars = told[kind]
    return dollars === undefined ? [] : [[kind, Math.round(dollars * 1_000)] as const]
  })
  return Object.fromEntries(said)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
