/** What others may ask of a session: its end, its memory, and telling it in short. */
export { compact, takeInCompaction } from './session/compact.ts'
export { endSession } from './session/end.ts'
export { expire, nextExpiry, sessionEnds } from './session/expiry.ts'
export { forget, noteForgotten, resetSession } from './session/forget.ts'
export { Memory } from './session/memory.ts'
export type { SessionNeeds } from './session/needs.ts'
export { Remedies } from './session/remedies.ts'
export { summarize } from './session/summary.ts'
