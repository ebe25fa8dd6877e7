import type { askSheet as ask } from './table/ask.ts'

export type { Answer } from './table/ask.ts'
export { TESTS } from './table/filter.ts'
export type { Question } from './table/question.ts'
export { SPANS, SUMS } from './table/sum.ts'

/** Loaded when somebody asks a table something. */
export async function askSheet(...asked: Parameters<typeof ask>) {
  const { askSheet } = await import('./table/ask.ts')
  return await askSheet(...asked)
}
