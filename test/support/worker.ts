import { Room as RealRoom } from '../../src/index.ts'

export { Account, default } from '../../src/index.ts'

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

export class Room extends RealRoom {
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
    super(ctx, env)
    alive.set(String(ctx.id.name), ctx)
  }
}
