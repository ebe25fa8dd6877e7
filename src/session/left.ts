import { Pins } from '../tables/room/pins.ts'
import type { Tables } from '../tables.ts'
import { resetSession } from './forget.ts'

/**
 * The bot is out of the room for good: all that was said there goes, what was remembered of it, and the
 * files that people gave. Receipts stay; so do lists and reminders, which are the team's own and no words of a conversation.
 */
export function forgetRoom(tables: Tables) {
  resetSession(tables)
  tables.archive.forget(null)
  tables.index.switchOff()
  new Pins(tables.sql).forget(null)
  tables.files.forget(null)
}
