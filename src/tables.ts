import { type Place, placeOf, type Service, serviceOf } from './address.ts'
import {
  createLater,
  createTables,
  forgetReads,
  isEmpty,
  migrate,
  noticingWrites,
} from './storage.ts'
import { Approvals } from './tables/room/approvals.ts'
import { RoomIndex } from './tables/room/archive/room-index.ts'
import { Archive } from './tables/room/archive.ts'
import { CrashLoopGuard } from './tables/room/attempts.ts'
import { BotVersions } from './tables/room/bot-versions.ts'
import { Leases } from './tables/room/budget/leases.ts'
import { Compactions } from './tables/room/compactions.ts'
import { Facts } from './tables/room/facts.ts'
import { Files } from './tables/room/files.ts'
import { RoomHealth } from './tables/room/health.ts'
import { Servers } from './tables/room/mcp/servers.ts'
import { Forgotten } from './tables/room/messages/forgotten.ts'
import { Numbers } from './tables/room/messages/numbers.ts'
import { Inbox } from './tables/room/messages.ts'
import { OwnName, whereaboutsIn } from './tables/room/people/whereabouts.ts'
import { People } from './tables/room/people.ts'
import { Reminders } from './tables/room/reminders/to-come.ts'
import { MIGRATIONS } from './tables/room/schema.ts'
import { Session } from './tables/room/sessions.ts'
import { Turns } from './tables/room/turns.ts'

/** The tables of a room, and where it is. Everything that is stored of it is reached through here. */
export interface Tables {
  place: Place
  service: Service
  sql: SqlStorage
  facts: Facts
  inbox: Inbox
  numbers: Numbers
  turns: Turns
  session: Session
  compactions: Compactions
  leases: Leases
  archive: Archive
  index: RoomIndex
  people: People
  ownName: OwnName
  versions: BotVersions
  approvals: Approvals
  reminders: Reminders
  servers: Servers
  forgotten: Forgotten
  files: Files
  attempts: CrashLoopGuard
  health: RoomHealth
  /** All of it, or nothing. */
  atomically<T>(work: () => T): T
  now(): number
}

export function openTables(
  { id, storage }: DurableObjectState,
  env: Parameters<typeof serviceOf>[1] = {},
): Tables {
  const create = () => migrate(storage, MIGRATIONS)
  const sql = noticingWrites(storage.sql)
  if (isEmpty(storage.sql)) createLater(sql, create)
  else create()
  const place = placeOf(id.name)
  const numbers = new Numbers(sql)
  const people = new People(sql, place.bot)
  const rows = { facts: new Facts(sql), inbox: new Inbox(sql, numbers), turns: new Turns(sql) }
  const ownName = new OwnName(rows.facts)
  return {
    place,
    service: serviceOf(place, env),
    sql,
    ...rows,
    numbers,
    attempts: new CrashLoopGuard(rows, Date.now()),
    health: new RoomHealth(rows.facts),
    session: new Session(sql),
    compactions: new Compactions(sql),
    leases: new Leases(sql),
    archive: new Archive(sql, { numbers, people }),
    index: new RoomIndex(sql, { facts: rows.facts, numbers }),
    people,
    ownName,
    versions: new BotVersions(rows.facts),
    approvals: new Approvals(sql),
    reminders: new Reminders(sql),
    servers: new Servers(sql),
    files: new Files(sql),
    forgotten: new Forgotten(sql, { facts: rows.facts, numbers, people, ownName }, place.bot),
    atomically: (work) => atomically(storage, sql, work),
    now: () => Date.now(),
  }
}

function atomically<T>(
  storage: Pick<DurableObjectStorage, 'transactionSync'>,
  sql: SqlStorage,
  work: () => T,
): T {
  createTables(sql)
  try {
    return storage.transactionSync(work)
  } catch (error) {
    forgetReads(sql)
    throw error
  }
}

/** What was last heard of the room itself. */
export function roomIn({ facts }: Pick<Tables, 'facts'>) {
  const { name, direct } = whereaboutsIn(facts)
  return { name, direct }
}

/** What people call us in this room; the name in the bot's file until somebody or something shows it. */
export function nameHere({ ownName }: Tables, bot: { name: string }) {
  return ownName.get() ?? bot.name
}

/** The names that may stand beside one word to us. Rows are read only where one can: Campfire leaves ours out. */
export function namesBeside(text: string, tables: Tables, bot: { name: string }) {
  return /[@＠﹫]/.test(text) ? [nameHere(tables, bot), bot.name] : [bot.name]
}
