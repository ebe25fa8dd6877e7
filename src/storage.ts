export { oneOf, setAside, stored } from './storage/json-column.ts'
export {
  createTables,
  forgetReads,
  isNew,
  knownAs,
  noticingWrites,
  readOnce,
  rowsOf,
  standing,
} from './storage/known-reads.ts'
export { isEmpty, migrate } from './storage/migrate.ts'
