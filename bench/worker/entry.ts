import worker, { Room as RealRoom } from '../../src/index.ts'
import type { RoomReport } from '../../src/runtime.ts'
import { Reminders } from '../../src/tables/room/reminders/to-come.ts'

export { Account, Person } from '../../src/index.ts'

/** Our Worker with windows in it, for what cannot be seen from outside. */
export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext) {
    const { pathname } = new URL(request.url)
    if (pathname === '/bench/tell') await tell(env, await request.json())
    else if (pathname === '/bench/load') load = await request.json()
    else if (pathname === '/bench/carry') await carry(env)
    else if (pathname === '/bench/remind') return await remind(env, request)
    else return worker.fetch(request, env, ctx)
    return new Response(null, { status: 204 })
  },
}

async function tell(env: Env, { account, room, report }: Telling) {
  await env.ACCOUNTS.getByName(account).report(room, report)
}

async function remind(env: Env, request: Request) {
  const reminding = (await request.json()) as Reminding
  const init = { method: 'POST', body: JSON.stringify(reminding) }
  return await env.ROOMS.getByName(reminding.room).fetch('https://room/', init)
}

/** What is to come in a room: each of these words at its time, in ms since 1970. */
export interface Reminding {
  room: string
  all: { text: string; due: number }[]
}

let load: unknown = null

/** Writes down a prompt that was loaded before, and sends it to where the model hears it. */
async function carry({ ANTHROPIC_BASE_URL: url }: Env) {
  const body = JSON.stringify(load)
  const answer = await fetch(`${url}/v1/messages/count_tokens`, { method: 'POST', body })
  await answer.text()
}

/** What happened in a room, told to the account as that room would. */
export interface Telling {
  account: string
  room: string
  report: RoomReport
}

/** A room that says in the log what each run of its alarm, and what was received before it, cost in rows. */
export class Room extends RealRoom {
  #cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[]
  #alarms: { set: number }

  constructor(ctx: DurableObjectState, env: Env) {
    const { storage } = ctx
    const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
    const alarms = { set: 0 }
    const exec = storage.sql.exec.bind(storage.sql)
    const setAlarm = storage.setAlarm.bind(storage)
    storage.sql.exec = (query, ...bindings) => {
      const cursor = exec(query, ...bindings)
      cursors.push(cursor)
      return cursor as never
    }
    storage.setAlarm = (...alarm) => {
      alarms.set++
      return setAlarm(...alarm)
    }
    super(ctx, env)
    this.#cursors = cursors
    this.#alarms = alarms
  }

  /** Sets reminders up as somebody's wish would. */
  override async fetch(request: Request) {
    const { all } = (await request.json()) as Reminding
    const reminders = new Reminders(this.ctx.storage.sql)
    const at = Date.now()
    for (const one of all) reminders.add({ ...REMINDER, ...one, at })
    await this.ctx.storage.setAlarm(Math.min(...all.map(({ due }) => due)))
    return new Response(null, { status: 204 })
  }

  override async alarm() {
    await super.alarm()
    const used = this.#cursors.splice(0)
    const written = used.reduce((sum, { rowsWritten }) => sum + rowsWritten, this.#alarms.set)
    const read = used.reduce((sum, { rowsRead }) => sum + rowsRead, 0)
    this.#alarms.set = 0
    console.log(JSON.stringify({ event: 'bench.rows', written, read }))
  }
}

const REMINDER = {
  asker: 1,
  whom: null,
  isPrompt: false,
  cron: null,
  zone: 'UTC',
  language: 'en' as const,
  message: null,
  isTainted: false,
}
