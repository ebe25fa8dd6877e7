import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../../start/port.ts'
import { eventually } from './eventually.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** `npm start`, typed by somebody at a terminal. */
export class NpmStart {
  /** Where the page is, as the last line says. */
  url = ''
  printed = ''
  #npm: ChildProcess

  constructor(env: Record<string, string>) {
    this.#npm = spawn('npm', ['start', '--', '--rehearsal'], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    for (const stream of [this.#npm.stdout, this.#npm.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.printed += text
      })
    }
  }

  get hasEnded() {
    return this.#npm.exitCode !== null || this.#npm.signalCode !== null
  }

  async isUp() {
    const last = () => /at (http:\/\/\S+)\n$/.exec(this.printed)?.[1]
    this.url = await eventually('the address of the page, last', last, 60_000)
    return this
  }

  /** To everybody at that terminal, as Ctrl-C does. */
  signal(signal: NodeJS.Signals) {
    const { pid } = this.#npm
    if (pid && !this.hasEnded) process.kill(-pid, signal)
  }

  family() {
    return familyOf(this.#npm.pid ?? 0)
  }
}

/** A place of its own for one that is started, so that nobody's own play is disturbed. */
export async function placeToStart() {
  const home = mkdtempSync(join(tmpdir(), 'firekeeper-'))
  const [PORT, CAMPFIRE_PORT] = [`${await freePort()}`, `${await freePort()}`]
  return {
    home,
    env: { FIREKEEPER_HOME: home, PORT, CAMPFIRE_PORT },
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 10 }),
  }
}

export async function nobodyIsLeftOf(family: Process[]) {
  const pids = family.map(({ pid }) => pid)
  const left = () => alive().filter(({ pid }) => pids.includes(pid))
  await eventually('nobody is left', () => left().length === 0, 5_000)
}

interface Process {
  pid: number
  parent: number
  name: string
}

/** A process with everyone who comes from it. */
function familyOf(ancestor: number) {
  const all = alive()
  const family = all.filter(({ pid }) => pid === ancestor)
  for (const { pid } of family) family.push(...all.filter(({ parent }) => parent === pid))
  return family
}

/** Zombies only wait to be counted. */
function alive(): Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' })
  return lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent, , name = '']) => ({ pid: Number(pid), parent: Number(parent), name }))
}
