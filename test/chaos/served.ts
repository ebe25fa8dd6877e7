import { openSync } from 'node:fs'
import { join } from 'node:path'
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
}

/** The built Worker in a process group of its own, and what its operator can ask it. */
export class Served {
  readonly log: string
  #serving: Serving
  #output: number
  #worker: WranglerDev | null = null
  #isOver = false

  constructor(serving: Serving) {
    this.#serving = serving
    this.log = join(serving.home, 'worker.log')
    this.#output = openSync(this.log, 'a')
  }

  async start() {
    if (this.#isOver) return
    const { home, port, config, clock } = this.#serving
    const vars = { ...this.#serving.vars, ADMIN_TOKEN, AHEAD: String(clock.workersAhead) }
    const output = this.#output
    this.#worker = new WranglerDev({ name: 'The Worker', config, port, vars, home, output })
    await this.#worker.isUp()
  }

  async kill() {
    await this.#worker?.kill()
  }

  /** A kill that is under way starts nothing any more. */
  async end() {
    this.#isOver = true
    await this.kill()
  }

  /** Puts the clock forward, over all restarts to come; what is due in these rooms by then rings. */
  async passes(ms: number, rooms: number[]) {
    this.#serving.clock.ahead += ms
    await this.#ask(`/chaos/passes?ms=${ms}&${named(rooms)}`)
  }

  /** In how many ms the next of the rooms rings, 0 while one does. */
  async ringsIn(rooms: number[]) {
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

  async #ask(path: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.#serving.port}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      signal: AbortSignal.timeout(30_000),
    })
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
    return await answer.json()
  }
}

function named(rooms: number[]) {
  return rooms.map((room) => `room=${room}`).join('&')
}
