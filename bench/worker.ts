import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nameOf } from '../src/address.ts'
import type { RoomReport } from '../src/runtime.ts'
import { freePort } from '../test/start/port.ts'
import { ask } from './http.ts'
import { Inspector } from './inspector.ts'
import type { Indexed, Indexing, Reminding, Telling } from './worker/entry.ts'
import type { Order, Serving, Told } from './worker/serve.ts'

const SERVE = resolve(import.meta.dirname, 'worker/serve.ts')
const SETTINGS = resolve(import.meta.dirname, '../wrangler.toml')
// As many files as we may: each room that is awake has some open.
const WIDE = 'ulimit -n "$(ulimit -Hn)" 2>/dev/null; exec "$@"'
const ADMIN_TOKEN = 'letmein'

interface Neighbours {
  campfire: { url: string; bot: { id: number; key: string } }
  model: { url: string }
}

/** The built Worker as a process of its own. What it stores outlives it, until the bench is over. */
export class BuiltWorker {
  readonly url: string
  inspector: string | null = null
  #serving: Serving
  #process: ChildProcess | null = null
  readonly log: string
  #output: number
  #neighbours: Neighbours
  #env: Record<string, string>
  #orders = 0
  #answers = new Map<number, (error: string | null) => void>()

  static async start(given: {
    script: string
    home: string
    neighbours: Neighbours
    inspect?: boolean
    env?: Record<string, string>
  }) {
    const worker = new BuiltWorker(given, await freePort())
    await worker.start()
    return worker
  }

  private constructor(
    {
      script,
      home,
      neighbours,
      inspect = false,
      env = {},
    }: Parameters<typeof BuiltWorker.start>[0],
    port: number,
  ) {
    mkdirSync(home, { recursive: true })
    this.log = join(home, 'worker.log')
    this.#output = openSync(this.log, 'a')
    this.#neighbours = neighbours
    this.#env = env
    this.url = `http://127.0.0.1:${port}`
    this.#serving = {
      script,
      port,
      inspect,
      storage: join(home, 'storage'),
      compatibilityDate: dateIn(readFileSync(SETTINGS, 'utf8')),
      bindings: {
        CAMPFIRE_URL: neighbours.campfire.url,
        BOT_KEYS: `assistant=${neighbours.campfire.bot.key}`,
        ANTHROPIC_API_KEY: 'sk-bench',
        ANTHROPIC_BASE_URL: neighbours.model.url,
        ADMIN_TOKEN,
        WEBHOOK_SECRET: '',
      },
    }
  }

  /** Resolves when it answers. */
  async start() {
    const args = ['-c', WIDE, 'bench', process.execPath, SERVE, JSON.stringify(this.#serving)]
    const child = spawn('sh', args, {
      detached: true, // a group of its own, to be killed whole
      stdio: ['ignore', this.#output, this.#output, 'ipc'],
      env: { ...process.env, ...this.#env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    })
    this.#process = child
    process.once('exit', () => killGroup(child))
    await new Promise<void>((done, fail) => {
      child.once('exit', () => fail(new Error('The Worker ended; its log says why.')))
      child.on('message', (told: Told) => {
        if ('ready' in told) {
          this.inspector = told.ready.inspector
          done()
        } else this.#answers.get(told.number)?.(told.error)
      })
    })
    const { status } = await ask(`${this.url}/health`)
    if (status !== 200) throw new Error(`The Worker answers ${status}`)
  }

  /** `kill -9` of all of it. */
  async kill() {
    const child = this.#process
    this.#process = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    killGroup(child)
    await ended
  }

  /** Takes these rooms out of memory, as ten seconds of quiet would. */
  async evict(rooms: number[]) {
    await this.#order({ evict: rooms.map((room) => this.#nameOf(room)) })
  }

  /** Tells the account of the installation what happened in a room, as that room would; in ms. Needs the windows. */
  async tells(report: RoomReport) {
    const account = this.#neighbours.campfire.url
    const telling: Telling = { account, room: this.#nameOf(report.room), report }
    const body = JSON.stringify(telling)
    const { status, ms } = await ask(`${this.url}/bench/tell`, { method: 'POST', body })
    if (status !== 204) throw new Error(`The account answers ${status}`)
    return ms
  }

  /** Sets reminders up in a room. Needs the windows. */
  async reminds(room: number, all: Reminding['all']) {
    const body = JSON.stringify({ room: this.#nameOf(room), all } satisfies Reminding)
    const { status } = await ask(`${this.url}/bench/remind`, { method: 'POST', body })
    if (status !== 204) throw new Error(`The room answers ${status}`)
  }

  /** Reads so many pages of a room back, without a rest. Needs the windows. */
  async indexes(room: number, pages: number) {
    const { key } = this.#neighbours.campfire.bot
    const body = JSON.stringify({ room: this.#nameOf(room), key, pages } satisfies Indexing)
    const { status, text } = await ask(`${this.url}/bench/index`, { method: 'POST', body })
    if (status !== 200) throw new Error(`The room answers ${status}`)
    return JSON.parse(text) as Indexed
  }

  /**
   * Loads a prompt; each call of the answer has the Worker write it down and send it, in ms. In a room: once a row and
   * an alarm are on its disk. Needs the windows.
   */
  async carries(body: unknown, room?: number) {
    await ask(`${this.url}/bench/load`, { method: 'POST', body: JSON.stringify(body) })
    const [path, wish] =
      room === undefined ? ['carry', {}] : ['least', { room: this.#nameOf(room) }]
    return async () => {
      const body = JSON.stringify(wish)
      const { status, ms } = await ask(`${this.url}/bench/${path}`, { method: 'POST', body })
      if (status !== 204) throw new Error(`The window answers ${status}`)
      return ms
    }
  }

  async delivers(body: string) {
    return await ask(`${this.url}/webhook`, { method: 'POST', body })
  }

  async operator<T>(path: string, wish: { method?: string; body?: string } = {}): Promise<T> {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
    const { status, text } = await ask(`${this.url}${path}`, { ...wish, headers })
    if (status >= 300) throw new Error(`${path} answers ${status}`)
    return (text ? JSON.parse(text) : null) as T
  }

  /** Every answer in one piece, whatever the bot's file says. */
  async answersWhole(rooms: number[]) {
    const body = JSON.stringify({ reply: 'whole' })
    for (const room of rooms) {
      await this.operator(`/rooms/${room}/assistant/settings`, { method: 'PATCH', body })
    }
  }

  /** The memory of workerd, in KiB: not that of Miniflare beside it. */
  residentKiB() {
    return Math.max(0, ...this.#own().map(({ kib }) => kib))
  }

  /** The time that workerd has had a processor, in whole seconds: the same however busy the machine is. */
  cpuSeconds() {
    return Math.max(0, ...this.#own().map(({ cpu }) => cpu))
  }

  #own() {
    const all = processes()
    const mine = new Set([this.#process?.pid ?? 0])
    for (const { pid, parent } of all) if (mine.has(parent)) mine.add(pid)
    return all.filter(({ pid, name }) => mine.has(pid) && name.includes('workerd'))
  }

  async #order(order: { evict: string[] }) {
    const number = ++this.#orders
    const error = await new Promise<string | null>((done) => {
      this.#answers.set(number, done)
      this.#process?.send({ number, ...order } satisfies Order)
    })
    this.#answers.delete(number)
    if (error) throw new Error(error)
  }

  #nameOf(room: number) {
    const { url, bot } = this.#neighbours.campfire
    return nameOf({ url, room, bot: bot.id })
  }

  /** In bytes, what the Worker and all its objects that are awake hold on to. */
  async heap() {
    const inspector = await Inspector.connect(String(this.inspector))
    try {
      return await inspector.heap(() => ask(`${this.url}/health`))
    } finally {
      inspector.close()
    }
  }

  get storage() {
    return this.#serving.storage
  }
}

function processes() {
  const columns = 'pid=,ppid=,rss=,cputimes=,comm='
  const lines = execFileSync('ps', ['-A', '-o', columns], { encoding: 'utf8' })
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, kib, cpu, ...name] = line.trim().split(/\s+/)
      const numbers = {
        pid: Number(pid),
        parent: Number(parent),
        kib: Number(kib),
        cpu: Number(cpu),
      }
      return { ...numbers, name: name.join(' ') }
    })
    .sort((a, b) => a.pid - b.pid)
}

function killGroup({ pid }: ChildProcess) {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // nobody is left
  }
}

function dateIn(settings: string) {
  const date = /^compatibility_date = "(.*)"$/m.exec(settings)?.[1]
  if (!date) throw new Error('wrangler.toml has no compatibility_date')
  return date
}
