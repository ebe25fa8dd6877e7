import type { Source } from '../../../src/files/source.ts'
import { askTable, kindOf, type Question, sheetsOf } from '../../../src/files.ts'

export const SALES = [
  ['region', 'day', 'cups', 'price'],
  ['North', '2026-11-02', 3, 2.5],
  ['South', '2026-11-03', 5, 0.1],
  ['North', '2026-12-01', 7, 0.2],
  ['south', '2026-12-02', 2, null],
]

export async function asks(file: Source, question: Partial<Question> = {}, sheet?: string) {
  const sheets = await sheetsOf(file, kindOf(file).kind)
  return await askTable(sheets, { sheet, question: { from: 0, limit: 50, ...question } })
}
