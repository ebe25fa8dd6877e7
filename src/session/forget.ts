import * as z from 'zod'
import { Pins } from '../tables/room/pins.ts'
import { roomIn, type Tables } from '../tables.ts'
import { endSession } from './end.ts'

/** How far turns have lost their words. */
export const ERASED = 'erased through turn'
export const Through = z.int()

/** In a direct all of it; in a room what this person said, and the session that everybody shares. */
export function forget(tables: Tables, asker: number) {
  const author = roomIn(tables).direct ? null : asker
  tables.archive.forget(author)
  new Pins(tables.sql).forget(author)
  endSession(tables, 'forgotten')
  eraseAll(tables)
}

/** Erases the words of every turn that is over, as if they had never been said; receipts stay. */
function eraseAll({ facts, turns, session, compactions }: Tables) {
  compactions.erase()
  session.erase(facts.get(ERASED, Through) ?? 0)
  const last = turns.last()
  // The newest is open still, as is what was set aside: their own words go when their time comes.
  const open = turns.aside()[0] ?? last
  if (open) facts.set(ERASED, open.id - 1)
}
