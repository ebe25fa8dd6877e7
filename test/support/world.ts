import { reset, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import type { Room } from '../../src/room.ts'
import { Campground } from '../campground/campground.ts'
import type { Said, Someone } from '../campground/composer.ts'
import type { Dialect } from '../campground/dialect.ts'
import { ScriptedModel } from './model.ts'
import { tablesIn } from './rows.ts'
import { alive, KILLED } from './worker.ts'

const CAMPFIRE = 'https://chat.example.com'
const MODEL = 'https://api.anthropic.com'
const WEEK = 7 * 86_400_000

/** What goes wrong with a request that leaves us. Resolves to an answer to have it instead. */
export type Fault = (request: Request, when: 'before' | 'after') => Promise<Response | undefined>

/** A Campfire with people in it, a model with a script, and our Worker between them. */
export class World {
  readonly campfire: Campground
  readonly model = new ScriptedModel()
  /** Requests to places where we have no business. */
  readonly strays: string[] = []
  fault: Fault | null = null
  /** Other servers, by their origin. */
  readonly elsewhere = new Map<string, (request: Request) => Promise<Response>>()
  /** Bots that are not ours, by the address of their webhook. */
  readonly strangers = new Map<string, (request: Request) => Promise<Response>>()
  readonly david
  readonly jason
  readonly kevin
  readonly assistant
  readonly analyst
  readonly watercooler
  readonly office
  readonly direct

  constructor(dialect: Dialect = 'rails') {
    this.campfire = new Campground({
      origin: CAMPFIRE,
      dialect,
      now: () => Date.now(),
      send: (request) =>
        this.strangers.get(request.url)?.(request) ?? exports.default.fetch(request),
      wait: () => new Promise(() => {}), // nobody is ever late: see the tests of webhooks
    })
    const { campfire } = this
    this.david = campfire.addPerson('David', 'administrator', 1)
    this.jason = campfire.addPerson('Jason', 'member', 2)
    this.kevin = campfire.addPerson('Kevin', 'member', 4)
    const webhook = 'https://firekeeper.example.com/webhook'
    this.assistant = campfire.addBot('Assistant', { id: 3, token: '7876b7cdc3d5', webhook })
    this.analyst = campfire.addBot('Analyst', { id: 7, token: 'XyZ789abcdef', webhook })
    const everyone = [this.david, this.jason, this.kevin, this.assistant, this.analyst]
    this.watercooler = campfire.addRoom('Watercooler', everyone, { id: 1 })
    this.office = campfire.addRoom('Office', everyone, { id: 2 })
    this.direct = campfire.addDirect([this.david, this.assistant], 5)
  }

  /** Says it to the assistant, in the watercooler. Resolves when it is acknowledged. */
  async says(
    person: Someone,
    text: string,
    room: Someone = this.watercooler,
    bot: Someone = this.assistant,
  ) {
    return await this.posts(person, { text, mentions: [idOf(bot)] }, room)
  }

  async posts(person: Someone, what: Said, room: Someone = this.watercooler) {
    const { message, delivered } = this.campfire.says(person, room, what)
    await delivered
    return message.id
  }

  /** What is said meanwhile Campfire saves, and calls nobody. */
  async unheard<T>(say: () => Promise<T>) {
    this.assistant.active = false
    const said = say()
    this.assistant.active = true
    return await said
  }

  /** Somebody says something in another room: numbers do not follow one another any more, so the room is listed first. */
  async talksElsewhere() {
    await this.posts(this.kevin, { text: 'Lunch?' }, this.office)
  }

  /** Says it, and lets the bot finish. */
  async asks(
    person: Someone,
    text: string,
    room: Someone = this.watercooler,
    bot: Someone = this.assistant,
  ) {
    const id = await this.says(person, text, room, bot)
    await this.rings(room, bot)
    return id
  }

  /** Fires the alarm of a room as often as it is due. One that is due again and again spins. */
  async rings(room: Someone = this.watercooler, bot: Someone = this.assistant) {
    for (let rings = 0; await this.ringsOnce(room, bot); rings++)
      if (rings >= MOST_AT_ONCE) throw new Error('The alarm is due again and again')
  }

  async ringsOnce(room: Someone = this.watercooler, bot: Someone = this.assistant) {
    return await runInDurableObject(this.room(room, bot), async (instance: Room, { storage }) => {
      const due = await storage.getAlarm()
      if (due === null || due > Date.now()) return false
      await storage.deleteAlarm()
      await instance.alarm()
      return true
    })
  }

  /** When the room wants to be woken next, in ms from now. */
  async wakesIn(room: Someone = this.watercooler, bot: Someone = this.assistant) {
    const at = await runInDurableObject(this.room(room, bot), (_, { storage }) =>
      storage.getAlarm(),
    )
    return at === null ? null : at - Date.now()
  }

  /** Lets time pass, and then fires what is due. */
  async passes(ms: number, room: Someone = this.watercooler, bot: Someone = this.assistant) {
    vi.setSystemTime(Date.now() + ms)
    await this.rings(room, bot)
  }

  /** Lets so much time pass, and fires whatever is due on the way. */
  async passesBy(ms: number) {
    const end = Date.now() + ms
    for (let rings = 0; rings < MOST_RINGS; rings++) {
      const due = await this.wakesIn()
      if (due === null || Date.now() + due > end) break
      vi.setSystemTime(Date.now() + Math.max(due, 1))
      await this.rings()
    }
    vi.setSystemTime(Math.max(end, Date.now()))
  }

  /** One run of the handler, as the platform starts it: when it is due, or after a death. It may end in another. */
  async lives() {
    const due = await this.wakesIn().catch(() => 0)
    if (due !== null && due > 0) vi.setSystemTime(Date.now() + due)
    await this.handles()
  }

  /** The same, and now. */
  async handles() {
    await runInDurableObject(this.room(), (room: Room) => room.alarm()).catch((error) => {
      if (!error.durableObjectReset) throw error
    })
  }

  /** Its room dies here, with all that it has written on its disk. Whoever waits for this hears nothing more. */
  async dies(room: Someone = this.watercooler, bot: Someone = this.assistant): Promise<never> {
    const life = lifeOf(room, bot)
    await life?.storage.sync()
    life?.abort(KILLED)
    return await new Promise<never>(() => {})
  }

  /** As its object has it now. For whoever stands in for Campfire: nothing is waited for. */
  storage(room: Someone = this.watercooler, bot: Someone = this.assistant) {
    return lifeOf(room, bot)?.storage
  }

  /** Another room has told of it: nobody need find out anew what this Campfire lacks. */
  async isKnownToBeOld() {
    const lacks = { list: false, edit: false, boost: false }
    const room = { room: 99, bot: 3, busy: false, waiting: 0, turns: [], abilities: lacks }
    await env.ACCOUNTS.getByName(CAMPFIRE).report('an old room', room)
  }

  room(room: Someone = this.watercooler, bot: Someone = this.assistant) {
    return env.ROOMS.getByName(nameOf({ url: CAMPFIRE, room: idOf(room), bot: idOf(bot) }))
  }

  rows(sql: string, room: Someone = this.watercooler, bot: Someone = this.assistant) {
    return runInDurableObject(this.room(room, bot), (_, { storage }) =>
      tablesIn(storage).exec(sql).toArray(),
    )
  }

  /** What people see of the bot's messages, as plain text. */
  answers(room: Someone = this.watercooler, bot: Someone = this.assistant) {
    return this.campfire.postsOf(bot, room).map(({ screen, file }) => file ?? textOn(screen))
  }

  fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    return (
      (await this.fault?.(request.clone() as Request, 'before')) ?? (await this.#answer(request))
    )
  }

  async #answer(request: Request) {
    const answer = await this.#take(request.clone() as Request)
    return (await this.fault?.(request, 'after')) ?? answer
  }

  async #take(request: Request) {
    const { origin } = new URL(request.url)
    if (origin === CAMPFIRE) return await this.campfire.handle(request)
    if (origin === MODEL) return await this.model.handle(request)
    const other = this.elsewhere.get(origin)
    if (other) return await other(request)
    this.strays.push(origin)
    throw new TypeError('Nobody is there')
  }
}

/** More than any work that is cut into pieces takes. */
const MOST_AT_ONCE = 500
/** A day of tries, and some. */
const MOST_RINGS = 1_000

function lifeOf(room: Someone, bot: Someone) {
  return alive.get(nameOf({ url: CAMPFIRE, room: idOf(room), bot: idOf(bot) }))
}

/** Stands at the network for every test of a file. The clock is a week ahead: no alarm fires by itself. */
export function useWorld(dialect: Dialect = 'rails') {
  let world = new World(dialect)
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + WEEK })
    world = new World(dialect)
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => world.fetch(input, init))
    for (const level of ['log', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation(() => {})
    }
  })
  afterEach(async () => {
    await replaceKilled()
    await reset()
    vi.restoreAllMocks()
    vi.useRealTimers()
    const { unexpected, refused, left } = world.model
    expect({ strays: world.strays, unexpected: unexpected.length, refused, left }).toEqual({
      strays: [],
      unexpected: 0,
      refused: [],
      left: 0,
    })
  })
  return new Proxy({} as World, {
    get: (_, name) => Reflect.get(world, name, world),
    set: (_, name, value) => Reflect.set(world, name, value, world),
  })
}

/** An object that a test has killed comes back for whoever asks for it; until then its rows outlive a reset. */
async function replaceKilled() {
  for (const name of alive.keys()) {
    await runInDurableObject(env.ROOMS.getByName(name), () => {}).catch(() => {})
  }
  alive.clear()
}

function idOf(someone: Someone) {
  return typeof someone === 'number' ? someone : someone.id
}

function textOn(screen: string) {
  return screen
    .replace(/<(br|\/p|\/li|\/div|\/pre|\/h\d)[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()
}
