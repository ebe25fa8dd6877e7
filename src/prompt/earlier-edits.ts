import type { SessionRow } from '../tables/room/sessions.ts'
import type { Tables } from '../tables.ts'
import { editedSince, rewordedOf } from './edited.ts'
import type { Shown } from './pages.ts'

/** About a page. */
const NEWEST = 40

/** What the model has read here before this turn, and what reads otherwise by now. The archive follows the room. */
export function earlierEdits(
  { session, numbers, archive }: Tables,
  {
    shown,
    session: current,
    turn,
  }: { shown: ReadonlyMap<number, Shown>; session: SessionRow; turn: number },
) {
  const { turn: before } = numbers.era()
  const past = session.past(current, turn).filter(({ id }) => id > before)
  const edited = editedSince(past, shown)
  // A session that has just begun has read nothing, and the archive outlives sessions.
  const kept = past.length ? [] : archive.newest(NEWEST)
  const reworded = [...edited, ...rewordedOf(kept, shown)]
  archive.reword(new Map(reworded.map(({ id, text }) => [Number(id), text])))
  return edited
}
