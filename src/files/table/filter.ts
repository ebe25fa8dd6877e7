import type { Cell } from '../cells.ts'
import { asWritten, fold } from './layout.ts'

export const TESTS = [
  'is',
  'is not',
  'more than',
  'at least',
  'less than',
  'at most',
  'contains',
  'begins with',
  'empty',
  'not empty',
] as const
export type Test = (typeof TESTS)[number]

export function passes(cell: Cell, test: Test, value: string): boolean {
  switch (test) {
    case 'empty':
      return cell === null
    case 'not empty':
      return cell !== null
    case 'contains':
      return cell !== null && asWritten(String(cell)).includes(asWritten(value))
    case 'begins with':
      return cell !== null && asWritten(String(cell)).startsWith(asWritten(value))
    case 'is':
      return equal(cell, value)
    case 'is not':
      return !equal(cell, value)
    default:
      return cell !== null && compares(cell, test, value)
  }
}

function equal(cell: Cell, value: string) {
  if (typeof cell === 'number') return cell === Number(value)
  return asWritten(String(cell ?? '')) === asWritten(value)
}

/** A number with numbers, and words with words: 9 is less than 10, and nothing is less than a word. */
function compares(cell: Cell, test: Test, value: string) {
  const number = Number(value)
  const isNumber = typeof cell === 'number'
  if (isNumber === Number.isNaN(number)) return false
  const order = isNumber ? cell - number : compareTexts(String(cell), value)
  if (test === 'more than') return order > 0
  if (test === 'at least') return order >= 0
  return test === 'less than' ? order < 0 : order <= 0
}

/** A day is at most its month: 2026-11-30 is of 2026-11. */
function compareTexts(text: string, value: string) {
  const isMoment = /^\d{4}(-\d\d(-\d\d)?)?$/.test(value) && /^\d{4}-\d\d/.test(text)
  const [one, other] = [fold(isMoment ? text.slice(0, value.length) : text), fold(value)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** For an order: numbers before words, and what is empty last. */
export function compare(one: Cell, other: Cell) {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  return fold(String(one)) < fold(String(other))
    ? -1
    : fold(String(one)) > fold(String(other))
      ? 1
      : 0
}
