import { Campfire } from '../../src/campfire.ts'
import { asPages } from '../../src/history/keep-pages.ts'
import { waking } from '../../src/index/waking.ts'
import worker, { Account, Person } from '../../src/index.ts'
import { Room as RealRoom } from '../../src/room.ts'
import type { RoomReport } from '../../src/runtime.ts'
import { Reminders } from '../../src/tables/room/reminders/to-come.ts'
import { openTables } from '../../src/tables.ts'

export { Account, Person }
export const Room = waking(async () => WatchedRoom)

/** Our Worker with windows in it, for what cannot be seen from outside. */
export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext) {
    const { pathname } = new URL(request.url)
    if (pathname === '/bench/tell') await tell(env, await request.json())
    else if (pathname === '/bench/load') load = await request.json()
    else if (pathname === '/bench/carry') await carry(env)
    else if (pathname === '/bench/least') return await intoRoom(env, request, '/least')
    else if (pathname === '/bench/remind') return await intoRoom(env, request, '/remind')
    else if (pathname === '/bench/index') return await intoRoom(env, request, '/index')
    else return worker.fetch(request, env, ctx)
    return new Response(null, { status: 204 })
  },
}

async function tell(env: Env, { account, room, report }: Telling) {
  await env.ACCOUNTS.getByName(account).report(room, report)
}

async function intoRoom(env: Env, request: Request, path: string) {
  const wish = (await request.json()) as { room: string }
  const init = { method: 'POST', body: JSON.stringify(wish) }
  return await env.ROOMS.getByName(wish.room).fetch(`https://room${path}`, init)
}

/** What is to come in a room: each of these words at its time, in ms since 1970. */
export interface Reminding {
  room: string
  all: { text: string; due: number }[]
}

/** So many pages of a room are read back, one after the other, and nobody is polite about it. */
export interface Indexing {
  room: string
  key: string
  pages: number
}

/** What came of it: the pages that there were, what they cost in rows, and whether all is listed. */
export interface Indexed {
  pages: number
  written: number
  isWhole: boolean
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
class WatchedRoom extends RealRoom {
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

  override async fetch(request: Request) {
    if (request.url.endsWith('/remind')) return await this.#remind(await request.json())
    if (request.url.endsWith('/least')) return await this.#least()
    return Response.json(await this.#index(await request.json()))
  }

  /** As `listBack` does it, but for the rest between two pages. */
  async #index({ key, pages }: Indexing): Promise<Indexed> {
    const tables = openTables(this.ctx, this.env)
    const { index, place, service, now } = tables
    const campfire = new Campfire({ url: service.address, room: place.room, key })
    index.begin()
    this.#cursors.length = 0
    for (let page = 0; page < pages; page++) {
      const before = index.cursor()
      if (before === undefined) return { pages: page, written: this.#written(), isWhole: true }
      const listed = await campfire.list(before === null ? undefined : { before })
      index.add(asPages(tables, listed), now(), { historyDays: 365, indexPerDay: 100_000 })
      await this.ctx.storage.sync()
    }
    return { pages, written: this.#written(), isWhole: index.cursor() === undefined }
  }

  #written() {
    const used = this.#cursors.splice(0)
    return used.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0)
  }

  /** What no turn can do without, and nothing else: a row and an alarm on the disk, and then the request. */
  async #least() {
    const { storage } = this.ctx
    storage.sql.exec('CREATE TABLE IF NOT EXISTS least (words TEXT)')
    storage.sql.exec('INSERT INTO least (words) VALUES (?)', 'hello')
    const armed = storage.setAlarm(Date.now() + DAY)
    await Promise.all([carry(this.env), armed])
    return new Response(null, { status: 204 })
  }

  /** Sets reminders up as somebody's wish would. */
  async #remind({ all }: Reminding) {
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

const DAY = 24 * 60 * 60_000
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
