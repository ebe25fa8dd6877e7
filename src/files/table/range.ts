import { columnOf } from '../cells.ts'
import { Unreadable } from '../source.ts'

export type Range = ReturnType<typeof rangeOf>

export function rangeOf(range: string | undefined) {
  if (range === undefined) return { top: 0, bottom: Number.POSITIVE_INFINITY, columns: null }
  const [, left, top, right = left, bottom = top] =
    /^([A-Z]{1,3})?(\d{1,7})?(?::([A-Z]{1,3})?(\d{1,7})?)?$/i.exec(range.trim()) ?? []
  if (!left && !top) throw new Unreadable('A range is written as B2:F20, B:F or 2:20.')
  return {
    top: Number(top ?? 0),
    bottom: Number(bottom ?? Number.POSITIVE_INFINITY),
    columns: left && right ? ([columnOf(left), columnOf(right)] as const) : null,
  }
}
