import type { Row } from '../cells.ts'
import { compare } from './filter.ts'
import { columnNamed, type Layout } from './layout.ts'
import type { Question } from './question.ts'

export function orderOf(sort: NonNullable<Question['sort']>, layout: Layout) {
  const all = sort.map(({ column, order }) => ({
    column: columnNamed(column, layout),
    sign: order === 'down' ? -1 : 1,
  }))
  return (one: Row, other: Row) => {
    for (const { column, sign } of all) {
      const [a, b] = [one.cells[column] ?? null, other.cells[column] ?? null]
      // What is empty stands last in either order.
      const order = a === null || b === null ? compare(a, b) : sign * compare(a, b)
      if (order) return order
    }
    return one.number - other.number
  }
}
