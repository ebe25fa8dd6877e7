/** Days and times are written as ISO 8601 does: then they sort as text. */
export type Cell = string | number | boolean | null

export interface Row {
  /** As the program shows it: the first is 1. */
  number: number
  cells: Cell[]
}

export interface Sheet {
  name: string
  isHidden: boolean
  /** All of it is text: what is a number or a day is told by how it is written. */
  isWritten: boolean
  /** Each time from the first one on; nobody holds them all. */
  rows(): Iterable<Row>
  /** What must be said of it, once it has been read. */
  notes(): string[]
}

/** A wider table is cut, and says so. */
export const MOST_COLUMNS = 500

/** 0 is A, 26 is AA. */
export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last
}

export function columnOf(letters: string) {
  return (
    [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  )
}
