import { type Cell, columnOf, letterOf, MOST_COLUMNS, type Row, type Sheet } from '../cells.ts'
import { attributeIn, type XmlHandler, XmlReader } from '../xml.ts'
import { Merges, mergesIn } from './merges.ts'
import { written } from './strings.ts'
import { type Meaning, momentOf, spanOf } from './styles.ts'

interface Parts {
  name: string
  isHidden: boolean
  /** The XML of the sheet, from its beginning each time. */
  pieces(): Iterable<Uint8Array>
  strings(): string[]
  styles(): Meaning[]
  is1904: boolean
}

/** Characters of a cell: no spreadsheet program takes more. */
const LONGEST_CELL = 32_767

interface Found {
  isWide: boolean
  isLong: boolean
  isMerged: boolean
  /** Formulas of which nobody has saved what they come to. */
  empty: number
}

export function sheetOf({ name, isHidden, ...parts }: Parts): Sheet {
  let known: ReturnType<typeof mergesIn> | undefined
  const merges = () => {
    known ??= mergesIn(parts.pieces())
    return known
  }
  const found: Found = { isWide: false, isLong: false, isMerged: false, empty: 0 }
  return {
    name,
    isHidden,
    isWritten: false,
    rows: () => rowsOf(parts, found, merges()),
    notes: () => [
      ...(found.isMerged
        ? ['Some cells are merged: words of such a cell are repeated in each of its cells.']
        : []),
      ...(found.isWide
        ? [
            `The sheet is wider than column ${letterOf(MOST_COLUMNS - 1)}; what is behind it was left out.`,
          ]
        : []),
      ...(found.isLong
        ? [
            `A cell has more than ${LONGEST_CELL} characters; what comes after those was left out: say so.`,
          ]
        : []),
      ...(found.empty
        ? [
            `${found.empty} formulas have no saved result and count as empty: say so. Opening and saving the file in a spreadsheet program puts them right.`,
          ]
        : []),
    ],
  }
}

function* rowsOf(
  parts: Omit<Parts, 'name' | 'isHidden'>,
  found: Found,
  merged: ReturnType<typeof mergesIn>,
): Generator<Row> {
  const merges = new Merges(merged)
  const rows = new Rows(parts, found)
  const reader = new XmlReader(rows)
  found.empty = 0
  for (const piece of parts.pieces()) {
    reader.write(piece)
    for (const row of rows.take()) {
      merges.fill(row)
      found.isMerged ||= merges.hasFilled
      yield row
    }
  }
}

/** Makes rows of the tags of a sheet. */
class Rows implements XmlHandler {
  #parts: Pick<Parts, 'strings' | 'styles' | 'is1904'>
  #found: Found
  #rows: Row[] = []
  #row: Row = { number: 0, cells: [] }
  #isData = false
  #column = -1
  #type = ''
  #style = 0
  #isFormula = false
  #text = ''
  /** Where the value of a cell stands, or its words where they are not shared. */
  #isValue = false
  #isSpoken = false

  constructor(parts: Pick<Parts, 'strings' | 'styles' | 'is1904'>, found: Found) {
    this.#parts = parts
    this.#found = found
  }

  take() {
    return this.#rows.splice(0)
  }

  open(tag: string, attributes: string) {
    if (tag === 'sheetData') this.#isData = true
    if (!this.#isData) return
    if (tag === 'c') this.#openCell(attributes)
    else if (tag === 'v') this.#isValue = true
    else if (tag === 'rPh') this.#isSpoken = true
    else if (tag === 't') this.#isValue = !this.#isSpoken
    else if (tag === 'f') this.#isFormula = true
    else if (tag === 'row') {
      const number = Number(attributeIn(attributes, 'r') ?? this.#row.number + 1)
      this.#row = { number, cells: [] }
      this.#column = -1
    }
  }

  text(more: string) {
    if (!this.#isValue) return
    this.#text += more
    if (this.#text.length <= LONGEST_CELL) return
    this.#found.isLong = true
    this.#text = this.#text.slice(0, LONGEST_CELL)
  }

  close(tag: string) {
    if (tag === 'sheetData') this.#isData = false
    else if (tag === 'v' || tag === 't') this.#isValue = false
    else if (tag === 'rPh') this.#isSpoken = false
    else if (tag === 'c' && this.#isData) this.#closeCell()
    else if (tag === 'row' && this.#isData) this.#rows.push(this.#row)
  }

  #openCell(attributes: string) {
    const letters = /^[A-Z]+/i.exec(attributeIn(attributes, 'r') ?? '')?.[0]
    this.#column = letters ? columnOf(letters) : this.#column + 1
    this.#type = attributeIn(attributes, 't') ?? 'n'
    this.#style = Number(attributeIn(attributes, 's') ?? 0)
    this.#isFormula = false
    this.#text = ''
  }

  #closeCell() {
    const value = this.#value()
    if (this.#isFormula && value === null) this.#found.empty++
    if (value === null) return
    if (this.#column >= MOST_COLUMNS) {
      this.#found.isWide = true
      return
    }
    const { cells } = this.#row
    while (cells.length < this.#column) cells.push(null)
    cells[this.#column] = value
  }

  #value(): Cell {
    const text = this.#text
    if (text === '') return null
    if (this.#type === 's') return this.#parts.strings()[Number(text)] ?? null
    if (this.#type === 'b') return text === '1' || text === 'true'
    if (this.#type !== 'n') return written(text)
    const number = Number(text)
    if (Number.isNaN(number)) return text
    const meaning = this.#parts.styles()[this.#style]
    if (meaning === 'moment') return momentOf(number, this.#parts.is1904)
    return meaning === 'span' ? spanOf(number) : number
  }
}
