import type { Sheet } from './files/cells.ts'
import type { Kind } from './files/kind.ts'
import { type Source, Unreadable } from './files/source.ts'
import { askSheet, type Question } from './files/table.ts'
import type { Text } from './files/text.ts'

export { KINDS, type Kind, kindOf, MIME } from './files/kind.ts'
export { MOST_BYTES_OF_A_PDF, type Pages, pageCountOf, pagesOf } from './files/pdf.ts'
export { type Source, Unreadable } from './files/source.ts'
export { type Answer, type Question, SPANS, SUMS, TESTS } from './files/table.ts'
export type { Text } from './files/text.ts'

interface Asked {
  /** By its name, or its number from 1 on; the first that people see if nothing is said. */
  sheet?: string | undefined
  question: Question
  signal?: AbortSignal | undefined
}

// What reads them is loaded when somebody wants one read.

export async function textOf(source: Source, kind: Kind): Promise<Text> {
  const { textOf } = await import('./files/text.ts')
  return textOf(source, kind)
}

export async function sheetsOf(source: Source, kind: Kind): Promise<Sheet[]> {
  if (kind === 'xlsx') return (await import('./files/xlsx.ts')).sheetsIn(source)
  return [(await import('./files/csv.ts')).csvIn(source)]
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
