import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

const WRANGLER = resolve(import.meta.dirname, '../../node_modules/wrangler/bin/wrangler.js')
const ROOT = resolve(import.meta.dirname, '../..')

// The shell leads a process group, and takes all of it along as soon as Wrangler ends, or as
// whoever started it does, however that came: its standard input is closed then. Left alone,
// workerd would go on serving the port and ringing alarms.
const LEADER = '("$@"; kill -9 -$$) </dev/null & cat >/dev/null; kill -9 -$$'

const PIPES = ['pipe', 'pipe'] as const
const PATIENCE_MS = 60_000
const QUIET = {
  CI: 'true',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  X_LOCAL_EXPLORER: 'false',
}

export interface Serving {
  /** What people call it. */
  name: string
  /** Its configuration, seen from the top of the repository. */
  config: string
  port: number
  /** Instead of `.dev.vars`, and stronger than what stands in the configuration. */
  vars: Record<string, string>
  /** Where it keeps its storage and whatever else it writes. */
  home: string
  output: 'inherit' | 'ignore' | number | Listener
  /** Wrangler keeps what it saw, too: traces and logs, under the storage. */
  traced?: boolean
}

/** Is told each line that is printed. */
export type Listener = (line: string, stream: 'stdout' | 'stderr') => void

/** One Worker under `wrangler dev`, with a process group of its own. */
export class WranglerDev {
  readonly url: string
  /** Is rejected when it ends and nobody wanted it to. */
  readonly died: Promise<never>
  #name: string
  #leader: ChildProcess
  #envFile: string
  #killed = false

  constructor({ name, config, port, vars, home, output, traced = false }: Serving) {
    this.#name = name
    this.url = `http://127.0.0.1:${port}`
    const own = resolve(home)
    mkdirSync(own, { recursive: true, mode: 0o700 })
    this.#envFile = join(own, 'vars.env')
    writeFileSync(this.#envFile, asEnvFile(vars), { mode: 0o600 })

    const where = ['--ip', '127.0.0.1', '--port', `${port}`, '--inspector-port', '0']
    const files = [
      '--config',
      config,
      '--env-file',
      this.#envFile,
      '--persist-to',
      join(own, 'storage'),
    ]
    // What a Worker itself logs is printed from this level on, with each request.
    const level = typeof output === 'function' ? 'log' : 'warn'
    const quiet = ['--log-level', level, '--show-interactive-dev-session', 'false']
    const command = [process.execPath, WRANGLER, 'dev', ...files, ...where, ...quiet]
    this.#leader = spawn('sh', ['-c', LEADER, name, ...command], {
      cwd: ROOT,
      detached: true,
      stdio: ['pipe', ...(typeof output === 'function' ? PIPES : ([output, output] as const))],
      env: {
        ...process.env,
        ...QUIET,
        X_LOCAL_OBSERVABILITY: `${traced}`,
        WRANGLER_LOG_PATH: join(own, 'logs'),
        WRANGLER_REGISTRY_PATH: join(own, 'registry'),
      },
    })
    if (typeof output === 'function') {
      for (const stream of ['stdout', 'stderr'] as const) {
        const pipe = this.#leader[stream]
        if (pipe) createInterface(pipe).on('line', (line) => output(line, stream))
      }
    }
    this.died = new Promise((_, reject) => {
      this.#leader.once('error', reject)
      this.#leader.once('exit', () => {
        if (!this.#killed) reject(new Error(`${name} stopped by itself, so all is stopped.`))
      })
    })
    this.died.catch(() => {})
  }

  async isUp() {
    for (const end = Date.now() + PATIENCE_MS; !(await this.#answers()); ) {
      await Promise.race([pause(50), this.died])
      if (Date.now() > end) throw new Error(`${this.#name} did not start.`)
    }
  }

  /** `kill -9` of all of it, as no crash could be worse: what it acknowledged is on the disk. */
  async kill() {
    this.#killed = true
    rmSync(this.#envFile, { force: true }) // there are keys in it
    const { pid, exitCode, signalCode } = this.#leader
    if (pid === undefined) return

    const ended = new Promise((done) => this.#leader.once('exit', done))
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      return // nobody is left
    }
    if (exitCode === null && signalCode === null) await ended
  }

  async #answers() {
    const answer = await fetch(this.url, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    await answer?.body?.cancel()
    return answer !== null && answer.status < 500
  }
}

// Wrangler expands what stands behind a dollar sign, also between quotes.
function asEnvFile(vars: Record<string, string>) {
  const lines = Object.entries(vars).map(
    ([name, value]) => `${name}='${value.replaceAll('$', '\\$')}'`,
  )
  return `${lines.join('\n')}\n`
}
