import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { Campground } from '../campground/campground.ts'
import type { Someone } from '../campground/composer.ts'
import { freePort } from '../start/port.ts'
import { WranglerDev } from '../start/wrangler-dev.ts'
import { ScriptedModel } from '../support/model.ts'
import { within } from '../support/until.ts'
import { eventually } from './support/eventually.ts'
import { type Handle, serve } from './support/serve.ts'

const TOKEN = '7876b7cdc3d5'
const ADMIN_TOKEN = 'letmein'
/** Far beyond what an answer takes on a busy machine: whatever waits longer waits in vain. */
const PATIENCE_MS = 20_000

/** Our Worker in a process of its own, as a user runs it, between a Campfire and a model in ours. */
export class Outside {
  readonly model = new ScriptedModel()
  readonly campfire
  readonly david
  readonly assistant
  readonly watercooler
  /** What the Worker printed, through all its lives. */
  readonly printed: string[] = []
  /** Takes the place of what Campfire answers. */
  answers: (request: Request, answer: Promise<Response>) => Promise<Response> = (_, answer) =>
    answer
  /** Stands between us and the model, as a gateway does. */
  gateway: (answer: Response) => Response = (answer) => answer
  #home = mkdtempSync(join(tmpdir(), 'firekeeper-'))
  #worker: WranglerDev
  #port: number
  #vars: Record<string, string>
  #servers: { close(): Promise<unknown> }[]

  static async begin(changed: Changed = (vars) => vars) {
    const doors: { campfire: Handle; model: Handle } = { campfire: closed, model: closed }
    const campfire = await serve((request) => doors.campfire(request))
    const model = await serve((request) => doors.model(request))
    const port = await freePort()
    const vars = {
      CAMPFIRE_URL: campfire.url,
      BOT_KEYS: `assistant=3-${TOKEN}`,
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: model.url,
      ADMIN_TOKEN,
      WEBHOOK_SECRET: '',
    }
    const world = new Outside(port, campfire.url, changed(vars) as typeof vars, [campfire, model])
    doors.model = async (request) => world.gateway(await world.model.handle(request))
    doors.campfire = (request) => world.answers(request, world.campfire.handle(request))
    return world
  }

  private constructor(
    port: number,
    origin: string,
    vars: Record<string, string>,
    servers: { close(): Promise<unknown> }[],
  ) {
    this.#port = port
    this.#vars = vars
    this.#servers = servers
    this.campfire = new Campground({ origin, dialect: 'rails' })
    const { campfire } = this
    this.david = campfire.addPerson('David', 'administrator', 1)
    const webhook = `http://127.0.0.1:${port}/webhook`
    this.assistant = campfire.addBot('Assistant', { id: 3, token: TOKEN, webhook })
    this.watercooler = campfire.addRoom('Watercooler', [this.david, this.assistant], { id: 1 })
    this.#worker = this.#start()
  }

  get port() {
    return this.#port
  }

  get key() {
    return this.assistant.key
  }

  async isUp() {
    await this.#worker.isUp()
  }

  /** Says it to the assistant, and waits until it is acknowledged. */
  async says(text: string, person: Someone = this.david) {
    const what = { text, mentions: [this.assistant.id] }
    await within(PATIENCE_MS, this.campfire.says(person, this.watercooler, what).delivered)
  }

  /** Says it, and waits until the turn is over. */
  async asks(text: string) {
    const before = (await this.turns()).length
    await this.says(text)
    await this.isDone(before + 1)
  }

  async isDone(turns: number) {
    const done = async () => {
      const all = await this.turns()
      return all.length === turns && all.every(({ endedAt }) => endedAt !== null)
    }
    await eventually(`${turns} turns that have ended`, done)
  }

  /** Newest first. */
  async turns() {
    return (await this.overview()).turns
  }

  async overview(): Promise<Overview> {
    return (await this.operator('GET', '/rooms/1/assistant')).json() as Promise<Overview>
  }

  async operator(method: string, path: string, body?: object) {
    const answer = await fetch(this.#worker.url + path, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && { body: JSON.stringify(body) }),
    })
    expect(answer.ok).toBe(true)
    return answer
  }

  /** What people see of the assistant. */
  get posts() {
    return this.campfire.postsOf(this.assistant, this.watercooler).map(({ screen }) => screen)
  }

  /** `kill -9` of everything that the Worker is. */
  async kill() {
    await this.#worker.kill()
  }

  /** The same again, over what it has stored. */
  async restart() {
    this.#worker = this.#start()
    await this.isUp()
  }

  async end() {
    await this.kill()
    await Promise.all(this.#servers.map((server) => server.close()))
    rmSync(this.#home, { recursive: true, force: true })
  }

  #start() {
    return new WranglerDev({
      name: 'The Worker',
      config: 'wrangler.toml',
      port: this.#port,
      vars: this.#vars,
      home: this.#home,
      output: (line) => this.printed.push(line),
    })
  }
}

/** One for all tests of a file: what a story has said, the next one's model is not asked for. */
export function useOutside(changed?: Changed) {
  let world: Outside | undefined
  beforeAll(async () => {
    world = await Outside.begin(changed)
  })
  tellsOf(() => world)
  afterAll(async () => await endOf(world))
  return () => begun(world)
}

/** One for each test of a file, which may kill it. */
export function useOwnOutside() {
  let world: Outside | undefined
  beforeEach(async () => {
    world = await Outside.begin()
    await world.isUp()
  })
  tellsOf(() => world)
  afterEach(async () => await endOf(world))
  return () => begun(world)
}

/** A story that fails shows what the Worker printed, which nobody sees otherwise. */
function tellsOf(world: () => Outside | undefined) {
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.error(world()?.printed.slice(-100).join('\n')))
  })
}

function begun(world: Outside | undefined) {
  if (!world) throw new Error('The world has not begun')
  return world
}

async function endOf(world: Outside | undefined) {
  await world?.end()
  expect(world?.model.unexpected).toEqual([])
  expect(world?.model.refused).toEqual([])
}

type Changed = (vars: Record<string, string>) => object

interface Overview {
  session: { expiresAt: string } | null
  turns: { state: string; tier: string; crashes: number; endedAt: string | null }[]
}

const closed: Handle = async () => new Response(null, { status: 503 })
