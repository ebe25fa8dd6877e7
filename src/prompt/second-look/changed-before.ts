import type { Page } from '../../campfire.ts'
import type { TurnRow } from '../../tables/room/turns.ts'
import type { Tables } from '../../tables.ts'
import { dropDeleted } from '../drop-deleted.ts'
import { earlierEdits } from '../earlier-edits.ts'
import type { PageRead } from '../pages.ts'
import { goneIn } from '../read-along.ts'

/**
 * What the list would have told before the turn, where nobody waited for it: who is here, and what was deleted
 * or edited of what earlier turns have read. Null: nothing of that, so the model was asked as it is.
 */
export function changedBefore(
  tables: Tables,
  row: TurnRow,
  { page, read }: { page: Page; read: PageRead },
) {
  const { numbers, people, ownName, session, now } = tables
  numbers.seen(page, now())
  people.learn(read.sightings)
  ownName.learn(read.ownSightings)
  const hasLost = dropDeleted(tables, goneIn(tables, [read], row.id))
  const current = session.current()
  const isOurs = current?.id === row.session
  const edited = isOurs
    ? earlierEdits(tables, { shown: read.shown, session: current, turn: row.id })
    : []
  return hasLost || edited.length ? { edited, hasLost } : null
}
