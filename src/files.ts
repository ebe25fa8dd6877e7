import { csvIn } from './files/csv.ts'
import { kindOf } from './files/kind.ts'
import { type Source, Unreadable } from './files/source.ts'
import { askSheet, type Question } from './files/table.ts'
import { sheetsIn } from './files/xlsx.ts'

export { type Kind, kindOf, type Sort } from './files/kind.ts'
export { type Pages, pagesOf } from './files/pdf.ts'
export { type Source, Unreadable } from './files/source.ts'
export { type Answer, type Question, SPANS, SUMS, TESTS } from './files/table.ts'
export { type Text, textOf } from './files/text.ts'

interface Asked {
  /** By its name, or its number from 1 on; the first that people see if nothing is said. */
  sheet?: string | undefined
  question: Question
  signal?: AbortSignal | undefined
}

/** What a question about a table comes to. All of the file is looked at, and nothing of it is kept. */
export async function askTable(source: Source, { sheet, question, signal }: Asked) {
  const sheets = sheetsOf(source)
  const found =
    sheet === undefined ? sheets.find(({ isHidden }) => !isHidden) : named(sheet, sheets)
  const one = found ?? sheets[0]
  if (!one) throw new Unreadable('The workbook has no sheet with cells.')
  const answer = await askSheet(one, question, signal)
  return { ...answer, sheet: one.name }
}

export function sheetsOf(source: Source) {
  return kindOf(source).kind === 'xlsx' ? sheetsIn(source) : [csvIn(source)]
}

function named(wanted: string, sheets: ReturnType<typeof sheetsOf>) {
  const name = wanted.trim().toLowerCase()
  const found =
    sheets.find((one) => one.name.trim().toLowerCase() === name) ?? sheets[Number(name) - 1]
  if (found) return found
  const names = sheets.map((one) => `“${one.name}”`).join(', ')
  throw new Unreadable(`There is no sheet “${wanted}”. There are: ${names}.`)
}
