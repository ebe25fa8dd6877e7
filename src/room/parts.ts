import { Archive } from './archive.ts'
import { Facts } from './facts.ts'
import { Inbox } from './inbox.ts'
import { type Place, placeOf } from './place.ts'
import { migrate } from './schema.ts'
import { Session } from './session.ts'
import { Turns } from './turns.ts'

/** What a room consists of. */
export interface Parts {
  place: Place
  sql: SqlStorage
  facts: Facts
  inbox: Inbox
  turns: Turns
  session: Session
  archive: Archive
  now(): number
}

export function partsOf({ id, storage }: DurableObjectState): Parts {
  migrate(storage)
  const { sql } = storage
  return {
    place: placeOf(id.name),
    sql,
    facts: new Facts(sql),
    inbox: new Inbox(sql),
    turns: new Turns(sql),
    session: new Session(sql),
    archive: new Archive(sql),
    now: () => Date.now(),
  }
}

/** What was last heard of the room itself. */
export function roomIn({ facts }: Parts) {
  return (
    facts.get<{ name: string | null; direct: boolean }>('room') ?? { name: null, direct: false }
  )
}
