import type { Cell } from '../cells.ts'
import { Unreadable } from '../source.ts'

export const SUMS = ['sum', 'average', 'count', 'smallest', 'largest', 'different'] as const
export type SumOf = (typeof SUMS)[number]

export const SPANS = ['year', 'month', 'day'] as const
export type Span = (typeof SPANS)[number]

/** So many different values are told apart in one answer, and as many characters of them as that. */
const MOST_DIFFERENT = 200_000
const LONGEST_DIFFERENT = 4_000_000

/** What the sums of one answer have told apart. */
export class Different {
  #left = MOST_DIFFERENT
  #length = LONGEST_DIFFERENT

  /** False: there is no room for one more. */
  take(cell: Cell) {
    this.#left--
    this.#length -= String(cell).length
    return this.#left >= 0 && this.#length >= 0
  }
}

/** What a group of cells comes to. What is no number counts for no sum, and is told of. */
export class Sum {
  #of: SumOf
  #sum = 0
  /** What is lost of the sum by adding small numbers to a large one. */
  #lost = 0
  #numbers = 0
  #cells = 0
  #smallest: Cell = null
  #largest: Cell = null
  #different: Set<Cell> | null = null
  #all: Different
  skipped = 0

  constructor(of: SumOf, all: Different) {
    this.#of = of
    this.#all = all
  }

  add(cell: Cell) {
    if (cell === null) return
    this.#cells++
    if (this.#of === 'different') this.#tellApart(cell)
    if (this.#of === 'smallest' || this.#of === 'largest') this.#widen(cell)
    if (typeof cell !== 'number') {
      this.skipped++
      return
    }
    this.#numbers++
    const whole = this.#sum + cell
    this.#lost +=
      Math.abs(this.#sum) >= Math.abs(cell) ? this.#sum - whole + cell : cell - whole + this.#sum
    this.#sum = whole
  }

  #tellApart(cell: Cell) {
    this.#different ??= new Set()
    if (this.#different.has(cell)) return
    if (!this.#all.take(cell))
      throw new Unreadable('There are too many different values to tell apart. Filter with where.')
    this.#different.add(JSON.parse(JSON.stringify(cell)))
  }

  #widen(cell: Cell) {
    if (this.#smallest === null || isBelow(cell, this.#smallest)) this.#smallest = cell
    if (this.#largest === null || isBelow(this.#largest, cell)) this.#largest = cell
  }

  result(): Cell {
    const sum = rounded(this.#sum + this.#lost)
    switch (this.#of) {
      case 'sum':
        return sum
      case 'average':
        return this.#numbers ? rounded((this.#sum + this.#lost) / this.#numbers) : null
      case 'count':
        return this.#cells
      case 'smallest':
        return this.#smallest
      case 'largest':
        return this.#largest
      case 'different':
        return this.#different?.size ?? 0
    }
  }
}

/** Of numbers one another; else of what is written. */
function isBelow(one: Cell, other: Cell) {
  if (typeof one === 'number' && typeof other === 'number') return one < other
  return String(one) < String(other)
}

/** 0.1 and 0.2 are 0.3. */
function rounded(number: number) {
  return Number(number.toPrecision(15))
}

/** Of a day its month, as 2026-11. */
export function spanOf(cell: Cell, span: Span | undefined): Cell {
  if (!span || typeof cell !== 'string' || !/^\d{4}-\d\d-\d\d/.test(cell)) return cell
  return cell.slice(0, { year: 4, month: 7, day: 10 }[span])
}
