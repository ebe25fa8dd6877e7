import type { Sheet } from './files/cells.ts'
import { csvIn } from './files/csv.ts'
import type { Kind } from './files/kind.ts'
import { type Source, Unreadable } from './files/source.ts'
import { askSheet, type Question } from './files/table.ts'
import { sheetsIn } from './files/xlsx.ts'

export { KINDS, type Kind, kindOf, MIME } from './files/kind.ts'
export { MOST_BYTES_OF_A_PDF, type Pages, pageCountOf, pagesOf } from './files/pdf.ts'
export { type Source, Unreadable } from './files/source.ts'
export { type Answer, type Question, SPANS, SUMS, TESTS } from './files/table.ts'
export { type Text, textOf } from './files/text.ts'

interface Asked {
  /** By its name, or its number from 1 on; the first that people see if nothing is said. */
  sheet?: string | undefined
  question: Question
  signal?: AbortSignal | undefined
}

export function sheetsOf(source: Source, kind: Kind) {
  return kind === 'xlsx' ? sheetsIn(source) : [csvIn(source)]
}

/** What a question about a table comes to. All of the file is looked at, and nothing of it is kept. */
export async function askTable(sheets: Sheet[], { sheet, question, signal }: Asked) {
  const found =
    sheet === undefined ? sheets.find(({ isHidden }) => !isHidden) : named(sheet, sheets)
  const one = found ?? sheets[0]
  if (!one) throw new Unreadable('The workbook has no sheet with cells.')
  const answer = await askSheet(one, question, signal)
  return { ...answer, sheet: one.name }
}

function named(wanted: string, sheets: Sheet[]) {
  const name = wanted.trim().toLowerCase()
  const found =
    sheets.find((one) => one.name.trim().toLowerCase() === name) ?? sheets[Number(name) - 1]
  if (found) return found
  const names = sheets.map((one) => `“${one.name}”`).join(', ')
  throw new Unreadable(`There is no sheet “${wanted}”. There are: ${names}.`)
}
