import { type Cell, columnOf, MOST_COLUMNS, type Row } from '../cells.ts'

interface Merge {
  top: number
  bottom: number
  left: number
  right: number
}

const MOST = 20_000
/** So much of a piece can belong to a tag that goes on in the next one. */
const LONGEST = 200

/** They stand behind all the rows that they are about, so they are looked for first. */
export function mergesIn(pieces: Iterable<Uint8Array>): Merge[] {
  const merges: Merge[] = []
  const decoder = new TextDecoder('latin1')
  let rest = ''
  for (const piece of pieces) {
    const text = rest + decoder.decode(piece)
    let end = 0
    for (const match of text.matchAll(MERGE)) {
      const [, left = '', top, right = '', bottom] = match
      end = match.index + match[0].length
      if (merges.length >= MOST) return merges
      merges.push({
        ...{ top: Number(top), bottom: Number(bottom) },
        ...{ left: columnOf(left), right: columnOf(right) },
      })
    }
    rest = text.slice(Math.max(end, text.length - LONGEST))
  }
  return merges.sort((one, other) => one.top - other.top)
}

const MERGE = /<(?:\w+:)?mergeCell [^<>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g

/**
 * A merged cell has its value in its first corner. Words of it hold for each of the cells, as the region beside five
 * towns does; a number would be counted as often.
 */
export class Merges {
  #coming: Merge[]
  #open: (Merge & { value: Cell })[] = []
  /** A word was repeated. */
  hasFilled = false

  constructor(merges: Merge[]) {
    this.#coming = [...merges].reverse()
  }

  fill({ number, cells }: Row) {
    this.#open = this.#open.filter(({ bottom }) => bottom >= number)
    for (let next = this.#coming.at(-1); next && next.top <= number; next = this.#coming.at(-1)) {
      this.#coming.pop()
      const value = next.top === number ? (cells[next.left] ?? null) : null
      // Merged cells do not overlap, so beside one another there are no more than columns.
      const width = this.#open.reduce((sum, { left, right }) => sum + right - left + 1, 0)
      if (typeof value === 'string' && next.bottom >= number && width < MOST_COLUMNS)
        this.#open.push({ ...next, value })
    }
    for (const { left, right, value } of this.#open)
      for (let column = left; column <= Math.min(right, MOST_COLUMNS - 1); column++) {
        while (cells.length <= column) cells.push(null)
        if (cells[column] !== null) continue
        cells[column] = value
        this.hasFilled = true
      }
  }
}
