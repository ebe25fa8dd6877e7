import * as z from 'zod'
import type { Campfire, ListedMessage } from '../campfire.ts'
import { holdersOf, saysUnplaced } from '../tables/room/replies/own-messages.ts'
import type { Tables } from '../tables.ts'
import { withoutHeld } from './held.ts'
import type { Tidying } from './tidying.ts'

/** Said in our name, when our Worker was late: with the answer there it is no longer true. */
export const LATE = 'Failed to respond within 7 seconds'
const LEFT = 'late lines left'

/** From where on the room must be listed to find those that would not go, or for which there was no time. */
export function lateSince({ facts }: Tables) {
  return facts.get(LEFT, z.int().nullable())
}

/** Not kept by their numbers: after a restored backup these may be those of our answers. */
export async function removeLateLines(
  tables: Tables,
  campfire: Campfire,
  own: ListedMessage[],
  tidying: Tidying,
) {
  const left: number[] = []
  for (const id of lateIn(tables, own)) {
    if (!(await tidying.try(() => campfire.delete(id)))) left.push(id)
  }
  const since = left.length ? Math.min(...left) - 1 : null
  if (since !== lateSince(tables)) tables.facts.set(LEFT, since)
}

/** The very same words may be an answer of ours. */
function lateIn({ sql }: Tables, own: ListedMessage[]) {
  const late = own.filter(({ plain, file }) => plain === LATE && file === null)
  if (!late.length || saysUnplaced(sql, LATE)) return []
  return withoutHeld(late, (ids) => holdersOf(sql, ids)).map(({ id }) => id)
}
