import { openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { QueueStats, RoomOverview } from '../../src/operator/schemas.ts'
import { WranglerDev } from '../start/wrangler-dev.ts'
import type { Clock } from './clock.ts'

const ADMIN_TOKEN = 'letmein'

interface Serving {
  home: string
  config: string
  port: number
  vars: Record<string, string>
  clock: Clock
  /** The rooms in which something may be due. */
  rooms: () => number[]
}

/** The built Worker in a process group of its own, and what its operator can ask it. */
export class Served {
  readonly log: string
  #serving: Serving
  #output: number
  #worker: WranglerDev | null = null
  /** For how much it was last told that its clock was put forward. */
  #told = 0
  #isOver = false

  constructor(serving: Serving) {
    this.#serving = serving
    this.log = join(serving.home, 'worker.log')
    this.#output = openSync(this.log, 'a')
  }

  async start() {
    if (this.#isOver) return
    const { home, port, config } = this.#serving
    const vars = { ...this.#serving.vars, ADMIN_TOKEN, AHEAD: String(this.#told) }
    const output = this.#output
    this.#worker = new WranglerDev({ name: 'The Worker', config, port, vars, home, output })
    await this.#worker.isUp()
    // What was put on while it was down is told now: alarms go by the platform's clock, and are put forward with it.
    await this.#tellTime()
  }

  async kill() {
    await this.#worker?.kill()
  }

  /** A kill that is under way starts nothing any more. */
  async end() {
    this.#isOver = true
    await this.kill()
  }

  /** It knows them from its next start on. */
  change(vars: Record<string, string>) {
    Object.assign(this.#serving.vars, vars)
  }

  /** Puts the clock forward, over all restarts to come; what is due by then rings. */
  async passes(ms: number) {
    this.#serving.clock.ahead += ms
    await this.#tellTime()
  }

  /** Puts the Worker's own clock back. Whatever was to ring rings when it would have. */
  async goesBack(ms: number) {
    this.#serving.clock.goBack(ms)
    await this.#tellTime()
  }

  /** How many objects there are for rooms. */
  objects() {
    const folder = join(this.#serving.home, 'storage/v3/do/firekeeper-Room')
    return readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)).length
  }

  /** When each of them rings, in real time, by its name: read off the disk, since whoever asks wakes what sleeps. */
  alarms() {
    const folder = join(this.#serving.home, 'storage/v3/do/firekeeper-Room')
    const disk = new DatabaseSync(join(folder, 'metadata.sqlite'), { readOnly: true })
    const rows = disk
      .prepare('SELECT actor_name, scheduled_time / 1000000 AS at FROM _cf_ALARM')
      .all()
    disk.close()
    return new Map(rows.map((row) => [String(row.actor_name), Number(row.at)]))
  }

  async #tellTime() {
    const { clock, rooms } = this.#serving
    const ahead = clock.workersAhead
    await this.#ask(`/chaos/passes?ahead=${ahead}&${named(rooms())}`)
    this.#told = ahead
  }

  /** In how many ms the next of the rooms rings, 0 while one does. */
  async ringsIn() {
    const rooms = this.#serving.rooms()
    const all = (await this.#ask(`/chaos/rings-in?${named(rooms)}`)) as (number | null)[]
    return Math.min(...all.map((ms) => ms ?? Number.POSITIVE_INFINITY))
  }

  /** With all of its turns, newest first. */
  async overview(room: number): Promise<RoomOverview> {
    const newest = (await this.#ask(`/rooms/${room}/assistant`)) as RoomOverview
    const turns = [...newest.turns]
    for (let oldest = turns.at(-1); oldest && oldest.id > 1; oldest = turns.at(-1)) {
      const older = await this.#ask(`/rooms/${room}/assistant?before=${oldest.id}`)
      turns.push(...(older as RoomOverview).turns)
    }
    return { ...newest, turns }
  }

  async queue(): Promise<QueueStats> {
    return (await this.#ask('/queue/stats')) as QueueStats
  }

  async budgets() {
    return await this.#ask('/budgets')
  }

  /** In millionths: what is booked on the limit of all, what the receipts of all rooms say, and what the sums do. */
  async money() {
    const { total } = (await this.#ask('/costs')) as { total: { costDollars: number } }
    const paid = (await this.#ask(`/chaos/money?${named(this.#serving.rooms())}`)) as Money
    return { ...paid, told: Math.round(total.costDollars * 1e6) }
  }

  async #ask(path: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.#serving.port}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      signal: AbortSignal.timeout(30_000),
    })
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
    return await answer.json()
  }
}

interface Money {
  booked: number
  receipts: number
}

function named(rooms: number[]) {
  return rooms.map((room) => `room=${room}`).join('&')
}
