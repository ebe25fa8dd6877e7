export { createLater, createTables, isNew } from './storage/creation.ts'
export { oneOf, setAside, stored } from './storage/json-column.ts'
export {
  forgetReads,
  knownAs,
  noticingWrites,
  readOnce,
  rowsOf,
  standing,
} from './storage/known-reads.ts'
export { isEmpty, migrate } from './storage/migrate.ts'
