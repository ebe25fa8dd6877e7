import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { nameOf } from '../../src/address.ts'
import { isEmpty, migrate } from '../../src/storage.ts'
import type { Arrival, Message } from '../../src/tables/room/message.ts'
import { MIGRATIONS } from '../../src/tables/room/schema.ts'
import type { Tier, TurnKind } from '../../src/tables/room/turns.ts'
import { Turns } from '../../src/tables/room/turns.ts'

/** The tables of a room, and what it costs to use them. */
export interface Rows {
  sql: SqlStorage
  storage: DurableObjectStorage
  /** Rows written and read since this was last asked. */
  cost(): { written: number; read: number }
}

let rooms = 0

/** A room that nobody has spoken in, with its real tables. */
export async function inRoom<T>(work: (rows: Rows) => T | Promise<T>): Promise<T> {
  const place = { url: 'https://chat.example.com', room: 1_000 + ++rooms, bot: 3 }
  const room = env.ROOMS.getByName(nameOf(place))
  return await runInDurableObject(room, (_, { storage }) => {
    tablesIn(storage)
    return work(counted(storage))
  })
}

/** Also of a room that has none yet: it creates them with the first word that it hears. */
export function tablesIn(storage: DurableObjectStorage) {
  if (isEmpty(storage.sql)) migrate(storage, MIGRATIONS)
  return storage.sql
}

export function counted(storage: DurableObjectStorage): Rows {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
  const exec: SqlStorage['exec'] = (query, ...bindings) => {
    const cursor = storage.sql.exec(query, ...bindings)
    cursors.push(cursor)
    return cursor as never
  }
  return {
    storage,
    sql: { exec } as SqlStorage,
    cost() {
      const used = cursors.splice(0)
      return {
        written: used.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
        read: used.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
      }
    },
  }
}

/** What somebody says to the bot. */
export function says(author: number, text: string, changes: Partial<Arrival> = {}): Arrival {
  const room = { name: 'Watercooler', direct: false }
  return {
    id: null,
    author: { id: author, name: NAMES[author] ?? 'Someone' },
    text,
    file: null,
    quote: null,
    mentions: [],
    mentioned: true,
    room,
    ...changes,
  }
}

const NAMES: Record<number, string> = { 1: 'David', 2: 'Jason', 4: 'Kevin' }

/** A turn that takes these, as the room begins one. */
export function takes(sql: SqlStorage, taken: { messages: Message[]; through: number }) {
  const [first] = taken.messages
  return begins(sql, { asker: first?.author ?? 1, takenThrough: taken.through })
}

export function begins(
  sql: SqlStorage,
  changes: Partial<Parameters<Turns['begin']>[0]> = {},
): ReturnType<Turns['begin']> {
  const kind: TurnKind = 'talk'
  const tier: Tier = 'cold'
  return new Turns(sql).begin({
    session: 1,
    kind,
    asker: 1,
    asker_name: 'David',
    tier,
    prompt: 'hi',
    reason: null,
    signs: null,
    started: 0,
    takenThrough: 0,
    ...changes,
  })
}
