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
/** Others run in the same process. */
const AT_ONCE = 2_000

/** Goes through all rows of a sheet and keeps no more of them than it gives back. */
export async function askSheet(
  sheet: Sheet,
  question: Question,
  signal?: AbortSignal,
): Promise<Answer> {
  const manner = mannerIn(sheet)
  const sample = [...take(typed(sheet, manner), SAMPLE)]
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
    if (++count % AT_ONCE === 0) {
      await afterwards()
      throwIfAborted(signal)
    }
    if (!isWanted(row)) continue
    last = row
    taker.add(row)
  }
  const result = taker.result()
  const notes = [...sheet.notes(), ...result.notes, ...(last && isTotal(last) ? [TOTAL] : [])]
  return { layout, ...result, notes }
}

const TOTAL =
  'The last row looks like a total of the others, and is in the result like them: leave it out of sums with where.'

function isTotal({ cells }: Row) {
  const word = cells.find((cell) => cell !== null)
  return /^(grand )?(total|sum|summe|gesamt|totale|totaal|合計|总计|合计)\b/i.test(
    String(word ?? ''),
  )
}

/** Null: the cells say themselves what they are. */
function mannerIn(sheet: Sheet): Manner | null {
  if (!sheet.isWritten) return null
  const texts = [...take(sheet.rows(), SAMPLE)].flatMap(({ cells }) => cells)
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

function* take<T>(all: Iterable<T>, most: number) {
  let left = most
  if (left <= 0) return
  for (const one of all) {
    yield one
    if (--left <= 0) return
  }
}
