import type { Ending } from '../tables/room/sessions.ts'
import type { Tables } from '../tables.ts'

/** Whatever ends it: what it has asked a yes for is withdrawn with it, and what it has handed to the API goes there. */
export function endSession({ session, approvals, files, now }: Tables, ending: Ending) {
  session.end(ending, now())
  approvals.withdraw(now())
  files.uploads.leaveAll()
}
