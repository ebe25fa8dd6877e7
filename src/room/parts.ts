import { Approvals } from './approvals.ts'
import { Archive } from './archive.ts'
import { Facts } from './facts.ts'
import { Inbox } from './inbox.ts'
import { People } from './people.ts'
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
  people: People
  approvals: Approvals
  now(): number
}

export function partsOf({ id, storage }: DurableObjectState): Parts {
  migrate(storage)
  const { sql } = storage
  const place = placeOf(id.name)
  return {
    place,
    sql,
    facts: new Facts(sql),
    inbox: new Inbox(sql),
    turns: new Turns(sql),
    session: new Session(sql),
    archive: new Archive(sql),
    people: new People(sql, place.bot),
    approvals: new Approvals(sql),
    now: () => Date.now(),
  }
}

/** What was last heard of the room itself. */
export function roomIn({ facts }: Parts) {
  return (
    facts.get<{ name: string | null; direct: boolean }>('room') ?? { name: null, direct: false }
  )
}
