import * as z from 'zod'
import { dropWordsOf } from '../prompt.ts'
import { Pins } from '../tables/room/pins.ts'
import { answeredIn } from '../tables/room/replies/own-messages.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { roomIn, type Tables } from '../tables.ts'
import { endSession } from './end.ts'

/** How far turns have lost their words. */
export const ERASED = 'words erased through turn'
export const Through = z.int()

/**
 * From here on what was said before is read no more, though it still stands in Campfire. In a direct all of
 * it; in a room what this person said, and what they were answered.
 */
export function noteForgotten(
  { forgotten, ...tables }: Tables,
  said: { author: number; id: number | null },
) {
  forgotten.add(whose(tables, said.author), said.id)
}

/** Erases the same, and the session that everybody here shares. */
export function forget(tables: Tables, { asker }: Pick<TurnRow, 'asker'>) {
  const author = whose(tables, asker)
  if (author === null) tables.archive.forget(null)
  else tables.archive.forget(author, answersTo(tables, author))
  new Pins(tables.sql).forget(author)
  endSession(tables, 'forgotten')
  eraseAll(tables)
  tables.files.forget(author)
  for (const row of tables.turns.aside()) dropWordsOf(tables, row, author)
}

/** An operator starts the session anew. What was said stays in the archive, and what was pinned. */
export function resetSession(tables: Tables) {
  endSession(tables, 'reset')
  eraseAll(tables)
}

/** Null: everybody's. */
function whose(tables: Pick<Tables, 'facts'>, author: number) {
  return roomIn(tables).direct ? null : author
}

/** Also in a turn that somebody else had asked in their name. */
function answersTo({ sql, place }: Tables, author: number) {
  const isTheirs = ({ asker }: { asker: number }) => Math.abs(asker) === author
  return { bot: place.bot, isMeant: answeredIn(sql, isTheirs, { unknown: true }) }
}

/** Erases the words of every turn that is over, as if they had never been said; receipts stay. */
function eraseAll({ facts, turns, session, compactions, people }: Tables) {
  compactions.erase()
  session.erase(facts.get(ERASED, Through) ?? 0, undefined, people.named())
  const last = turns.last()
  // The newest is open still, as is what was set aside: their own words go when their time comes.
  const open = turns.aside()[0] ?? last
  if (open) facts.set(ERASED, open.id - 1)
}
