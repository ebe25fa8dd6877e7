export { type Answer, askSheet } from './table/ask.ts'
export { TESTS } from './table/filter.ts'
export type { Question } from './table/question.ts'
export { SPANS, SUMS } from './table/sum.ts'
