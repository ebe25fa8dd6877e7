import { letterOf, type Row } from '../cells.ts'
import { columnNamed, type Layout } from './layout.ts'
import { orderOf } from './order.ts'
import type { Question } from './question.ts'
import type { Range } from './range.ts'

/** Rows as they stand, or the first of an order. */
export class Rows {
  #columns: number[]
  #names: string[]
  #kept: Row[] = []
  #order: ((one: Row, other: Row) => number) | null
  #from: number
  #limit: number
  #found = 0

  constructor({ columns, sort, from, limit }: Question, layout: Layout, within: Range) {
    const all =
      columns?.map((name) => columnNamed(name, layout)) ?? layout.columns.map((_, at) => at)
    const [left = 0, right = Number.POSITIVE_INFINITY] = within.columns ?? []
    this.#columns = all.filter((column) => column >= left && column <= right)
    this.#names = this.#columns.map((column) => layout.columns[column]?.name ?? letterOf(column))
    this.#order = sort?.length ? orderOf(sort, layout) : null
    this.#from = from
    this.#limit = limit
  }

  add(row: Row) {
    this.#found++
    const most = this.#from + this.#limit
    if (!this.#order) {
      if (this.#found > this.#from && this.#found <= most) this.#kept.push(row)
      return
    }
    this.#kept.push(row)
    if (this.#kept.length > 2 * most + 500) this.#sort(most)
  }

  #sort(most: number) {
    if (this.#order) this.#kept = this.#kept.sort(this.#order).slice(0, most)
  }

  result() {
    this.#sort(this.#from + this.#limit)
    const rows = this.#order ? this.#kept.slice(this.#from) : this.#kept
    return {
      names: ['row', ...this.#names],
      rows: rows.map(({ number, cells }) => [
        number,
        ...this.#columns.map((column) => cells[column] ?? null),
      ]),
      found: this.#found,
      notes: [],
    }
  }
}
