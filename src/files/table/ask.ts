import { afterwards } from '../../clock.ts'
import type { Cell, Row, Sheet } from '../cells.ts'
import { throwIfAborted } from '../source.ts'
import { passes } from './filter.ts'
import { Groups } from './groups.ts'
import { columnNamed, type Layout, layoutOf } from './layout.ts'
import type { Question } from './question.ts'
import { rangeOf } from './range.ts'
import { Rows } from './rows.ts'
import { type Manner, mannerOf, valueIn } from './value.ts'

export interface Answer {
  layout: Layout
  names: string[]
  rows: Cell[][]
  /** How many there are, of which `rows` are some. */
  found: number
  notes: string[]
}

const SAMPLE = 1_000
/** Characters: a thousand long rows are more than anybody needs to tell the columns. */
const LONGEST_SAMPLE = 1_000_000
/** Others run in the same process. */
const AT_ONCE = 2_000
/** As many as a spreadsheet program takes. Empty ones count: a small file may have millions. */
const MOST_ROWS = 1_048_576

/** Goes through all rows of a sheet and keeps no more of them than it gives back. */
export async function askSheet(
  sheet: Sheet,
  question: Question,
  signal?: AbortSignal,
): Promise<Answer> {
  const manner = mannerIn(sheet)
  const sample = [...sampleOf(typed(sheet, manner))]
  const layout = layoutOf(sample, question.header)
  const within = rangeOf(question.range)
  const tests = (question.where ?? []).map(({ column, test, value = '' }) => {
    const at = columnNamed(column, layout)
    return ({ cells }: Row) => passes(cells[at] ?? null, test, value)
  })
  const isWanted = (row: Row) =>
    row.number > (layout.header ?? 0) &&
    row.cells.some((cell) => cell !== null) &&
    row.number >= within.top &&
    row.number <= within.bottom &&
    tests.every((test) => test(row))
  const taker =
    question.groupBy?.length || question.sums?.length
      ? new Groups(question, layout)
      : new Rows(question, layout, within)

  let [count, last] = [0, null as Row | null]
  for (const row of typed(sheet, manner)) {
    if (++count > MOST_ROWS) break
    if (count % AT_ONCE === 0) {
      await afterwards()
      throwIfAborted(signal)
    }
    if (!isWanted(row)) continue
    last = row
    taker.add(row)
  }
  const result = taker.result()
  const notes = [
    ...sheet.notes(),
    ...result.notes,
    ...(last && isTotal(last) ? [TOTAL] : []),
    ...(count > MOST_ROWS ? [TOO_LONG] : []),
  ]
  return { layout, ...result, notes }
}

const TOTAL =
  'The last row looks like a total of the others, and is in the result like them: leave it out of sums with where.'

const TOO_LONG = `Only the first ${MOST_ROWS} rows were read, as many as a spreadsheet program takes: say so.`

function isTotal({ cells }: Row) {
  const word = cells.find((cell) => cell !== null)
  return /^(grand )?(total|sum|summe|gesamt|totale|totaal|合計|总计|合计)\b/i.test(
    String(word ?? ''),
  )
}

/** Null: the cells say themselves what they are. */
function mannerIn(sheet: Sheet): Manner | null {
  if (!sheet.isWritten) return null
  const texts = [...sampleOf(sheet.rows())].flatMap(({ cells }) => cells)
  return mannerOf(texts.filter((cell) => typeof cell === 'string'))
}

function* typed(sheet: Sheet, manner: Manner | null): Generator<Row> {
  for (const { number, cells } of sheet.rows()) {
    const all = manner
      ? cells.map((cell) => (typeof cell === 'string' ? valueIn(cell, manner) : cell))
      : cells
    yield { number, cells: all }
  }
}

function* sampleOf(rows: Iterable<Row>) {
  let [count, length] = [0, 0]
  for (const row of rows) {
    yield row
    for (const cell of row.cells) if (typeof cell === 'string') length += cell.length
    if (++count >= SAMPLE || length >= LONGEST_SAMPLE) return
  }
}
