import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, totalmem } from 'node:os'

/** What it was measured on. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    workerd: versionOf('workerd'),
    miniflare: versionOf('miniflare'),
    openFiles: mostFiles(),
  }
}

/** Each room that is at work has up to eight open: its storage, and its connections. */
export function mostRooms(wanted: number) {
  return Math.min(wanted, Math.max(1, Math.floor((mostFiles() - 200) / 8)))
}

function mostFiles() {
  const said = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim()
  return said === 'unlimited' ? 1_000_000 : Number(said)
}

function versionOf(name: string) {
  const require = createRequire(import.meta.url)
  const path = require.resolve(`${name}/package.json`)
  return String((JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version)
}
