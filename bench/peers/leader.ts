import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** Starts a program of Node that leads a process group of its own, and is killed with all of it. */
export function lead(args: string[], { home, env }: { home: string; env: Record<string, string> }) {
  mkdirSync(home, { recursive: true })
  const log = openSync(join(home, 'log'), 'a')
  const whole = { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: home, ...env }
  const child = spawn(process.execPath, args, {
    cwd: home,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: whole as Record<string, string> as NodeJS.ProcessEnv, // and nothing of ours
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${args[0]} did not start`)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const killAll = () => killGroup(pid)
  process.once('exit', killAll)
  const kill = async () => {
    process.off('exit', killAll)
    if (child.exitCode === null && child.signalCode === null) {
      killAll()
      await ended
    }
  }
  return { child, pid, kill }
}

/** What it says next; an error when it ends instead. */
export function told<What>(child: ChildProcess) {
  return new Promise<What>((done, fail) => {
    const end = () => fail(new Error('It ended; its log says why'))
    child.once('exit', end)
    child.once('message', (message) => {
      child.off('exit', end)
      done(message as What)
    })
  })
}

function killGroup(pid: number) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // nobody is left
  }
}
