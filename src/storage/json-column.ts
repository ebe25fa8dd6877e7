import type * as z from 'zod'
import { log } from '../log.ts'

/**
 * Which row, for the operator: where it is, never what it says.
 */
interface RowName {
  table: string
  key: string | number
}

/**
 * What stands in a column as JSON; null when it does not parse, or is not what we wrote. It comes back
 * as it stands, not as the schema makes it: the prompt must be the same byte for byte.
 */
export function stored<T>(json: unknown, schema: z.ZodType<T>, row: RowName): T | null {
  const text = String(json)
  const value = jsonIn(text)
  if (right.get(schema) === text) return value as T
  const { success } = schema.safeParse(value)
  if (!success) setAside(row)
  else if (text.length <= MOST_KEPT) right.set(schema, text)
  return success ? (value as T) : null
}

/** By schema the text that was last found right: a turn asks for the same small things many times. */
const right = new WeakMap<z.ZodType, string>()
/** Characters. */
const MOST_KEPT = 10_000

/** What cannot be read is left where it is, and does as if it were not there. */
export function setAside(row: RowName) {
  log.warn('row.set_aside', { ...row })
}

/** One of a few words; anything else is `other`. */
export function oneOf<T>(value: unknown, words: readonly T[], other: T) {
  return words.find((word) => word === value) ?? other
}

function jsonIn(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
