import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { QueueStats, RoomOverview } from '../../src/operator/schemas.ts'
import { Campground } from '../campground/campground.ts'
import type { Dialect } from '../campground/dialect.ts'
import type { Person } from '../campground/people.ts'
import type { Room } from '../campground/rooms.ts'
import { type Handle, serve } from '../e2e/support/serve.ts'
import { freePort } from '../start/port.ts'
import { WranglerDev } from '../start/wrangler-dev.ts'
import { build } from './build.ts'
import { Deliveries } from './deliveries.ts'
import { AnsweringModel } from './model.ts'
import { type Aim, type Kill, PEOPLE, type Plan, type Saying } from './plan.ts'
import type { Tally } from './tally.ts'
import { Trouble } from './trouble.ts'

const ADMIN_TOKEN = 'letmein'
/** For what a kill waits for, and then it comes anyway. */
const AIMS_FOR = 4_000

/** The built Worker in a process of its own, between a Campfire and a model in ours. */
export class World {
  readonly campfire: Campground
  readonly model: AnsweringModel
  readonly trouble: Trouble
  readonly rooms: Room[]
  readonly deliveries: Deliveries
  readonly kills: number[] = []
  readonly bot
  #people: Person[]
  #plan: Plan
  #tally: Tally
  #home: string
  #config: string
  #port: number
  #vars: Record<string, string>
  #servers: { close(): Promise<unknown> }[]
  #worker: WranglerDev | null = null
  #log: number
  #isOver = false
  #kills: Promise<void> = Promise.resolve()
  #late = new Set<Promise<void>>()
  #aimed: { aim: Aim; fire: () => Promise<void> } | null = null

  static async begin(plan: Plan, wish: { seed: string; dialect: Dialect; tally: Tally }) {
    const doors: { campfire: Handle; model: Handle } = { campfire: closed, model: closed }
    const servers: { url: string; close(): Promise<unknown> }[] = []
    const home = mkdtempSync(join(tmpdir(), 'firekeeper-chaos-'))
    process.once('exit', () => rmSync(home, { recursive: true, force: true }))
    try {
      const config = await build(home)
      const campfire = await serve((request) => doors.campfire(request))
      servers.push(campfire)
      const model = await serve((request) => doors.model(request))
      servers.push(model)
      const port = await freePort()
      const urls = { campfire: campfire.url, model: model.url }
      const world = new World({ ...wish, plan, home, config, port, urls, servers })
      doors.campfire = world.trouble.handle
      doors.model = world.model.handle
      return world
    } catch (error) {
      await Promise.all(servers.map((server) => server.close()))
      throw error
    }
  }

  private constructor(given: Given) {
    const { seed, dialect, tally, plan, port, urls } = given
    this.#plan = plan
    this.#tally = tally
    this.#home = given.home
    this.#config = given.config
    this.#port = port
    this.#servers = given.servers
    this.#log = openSync(join(given.home, 'worker.log'), 'a')
    this.campfire = new Campground({
      origin: urls.campfire,
      dialect,
      send: (request) => this.deliveries.send(request),
      route: (deliveries) => this.deliveries.route(deliveries),
    })
    const { campfire } = this
    this.deliveries = new Deliveries(tally, (late, ms) => {
      this.#follow(pause(ms).then(() => campfire.webhooks.deliver([late])))
    })
    this.#people = PEOPLE.map((name) => campfire.addPerson(name))
    const webhook = `http://127.0.0.1:${port}/webhook`
    this.bot = campfire.addBot('Assistant', { token: '7876b7cdc3d5', webhook })
    this.rooms = plan.places.map(({ direct, people }, index) => {
      const members = [...people.map((person) => this.#person(person)), this.bot]
      return direct ? campfire.addDirect(members) : campfire.addRoom(`Room ${index + 1}`, members)
    })
    this.model = new AnsweringModel(seed, tally)
    this.trouble = new Trouble(seed, tally, (request) => campfire.handle(request))
    this.model.onSpeaking = () => void this.#isAt('while it speaks')
    this.trouble.onMoment = (moment) => this.#isAt(moment)
    this.#vars = {
      CAMPFIRE_URL: urls.campfire,
      BOT_KEYS: `assistant=${this.bot.key}`,
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: urls.model,
      ADMIN_TOKEN,
      WEBHOOK_SECRET: '',
    }
  }

  get log() {
    return join(this.#home, 'worker.log')
  }

  /** All of the plan, in its time. */
  async live() {
    await this.start()
    const began = Date.now()
    for (const event of this.#plan.events) {
      await pause(Math.max(0, began + event.at - Date.now()))
      // A Worker that does not come back is the end of it.
      this.#kills.catch(() => {})
      if (event.what === 'says') this.#says(event)
      else if (event.what === 'kill') this.#kills = this.#kills.then(() => this.#kill(event))
      else this.#goDown(event.forMs)
    }
    await this.#kills
  }

  /** No more of it: from here on nothing goes wrong, and what is late comes in. */
  async calm() {
    this.#aimed = null
    this.trouble.isOn = false
    this.model.isUnkind = false
    while (this.#late.size) await Promise.all(this.#late)
    await this.campfire.settled()
  }

  async start() {
    if (this.#isOver) return
    const { home, port, vars } = { home: this.#home, port: this.#port, vars: this.#vars }
    const output = this.#log
    const config = this.#config
    this.#worker = new WranglerDev({ name: 'The Worker', config, port, vars, home, output })
    await this.#worker.isUp()
  }

  async overview(room: number): Promise<RoomOverview> {
    return (await (await this.#ask(`/rooms/${room}/assistant`)).json()) as RoomOverview
  }

  /** The session's lines, as far as it is remembered. */
  async session(room: number): Promise<{ turn?: number; prompt?: string; steps?: Heard[] }[]> {
    const text = await (await this.#ask(`/rooms/${room}/assistant/session`)).text()
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }

  async queue(): Promise<QueueStats> {
    return (await (await this.#ask('/queue/stats')).json()) as QueueStats
  }

  async end() {
    this.#isOver = true // a kill that is under way starts nothing any more
    await this.#worker?.kill()
    await Promise.all(this.#servers.map((server) => server.close()))
  }

  async #ask(path: string) {
    const answer = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      signal: AbortSignal.timeout(15_000),
    })
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
    return answer
  }

  #says(saying: Saying) {
    const room = this.rooms[saying.room]
    if (!room) throw new Error(`There is no room ${saying.room}`)
    const isDirect = room.type === 'direct'
    const mentions = saying.aside || isDirect ? [] : [this.bot]
    // Its number is known before it is delivered: the route of that wants to look it up.
    const id = this.campfire.messages.lastIds.lastMessageId + 1
    if (!saying.aside) this.deliveries.expect({ id, room: room.id, saying })
    this.#tally.count('people', saying.aside ? 'said aside' : 'asked')
    const said = { text: saying.words, mentions }
    this.#follow(this.campfire.says(this.#person(saying.person), room, said).delivered)
  }

  async #kill({ aim, downMs }: Kill) {
    const killed = Promise.withResolvers<void>()
    const fire = async () => {
      this.#aimed = null
      this.kills.push(Date.now())
      await this.#worker?.kill()
      killed.resolve()
    }
    if (aim === 'at once') await fire()
    else this.#aimed = { aim, fire }
    const inTime = await Promise.race([
      killed.promise.then(() => true),
      pause(AIMS_FOR, false, { ref: false }),
    ])
    if (!inTime) await fire()
    this.#tally.count('kill -9', inTime ? aim : 'at once')
    await pause(downMs)
    await this.start()
  }

  async #isAt(moment: Aim) {
    if (this.#aimed?.aim !== moment) return false
    await this.#aimed.fire()
    return true
  }

  #goDown(ms: number) {
    this.#tally.count('Campfire', 'outages')
    this.trouble.isDown = true
    this.#follow(
      pause(ms).then(() => {
        this.trouble.isDown = false
      }),
    )
  }

  #follow(work: Promise<void>) {
    const followed = work.finally(() => this.#late.delete(followed))
    this.#late.add(followed)
    followed.catch(() => {})
  }

  #person(index: number): Person {
    const person = this.#people[index]
    if (!person) throw new Error(`There is no person ${index}`)
    return person
  }
}

export interface Heard {
  notice: string | null
}

interface Given {
  seed: string
  dialect: Dialect
  tally: Tally
  plan: Plan
  home: string
  config: string
  port: number
  urls: { campfire: string; model: string }
  servers: { close(): Promise<unknown> }[]
}

const closed: Handle = async () => new Response(null, { status: 503 })
