import { type Cell, letterOf, type Row } from '../cells.ts'
import { Unreadable } from '../source.ts'
import { columnNamed, type Layout } from './layout.ts'
import { orderOf } from './order.ts'
import type { Question } from './question.ts'
import type { Range } from './range.ts'

/** Of a longer order nobody reads the end, and until then all of it is held. */
const MOST_IN_ORDER = 10_000
/** Of a cell: more of it is never shown. */
const LONGEST_CELL = 301
/** Characters that are held at most; a cell counts as some, with nothing in it. */
const MOST_HELD = 4_000_000
const CELL = 8
/** The same of rows as they stand: no answer shows nearly so many. */
const MOST_SHOWN = 200_000

/** Rows as they stand, or the first of an order. */
export class Rows {
  #columns: number[]
  #names: string[]
  #kept: Row[] = []
  #held = 0
  #order: ((one: Row, other: Row) => number) | null
  /** The last of those that are told, once there are so many: what comes after it is none of them. */
  #last: Row | null = null
  #needed: ReadonlySet<number>
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
    const ordering = (sort ?? []).map(({ column }) => columnNamed(column, layout))
    this.#needed = new Set([...this.#columns, ...ordering])
    this.#from = from
    this.#limit = limit
    if (this.#order && from + limit > MOST_IN_ORDER)
      throw new Unreadable(
        `In an order only the first ${MOST_IN_ORDER} rows are told. Filter with where, or turn the order round.`,
      )
  }

  add(row: Row) {
    this.#found++
    const most = this.#from + this.#limit
    if (!this.#order) {
      const isWithin = this.#found > this.#from && this.#found <= most
      if (isWithin && this.#held < MOST_SHOWN) this.#hold(row)
      return
    }
    if (this.#last && this.#order(row, this.#last) >= 0) return
    this.#hold(row)
    if (this.#kept.length > 2 * most + 500 || this.#held > MOST_HELD) this.#sort(most)
    if (this.#held > MOST_HELD)
      throw new Unreadable(
        'That is too much to be put in order. Ask for fewer columns, or for fewer rows.',
      )
  }

  /** As much of it as is told. */
  #hold({ number, cells }: Row) {
    const kept = cells.map((cell, column) => (this.#needed.has(column) ? brief(cell) : null))
    this.#kept.push({ number, cells: kept })
    this.#held += weightOf(kept)
  }

  #sort(most: number) {
    if (!this.#order) return
    this.#kept = this.#kept.sort(this.#order).slice(0, most)
    this.#held = this.#kept.reduce((sum, { cells }) => sum + weightOf(cells), 0)
    this.#last = this.#kept[most - 1] ?? null
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

function weightOf(cells: Cell[]) {
  return cells.reduce<number>(
    (sum, cell) => sum + CELL + (typeof cell === 'string' ? cell.length : 0),
    0,
  )
}

/** Words of its own: a part of a text holds all of it, and that may be the whole file. */
function brief(cell: Cell): Cell {
  return typeof cell === 'string' ? JSON.parse(JSON.stringify(cell.slice(0, LONGEST_CELL))) : cell
}
