/** What was said in the room beside us: how it is kept, and how far back. */
export { keepPages } from './history/keep-pages.ts'
export { indexProgress, listBack, nextPage } from './history/list-back.ts'
