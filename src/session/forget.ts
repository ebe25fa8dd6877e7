import * as z from 'zod'
import { Pins } from '../tables/room/pins.ts'
import { type Parts, roomIn } from '../tables.ts'

/** How far turns have lost their words. */
export const ERASED = 'erased through turn'
export const Through = z.int()

/** In a direct all of it; in a room what this person said, and the session that everybody shares. */
export function forget(parts: Parts, asker: number) {
  const author = roomIn(parts).direct ? null : asker
  parts.archive.forget(author)
  new Pins(parts.sql).forget(author)
  parts.session.end('forgotten', parts.now())
  eraseAll(parts)
}

/** Erases the words of every turn that is over, as if they had never been said; receipts stay. */
function eraseAll({ facts, turns, session, compactions }: Parts) {
  compactions.erase()
  session.erase(facts.get(ERASED, Through) ?? 0)
  const last = turns.last()
  // The newest is open still, and its own words go when their time comes.
  if (last) facts.set(ERASED, last.id - 1)
}
