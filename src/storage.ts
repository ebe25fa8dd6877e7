export { oneOf, setAside, stored } from './storage/json-column.ts'
export { forgetReads, noticingWrites, readOnce } from './storage/known-reads.ts'
export { migrate } from './storage/migrate.ts'
