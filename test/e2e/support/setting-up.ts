import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { Campground } from '../../campground/campground.ts'
import type { Dialect } from '../../campground/dialect.ts'
import { freePort } from '../../start/port.ts'
import { WranglerDev } from '../../start/wrangler-dev.ts'
import { ScriptedModel } from '../../support/model.ts'
import { eventually } from './eventually.ts'
import { serve } from './serve.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
export const API_KEY = 'sk-ant-good'
const TOKENS = { assistant: '7876b7cdc3d5', analyst: 'XyZ789abcdef' }

/** A Campfire, the Messages API, a folder with nothing in it, and somebody at a terminal there. */
export class SettingUp {
  readonly home = mkdtempSync(join(tmpdir(), 'firekeeper-'))
  readonly model = new ScriptedModel()
  readonly campfire: Campground
  readonly url: string
  readonly modelUrl: string
  readonly david
  readonly assistant
  readonly analyst
  readonly allTalk
  /** A gateway that knows no list of models. */
  hidesModels = false
  /** What the API says beside that there is such a model. */
  about: object = {}
  #servers: { close(): Promise<unknown> }[] = []
  #workers: WranglerDev[] = []

  static async begin(dialect: Dialect) {
    const at: { world?: SettingUp } = {}
    const away = new Response(null, { status: 503 })
    const campfire = await serve(async (request) => at.world?.campfire.handle(request) ?? away)
    const model = await serve(async (request) => at.world?.answer(request) ?? away)
    at.world = new SettingUp(dialect, campfire, model)
    return at.world
  }

  private constructor(dialect: Dialect, ...servers: Awaited<ReturnType<typeof serve>>[]) {
    this.#servers = servers
    this.url = servers[0]?.url ?? ''
    this.modelUrl = servers[1]?.url ?? ''
    this.campfire = new Campground({ origin: this.url, dialect })
    this.david = this.campfire.addPerson('David', 'administrator', 1)
    this.assistant = this.campfire.addBot('Robo', { id: 3, token: TOKENS.assistant })
    this.analyst = this.campfire.addBot('Ana', { id: 7, token: TOKENS.analyst })
    const everyone = [this.david, this.assistant, this.analyst]
    this.allTalk = this.campfire.addRoom('All Talk', everyone, { id: 1 })
    this.campfire.addRoom('Cellar', [this.david], { id: 2 })
  }

  /** As Campfire shows it on /account/bots. */
  line(bot: { key: string } = this.assistant, { url = this.url, room = 1 } = {}) {
    return `curl -d 'Hello!' ${url}/rooms/${room}/${bot.key}/messages`
  }

  /** What the folder keeps, by name. */
  kept(file = '.dev.vars'): Record<string, string | undefined> {
    const path = join(this.home, file)
    return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {}
  }

  get text() {
    return readFileSync(join(this.home, '.dev.vars'), 'utf8')
  }

  write(vars: Record<string, string>) {
    const lines = Object.entries(vars).map(([name, value]) => `${name}="${value}"`)
    writeFileSync(join(this.home, '.dev.vars'), `${lines.join('\n')}\n`)
  }

  isPrivate(file = '.dev.vars') {
    return (statSync(join(this.home, file)).mode & 0o077) === 0
  }

  /** Runs one of the scripts, and types these lines; null: somebody will type. */
  runs(script: string, args: string[] = [], typed: string[] | null = [], env: object = {}) {
    return new Run(script, args, { cwd: this.home, typed, env })
  }

  async setup(args: string[], typed: string[] = [], env: object = {}) {
    return await this.runs('setup', ['--model-url', this.modelUrl, ...args], typed, env).ended
  }

  async doctor(args: string[] = []) {
    return await this.runs('doctor', args).ended
  }

  /** A `wrangler` before all others on the PATH: it writes down what it is told, and says where the Worker is. One that hangs ends with whoever called it. */
  fakeWrangler({
    address = 'firekeeper.david.workers.dev',
    status = 0,
    hangs = false,
    asks = '',
  } = {}) {
    const folder = mkdtempSync(join(this.home, 'bin-'))
    const notes = join(folder, 'notes.json')
    const program = `#!/usr/bin/env node
import fs from 'node:fs'
const args = process.argv.slice(2)
const at = args.indexOf('--secrets-file')
const file = at < 0 ? null : args[at + 1]
const secrets = file && JSON.parse(fs.readFileSync(file, 'utf8'))
const mode = file && (fs.statSync(file).mode & 0o777).toString(8)
let heard = null
if (${JSON.stringify(asks)}) {
  process.stdout.write(${JSON.stringify(asks)})
  heard = ''
  for await (const chunk of process.stdin) if ((heard += chunk).includes('\\n')) break
}
fs.writeFileSync(${JSON.stringify(notes)}, JSON.stringify({ args, secrets, mode, file, heard }))
fs.writeFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, JSON.stringify({ type: 'deploy', targets: [${JSON.stringify(address)}] }) + '\\n')
if (!${hangs}) process.exit(${status})
const parent = process.ppid
setInterval(() => process.ppid === parent || process.exit(1), 50)
`
    writeFileSync(join(folder, 'wrangler'), program)
    chmodSync(join(folder, 'wrangler'), 0o755)
    return {
      env: { PATH: `${folder}:${process.env.PATH}` },
      told: (): Told => JSON.parse(readFileSync(notes, 'utf8')),
      wasRun: () => existsSync(notes) && readFileSync(notes, 'utf8') !== '',
    }
  }

  /** Starts the Worker with what the folder keeps, as `npm run dev` does; over what one of that name has stored. */
  async starts(
    port: number,
    { file = '.dev.vars', config = 'wrangler.toml', name = 'worker' } = {},
  ) {
    const vars = Object.entries(this.kept(file))
    const worker = new WranglerDev({
      name: 'The Worker',
      config,
      port,
      vars: Object.fromEntries(vars.map(([key, value]) => [key, value ?? ''])),
      home: join(this.home, name),
      output: 'ignore',
    })
    this.#workers.push(worker)
    await worker.isUp()
    return worker
  }

  /** Pastes the address that was printed into the form of the bot. */
  pastes(webhook: string, bot: { id: number } = this.assistant) {
    this.campfire.change(this.campfire.people.get(bot.id), { webhook })
  }

  /** Says it to a bot, and waits until Campfire has got rid of it. */
  async says(text: string, bot: { id: number } = this.assistant) {
    await this.campfire.says(this.david, this.allTalk, { text, mentions: [bot.id] }).delivered
  }

  get posts() {
    return this.postsOf(this.assistant)
  }

  postsOf(bot: { id: number }) {
    return this.campfire.postsOf(bot, this.allTalk).map(({ screen }) => screen)
  }

  async end() {
    await Promise.all(this.#workers.map((worker) => worker.kill()))
    await Promise.all(this.#servers.map((server) => server.close()))
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 })
  }

  /** The Messages API, as far as anybody asks for models here. */
  async answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const key = request.headers.get('authorization')?.replace('Bearer ', '')
    const given = key ?? request.headers.get('x-api-key')
    if (given !== API_KEY) return refusal(401, 'authentication_error')
    const [, model] = /^\/v1\/models\/([^/]+)$/.exec(pathname) ?? []
    if (!model) return await this.model.handle(request)
    if (this.hidesModels) return new Response('<h1>404</h1>', { status: 404 })
    if (!model.startsWith('claude-')) return refusal(404, 'not_found_error')
    const info = { type: 'model', id: model, lifecycle: 'active', retires_at: null, ...this.about }
    return Response.json(info)
  }
}

interface Told {
  args: string[]
  secrets: Record<string, string> | null
  mode: string | null
  file: string | null
  /** What was typed to it. */
  heard: string | null
}

function refusal(status: number, type: string) {
  return Response.json({ type: 'error', error: { type, message: 'no' } }, { status })
}

/** One run of a script. */
class Run {
  printed = ''
  readonly ended: Promise<{ status: number; printed: string }>
  readonly signal: (signal: NodeJS.Signals) => void
  readonly types: (text: string) => Promise<void>

  constructor(
    script: string,
    args: string[],
    { cwd, typed, env }: { cwd: string; typed: string[] | null; env: object },
  ) {
    const child = spawn(process.execPath, [join(ROOT, 'setup', `${script}.ts`), ...args], {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ANTHROPIC_API_KEY: '', ...env },
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.printed += text
      })
    }
    this.signal = (signal) => void child.kill(signal)
    this.types = (text) => new Promise((done) => child.stdin.write(text, () => done()))
    child.stdin.on('error', () => {})
    if (typed) child.stdin.end(typed.map((line) => `${line}\n`).join(''))
    this.ended = new Promise((done) =>
      child.once('close', (status) => done({ status: status ?? 1, printed: this.printed })),
    )
  }

  async has(words: string) {
    await eventually(`it says ${words}; it said ${this.printed}`, () =>
      this.printed.includes(words),
    )
  }
}

export { freePort }
