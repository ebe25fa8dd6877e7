// Both are loaded when the first page is opened.
export { getPage } from './get.ts'
export { wordsOf } from './words-of-page.ts'
