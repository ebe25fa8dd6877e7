import { fold as foldAsNames } from '../../campfire.ts'
import { type Cell, letterOf, type Row } from '../cells.ts'

export interface Column {
  letter: string
  name: string
  type: 'number' | 'day' | 'yes or no' | 'text' | 'mixed' | 'empty'
}

export interface Layout {
  /** The row in which the names stand. Null: there is none, and the letters are the names. */
  header: number | null
  columns: Column[]
}

const HIGHEST = 20

/** Names stand in the first row that is nearly as full as the fullest, where all of it is words. */
export function layoutOf(sample: Row[], wanted?: number): Layout {
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length))
  const top = sample.slice(0, HIGHEST)
  const fullest = Math.max(0, ...top.map(({ cells }) => filled(cells).length))
  const found = top.find(({ cells }) => {
    const all = filled(cells)
    return all.length >= Math.max(1, 0.6 * fullest) && all.every(isWord)
  })
  // What holds nothing but words may be all names, or none: its first row is believed.
  const header = wanted === undefined ? found : sample.find(({ number }) => number === wanted)
  const names = namesIn(header?.cells ?? [], width)
  const below = sample.filter(({ number }) => number > (header?.number ?? 0))
  return {
    header: header?.number ?? null,
    columns: names.map((name, column) => ({
      letter: letterOf(column),
      name,
      type: typeOf(below.map(({ cells }) => cells[column] ?? null)),
    })),
  }
}

function filled(cells: Cell[]) {
  return cells.filter((cell) => cell !== null)
}

function isWord(cell: Cell) {
  return typeof cell === 'string' && !DAY.test(cell)
}

const DAY = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/

function namesIn(cells: Cell[], width: number) {
  const names: string[] = []
  for (let column = 0; column < width; column++) {
    const name =
      String(cells[column] ?? '')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 100) || letterOf(column)
    const same = names.filter((other) => other === name || other.startsWith(`${name} (`)).length
    names.push(same ? `${name} (${same + 1})` : name)
  }
  return names
}

function typeOf(cells: Cell[]): Column['type'] {
  const types = new Set(filled(cells).map(typeOfCell))
  const [type] = types
  return types.size > 1 ? 'mixed' : (type ?? 'empty')
}

function typeOfCell(cell: Cell): Column['type'] {
  if (typeof cell === 'number') return 'number'
  if (typeof cell === 'boolean') return 'yes or no'
  return DAY.test(String(cell)) ? 'day' : 'text'
}

/** By its name, in whatever case; else by its letter. */
export function columnNamed(name: string, { columns }: Layout) {
  const wanted = fold(name)
  const exact = columns.findIndex((column) => fold(column.name) === wanted)
  const letter = columns.findIndex(({ letter }) => letter === name.trim().toUpperCase())
  const alike = columns.findIndex((column) => asWritten(column.name) === asWritten(name))
  const found = [exact, letter, alike].find((at) => at >= 0) ?? -1
  if (found >= 0) return found
  const names = columns.slice(0, 40).map(({ name }) => `“${name}”`)
  throw new Error(`There is no column “${name}”. There are: ${names.join(', ')}.`)
}

/** For an order, in which accents count. */
export function fold(text: string) {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** As people write it, who leave accents out. */
export function asWritten(text: string) {
  return foldAsNames(text).trim()
}
