import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { commandLine, misused } from '../setup/command-line.ts'

const HELP = `npm run proof: at full extent what npm test and CI take a minute's seed of. All of it, or the
parts that are named: npm run proof -- properties chaos

  properties  the tests of properties, ten times as many tries, and whatever else npm test shortens
  crash       every point where an object can die, in every kind of turn, and every pair in a short one
  mutants     the engine with one thought left out, again and again: each must be noticed
  long        a session that expires on the real clock, an upgrade and the way back, a look at all that answers may be
  chaos       a thousand messages through a network, a model and a Campfire that fail, on every dialect`

const ROOT = resolve(import.meta.dirname, '..')
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--root', 'test', '--project']

const PARTS: Record<string, { args: string[]; env?: Record<string, string> }[]> = {
  properties: [
    {
      args: [...VITEST, 'worker', ...shortened('**/*.test.ts', 'e2e/**')],
      env: { EXTENT: 'each' },
    },
    { args: [...VITEST, 'e2e', ...shortened('e2e/*.test.ts')], env: { EXTENT: 'each' } },
  ],
  crash: [{ args: ['test/crash/run.ts', 'points'] }],
  mutants: [{ args: ['test/crash/run.ts', 'mutants'] }],
  long: [{ args: [...VITEST, 'e2e', 'expiry', 'upgrade', 'pictures'], env: { EXTENT: 'each' } }],
  chaos: ['rails', 'port', 'v1.4.9'].map((dialect) => ({
    args: ['test/chaos/run.ts', '--dialect', dialect],
  })),
}

const { positionals: named } = commandLine(HELP, { allowPositionals: true })
const unknown = named.filter((name) => !Object.hasOwn(PARTS, name))
if (unknown.length) misused(HELP, `There is no part ${unknown.join(', ')}.`)

const results: string[] = []
for (const name of named.length ? named : Object.keys(PARTS)) {
  console.log(`\n── ${name} ──`)
  const start = Date.now()
  const isWell = await all(PARTS[name] ?? [])
  const seconds = Math.round((Date.now() - start) / 1_000)
  results.push(`${isWell ? '✓' : '✗'} ${name}  ${seconds} s`)
  if (!isWell) process.exitCode = 1
}
console.log(`\n── proof ──\n${results.join('\n')}`)

async function all(runs: { args: string[]; env?: Record<string, string> }[]) {
  let isWell = true
  for (const { args, env } of runs) {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    if (code !== 0) isWell = false
  }
  return isWell
}

/** The files whose tests try a property, or go by `support/extent.ts`. The crash points have a part of their own. */
function shortened(pattern: string, ...exclude: string[]) {
  const test = join(ROOT, 'test')
  return globSync(pattern, { cwd: test, exclude: ['crash.test.ts', ...exclude] }).filter((name) =>
    /from 'fast-check'|\/support\/extent\.ts'/.test(readFileSync(join(test, name), 'utf8')),
  )
}
