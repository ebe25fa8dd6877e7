import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Campground } from '../campground/campground.ts'
import type { Dialect } from '../campground/dialect.ts'
import type { Room } from '../campground/rooms.ts'
import type { Change } from '../campground/settlement.ts'
import { type Handle, serve } from '../e2e/support/serve.ts'
import { freePort } from '../start/port.ts'
import { build } from './build.ts'
import { Clock } from './clock.ts'
import { Crowd } from './crowd.ts'
import { Deliveries } from './deliveries.ts'
import type { PlannedLimit } from './limits.ts'
import { AnsweringModel } from './model.ts'
import type { Leap, Plan } from './plan.ts'
import { Served } from './served.ts'
import { Administrator } from './strikes/administrator.ts'
import { BREATH_MS, Kills } from './strikes/kills.ts'
import { type Restored, restore } from './strikes/restore.ts'
import type { Strike } from './strikes/strikes.ts'
import type { Tally } from './tally.ts'
import { Trouble } from './trouble.ts'
import { LimitNews, lookAtLimits } from './verdict/money.ts'

const HOUR = 3_600_000
const LOOKS_MS = 700
const UNWRITTEN = 2_000

/** The built Worker in a process of its own, between a Campfire and a model in ours. */
export class World {
  readonly dialect: Dialect
  readonly campfire: Campground
  readonly model: AnsweringModel
  readonly trouble: Trouble
  readonly crowd: Crowd
  readonly rooms: Room[]
  readonly deliveries: Deliveries
  readonly worker: Served
  readonly bot
  readonly clock = new Clock()
  readonly tally: Tally
  readonly kills: Kills
  readonly administrator: Administrator
  /** Since it was restored from a backup. */
  restored: Restored | null = null
  /** What may be spent, by whom; when that was looked at, where more was, and who was told of it. */
  readonly limits: { for: string; per: string; usd: number }[]
  looks = 0
  readonly passed = new Set<string>()
  readonly limitNews = new LimitNews()
  #backup = 0
  #plan: Plan
  #servers: { close(): Promise<unknown> }[]
  #late = new Set<Promise<void>>()

  static async begin(plan: Plan, wish: Pick<Given, 'seed' | 'dialect' | 'tally'>) {
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

  private constructor({ seed, dialect, tally, plan, port, urls, servers, home, config }: Given) {
    this.#plan = plan
    this.tally = tally
    this.#servers = servers
    this.dialect = dialect
    const { clock } = this
    // A name that can be written in capitals.
    const url = urls.campfire.replace('127.0.0.1', 'localhost')
    const campfire = new Campground({
      origin: url,
      dialect,
      now: () => clock.campfires,
      send: (request) => this.deliveries.send(request),
      route: (deliveries) => this.deliveries.route(deliveries),
    })
    this.campfire = campfire
    this.deliveries = new Deliveries(tally, ({ delivery, isThere }, ms) => {
      const deliver = () => (isThere() ? campfire.webhooks.deliver([delivery]) : undefined)
      this.follow(pause(ms).then(deliver))
    })
    const webhook = `http://127.0.0.1:${port}/webhook`
    this.bot = campfire.addBot('Assistant', { token: '7876b7cdc3d5', webhook, id: 100 })
    this.rooms = []
    const { bot, rooms, deliveries } = this
    const later = (ms: number, what: () => void) => this.follow(pause(ms).then(what))
    this.crowd = new Crowd({
      seed,
      campfire,
      deliveries,
      tally,
      bot,
      rooms,
      later,
      places: plan.places,
    })
    for (const [index, { direct, people }] of plan.places.entries()) {
      const members = [...people.map((person) => this.crowd.person(person)), bot]
      const name = `Room ${index + 1}`
      rooms.push(direct ? campfire.addDirect(members) : campfire.addRoom(name, members))
    }
    this.limits = plan.limits.map((one) => this.#limitOf(one))
    this.model = new AnsweringModel(seed, tally)
    this.trouble = new Trouble(seed, {
      tally,
      clock,
      handle: (request) => campfire.handle(request),
    })
    const isKnown = (id: number) => this.#isKnown(id)
    this.administrator = new Administrator({ seed, campfire, tally, clock, later, isKnown })
    campfire.onChange = (change) => this.#notice(change)
    this.model.onSpeaking = () => void this.kills.isAt('while it speaks')
    this.trouble.onMoment = (moment) => this.kills.isAt(moment)
    const vars = {
      CAMPFIRE_URL: url,
      BOT_KEYS: `assistant=${bot.key}`,
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: urls.model,
      WEBHOOK_SECRET: '',
      BUDGETS: this.limits.length ? JSON.stringify(this.limits) : '',
    }
    this.worker = new Served({ home, config, port, vars, clock, rooms: () => this.#ids })
    this.kills = new Kills(this, url)
  }

  #limitOf({ for: whose, index, per, usd }: PlannedLimit) {
    const names = {
      installation: () => 'installation',
      bot: () => 'bot:assistant',
      room: () => `room:${this.rooms[index]?.id}`,
      person: () => `person:${this.crowd.person(index)}`,
    }
    return { for: names[whose](), per, usd }
  }

  /** All of the plan, in its time. */
  async live() {
    await this.worker.start()
    const began = Date.now()
    const until = began + (this.#plan.events.at(-1)?.at ?? 0) + BREATH_MS
    const looking = setInterval(() => this.#look(), LOOKS_MS)
    for (const event of this.#plan.events) {
      await pause(Math.max(0, began + event.at - Date.now()))
      if (event.what === 'says') this.follow(this.crowd.says(event))
      else if (event.what === 'kill') this.kills.next(event, until)
      else if (event.what === 'leap') this.follow(this.#leap(event))
      else if (event.what === 'outage') this.#goDown(event.forMs)
      else this.follow(this.#strike(event))
    }
    await this.kills.settle()
    clearInterval(looking)
  }

  /** No more of it: from here on nothing goes wrong, and what is late comes in. */
  async calm() {
    this.kills.calm()
    this.trouble.isOn = false
    this.model.isUnkind = false
    await this.settle()
  }

  /** What people have begun to do is done, and what Campfire has begun to send is sent. */
  async settle() {
    while (this.#late.size) await Promise.all(this.#late)
    await this.campfire.settled()
  }

  async passes(ms: number) {
    await this.worker.passes(ms)
  }

  async ringsIn() {
    return await this.worker.ringsIn()
  }

  /** One thing more in every room: after all that, it is answered like any other. */
  async sayLastWords() {
    const said = this.#plan.places.map(({ people }, room) => {
      const words = {
        at: 0,
        room,
        person: people[0] ?? 0,
        kind: 'says',
        words: 'All well?',
      } as const
      return this.crowd.says({ ...words, what: 'says', ...UNTROUBLED })
    })
    await Promise.all(said)
  }

  get #ids() {
    return this.rooms.map(({ id }) => id)
  }

  async end() {
    await this.worker.end()
    await Promise.all(this.#servers.map((server) => server.close()))
  }

  /** At what is spent, and reserved; a Worker that is down tells nothing. */
  #look() {
    if (!this.limits.length) return
    this.follow(
      lookAtLimits(this).then(
        () => {},
        () => {},
      ),
    )
  }

  /** A Worker that is down hears of it when it starts. */
  async #leap({ byMs }: Leap) {
    this.tally.count('clock', `put forward by ${byMs / 1_000} s`)
    await this.passes(byMs).catch(() => {})
  }

  #goDown(ms: number) {
    this.tally.count('Campfire', 'outages')
    this.trouble.isDown = true
    this.follow(
      pause(ms).then(() => {
        this.trouble.isDown = false
      }),
    )
  }

  async #strike(strike: Strike) {
    switch (strike.what) {
      case 'page': {
        this.trouble.page = strike.page
        await pause(strike.forMs)
        if (this.trouble.page === strike.page) this.trouble.page = null
        return
      }
      case 'backup':
        this.#backup = this.campfire.messages.lastIds.lastMessageId
        return
      case 'restore':
        this.tally.count('Campfire', 'restored from a backup')
        return await restore(this, this.#backup)
      case 'clock back':
        this.tally.count('clock', 'put back by an hour')
        return await this.worker.goesBack(HOUR).catch(() => {})
    }
  }

  /** So long before a kill what somebody was told may not have been written down. */
  #isKnown(message: number) {
    const at = this.trouble.told.get(message)
    return (
      at !== undefined && !this.kills.deaths.some(({ from }) => from > at && from < at + UNWRITTEN)
    )
  }

  #notice(change: Change) {
    this.crowd.notice(change)
    const post = this.campfire.messages.find(change.message ?? 0)
    const isOurs = post?.creator === this.bot.id
    if (post && isOurs && change.what !== 'boost') this.administrator.notice(post.id)
  }

  follow(work: Promise<void>) {
    const followed = work.finally(() => this.#late.delete(followed))
    this.#late.add(followed)
    followed.catch(() => {})
  }
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

const UNTROUBLED = { fate: null, lateMs: 0, regret: null, regretMs: 0 }

const closed: Handle = async () => new Response(null, { status: 503 })
