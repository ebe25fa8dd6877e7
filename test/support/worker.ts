import app from '../../src/index.ts'
import { Person as RealPerson } from '../../src/person.ts'
import { Room as RealRoom } from '../../src/room.ts'
import { forgetReads } from '../../src/storage.ts'

export { Account } from '../../src/index.ts'

export default {
  /** Reads to its end what the Worker leaves unread, as a server does: workerd logs a broken pipe else. */
  async fetch(request: Request, env: Env, ctx: ExecutionContext) {
    const [body, rest] = request.body?.tee() ?? []
    const answer = await app.fetch(body ? new Request(request, { body }) : request, env, ctx)
    await rest?.pipeTo(new WritableStream())
    return answer
  },
}

// The runner prints what workerd logs, but for some words: what a test breaks on purpose breaks with those.
/** Why an object dies that a test kills. */
export const KILLED = 'Instance dispose: killed by a test'
/** What the method of an object throws that a test makes fail. */
export const OUT_OF_ORDER = 'disconnected: operation canceled by a test'

/** The objects that live now, so that a fake network can kill one in the middle of a request. */
export const alive = new Map<string, DurableObjectState>()

/** What the storage of rooms would be billed for: rows, index entries and alarms. */
export const bill = {
  cursors: [] as SqlStorageCursor<Record<string, SqlStorageValue>>[],
  alarms: 0,
  start() {
    this.cursors = []
    this.alarms = 0
  },
  written() {
    return this.alarms + this.cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0)
  },
  read() {
    return this.cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0)
  },
}

/** Whether a message begins its turn at once, as it does; else the test rings the alarm. */
export const pace = { beginsAtOnce: false }

export class Room extends RealRoom {
  protected override beginsAtOnce() {
    return pace.beginsAtOnce
  }

  constructor(ctx: DurableObjectState, env: Env) {
    const { sql } = ctx.storage
    const exec = sql.exec.bind(sql)
    const setAlarm = ctx.storage.setAlarm.bind(ctx.storage)
    sql.exec = (query, ...bindings) => {
      const cursor = exec(query, ...bindings)
      bill.cursors.push(cursor)
      return cursor as never
    }
    ctx.storage.setAlarm = (...alarm) => {
      bill.alarms++
      return setAlarm(...alarm)
    }
    super(ctx, withPassage(env, ctx))
    forgetsWhatTestsWrite(sql, this.tables.sql)
    alive.set(String(ctx.id.name), ctx)
  }
}

/** Nobody else writes to a room's tables, so it knows what it has read; but for a test, behind its back. */
function forgetsWhatTestsWrite(sql: SqlStorage, own: SqlStorage) {
  const [exec, ownExec] = [sql.exec.bind(sql), own.exec.bind(own)]
  let isItself = false
  sql.exec = (query, ...bindings) => {
    if (!isItself && !query.startsWith('SELECT')) forgetReads(own)
    return exec(query, ...bindings) as never
  }
  own.exec = (query, ...bindings) => {
    isItself = true
    try {
      return ownExec(query, ...bindings) as never
    } finally {
      isItself = false
    }
  }
}

type Passing = (
  what: 'recall' | 'change',
  side: 'before' | 'after',
  room: DurableObjectState,
) => Promise<void>

/** Between a room and the objects of people: what is asked of one passes here, on its way there and back. */
export const betweenPeople = {
  meets: null as Passing | null,
  /** What their storage would be billed for. */
  cursors: [] as SqlStorageCursor<Record<string, SqlStorageValue>>[],
  written() {
    return this.cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0)
  },
  read() {
    return this.cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0)
  },
}

/** As a room has it, so that what happens to a request happens to the room. */
function withPassage(env: Env, room: DurableObjectState): Env {
  type Stub = ReturnType<Env['PEOPLE']['getByName']>
  const passing = async <T>(what: 'recall' | 'change', work: () => Promise<T>) => {
    await betweenPeople.meets?.(what, 'before', room)
    const answer = await work()
    await betweenPeople.meets?.(what, 'after', room)
    return answer
  }
  const getByName = (name: string) => {
    const person = env.PEOPLE.getByName(name)
    return {
      recall: (...asked: Parameters<Stub['recall']>) =>
        passing('recall', async () => await person.recall(...asked)),
      remember: (...asked: Parameters<Stub['remember']>) =>
        passing('change', async () => await person.remember(...asked)),
      forget: (...asked: Parameters<Stub['forget']>) =>
        passing('change', async () => await person.forget(...asked)),
    }
  }
  const ACCOUNTS = { getByName: (name: string) => passingAccount(env, name, room) }
  return { ...env, PEOPLE: { getByName }, ACCOUNTS } as unknown as Env
}

/** Between a room and its account: what is asked for money passes here. */
export const betweenAccounts = {
  meets: null as
    | ((
        what: 'take' | 'settle',
        side: 'before' | 'after',
        room: DurableObjectState,
      ) => Promise<void>)
    | null,
  /** How often each room has asked for money. */
  takes: new Map<string, number>(),
  /** So long one such trip waits at the most, in ms of the real clock. */
  longestWait: Number.POSITIVE_INFINITY,
}

function passingAccount(env: Env, name: string, room: DurableObjectState) {
  type Stub = ReturnType<Env['ACCOUNTS']['getByName']>
  const account = env.ACCOUNTS.getByName(name)
  const passing = async <T>(what: 'take' | 'settle', work: () => Promise<T>) => {
    await betweenAccounts.meets?.(what, 'before', room)
    const answer = await work()
    await betweenAccounts.meets?.(what, 'after', room)
    return answer
  }
  return {
    report: (...told: Parameters<Stub['report']>) => account.report(...told),
    knownTo: (holder: string) => account.knownTo(holder),
    botVersion: (...asked: Parameters<Stub['botVersion']>) => account.botVersion(...asked),
    limitsOf: (holder: string) => account.limitsOf(holder),
    serverToken: (...asked: Parameters<Stub['serverToken']>) => account.serverToken(...asked),
    take: (...[holder, asked]: Parameters<Stub['take']>) => {
      const { takes, longestWait } = betweenAccounts
      takes.set(holder, (takes.get(holder) ?? 0) + 1)
      const waitMs = Math.min(asked.waitMs, longestWait)
      return passing('take', async () => await account.take(holder, { ...asked, waitMs }))
    },
    settle: (...told: Parameters<Stub['settle']>) =>
      passing('settle', async () => await account.settle(...told)),
  }
}

export class Person extends RealPerson {
  constructor(ctx: DurableObjectState, env: Env) {
    const { sql } = ctx.storage
    const exec = sql.exec.bind(sql)
    sql.exec = (query, ...bindings) => {
      const cursor = exec(query, ...bindings)
      betweenPeople.cursors.push(cursor)
      return cursor as never
    }
    super(ctx, env)
  }
}
