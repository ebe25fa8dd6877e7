import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../../start/port.ts'
import { eventually } from './eventually.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** `npm start`, typed by somebody at a terminal. */
export class NpmStart {
  /** The page, as the last line says. */
  url = ''
  printed = ''
  exitCode: number | null = null
  #home = mkdtempSync(join(tmpdir(), 'firekeeper-'))
  #npm: ChildProcess

  static async begin(env: Record<string, string>, ...options: string[]) {
    const [PORT, CAMPFIRE_PORT] = [`${await freePort()}`, `${await freePort()}`]
    return new NpmStart({ PORT, CAMPFIRE_PORT, ...env }, options)
  }

  private constructor(env: Record<string, string>, options: string[]) {
    this.#npm = spawn('npm', ['start', '--', ...options], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FIREKEEPER_HOME: this.#home, ...env },
    })
    for (const stream of [this.#npm.stdout, this.#npm.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.printed += text
      })
    }
  }

  async isUp() {
    const last = () => /at (http:\/\/\S+)\n$/.exec(this.printed)?.[1]
    this.url = await eventually(`the page's address, last in: ${this.printed}`, last, 60_000)
  }

  /** Ctrl-C, which reaches everybody at that terminal. */
  async interrupt() {
    const pid = this.#npm.pid ?? 0
    const family = familyOf(pid)
    process.kill(-pid, 'SIGINT')
    await eventually('npm ends', () => this.#npm.exitCode !== null || this.#npm.signalCode, 5_000)
    return { family, left: () => alive().filter(({ pid }) => family.includes(pid)) }
  }

  /** Whatever happened, nothing stays. What it has started ends with it. */
  end() {
    const { pid, exitCode, signalCode } = this.#npm
    if (pid && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** A process with everyone who comes from it. */
function familyOf(ancestor: number) {
  const family = [ancestor]
  for (const { pid, parent } of alive()) if (family.includes(parent)) family.push(pid)
  return family
}

/** Parents before their children, but for the few whose number is reused; and no zombies. */
function alive() {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' })
  return lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent, , name]) => ({ pid: Number(pid), parent: Number(parent), name }))
}
