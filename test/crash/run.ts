import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { commandLine, misused } from '../../setup/command-line.ts'
import { placeOf, sourcesIn } from '../mutants/find.ts'
import { MUTANTS } from '../mutants/mutants.ts'

interface Outcome {
  testResults: {
    message?: string
    assertionResults: {
      fullName: string
      status: string
      failureMessages?: string[]
      meta?: { points?: number; pairs?: number }
    }[]
  }[]
}

const HELP = `npm run crash-points: every point, every pair, every mutant, and what came of it.

  points           without the mutants
  mutants PATTERN  without the pairs; only those mutants whose description matches, or all`

const [only, pattern = '', ...more] = commandLine(HELP, { allowPositionals: true }).positionals
const isKnown = only === undefined || only === 'points' || only === 'mutants'
if (!isKnown || more.length || (pattern && only !== 'mutants'))
  misused(HELP, `Nothing is done with ${[only, pattern, ...more].join(' ').trim()}.`)
const chosen = MUTANTS.filter(({ what }) => patternIn(pattern).test(what))
if (!chosen.length) misused(HELP, `No mutant is described by ${pattern}.`)

const ROOT = resolve(import.meta.dirname, '../..')
/** All points and pairs take longer than those that notice a mutant. */
const LONGEST = { whole: 60 * 60_000, mutant: 15 * 60_000 }
const began = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'crash-points-'))
const sources = sourcesIn(join(ROOT, 'src'))
const source = sourceNow()
let isWell = true

for (const { edits } of MUTANTS) for (const edit of edits) placeOf(edit, sources)

const whole = only === 'mutants' ? await run({ extent: 'each' }) : await run({ extent: 'all' })
const tests = testsOf(whole.outcome)
if (!tests.length) throw new Error(JSON.stringify(whole.outcome.testResults).slice(0, 2_000))
const failed = tests.filter(({ status }) => status === 'failed')
const sum = (of: 'points' | 'pairs') => tests.reduce((all, { meta }) => all + (meta?.[of] ?? 0), 0)
console.log(`points    ${sum('points')}`)
console.log(`pairs     ${sum('pairs')}`)
console.log(`failures  ${failed.length} of ${tests.length} tests, ${whole.seconds} s`)
for (const { fullName, failureMessages } of failed) {
  isWell = false
  console.log(
    `  ${fullName}\n    ${failureMessages?.[0]?.slice(0, 2_000).replaceAll('\n', '\n    ')}`,
  )
}

if (only !== 'points') {
  const known = new Set(failed.map(({ fullName }) => fullName))
  const toTry = [...MUTANTS.entries()].filter(([, mutant]) => chosen.includes(mutant))
  const tried = toTry.length
  let killed = 0
  const judge = async () => {
    for (let next = toTry.shift(); next; next = toTry.shift()) {
      const [index, { what }] = next
      const { outcome, seconds } = await run({ extent: 'each', mutant: index, known })
      const noticed = testsOf(outcome).filter(
        ({ fullName, status }) => status === 'failed' && !known.has(fullName),
      )
      // On a busy machine a test runs out of time whatever the source says.
      const by = noticed.find(({ failureMessages }) => !failureMessages?.some(isOutOfTime))
      const late = by ? '' : noticed.map(({ fullName }) => `out of time: ${fullName}`).join()
      if (by) killed++
      else isWell = false
      console.log(
        `  ${by ? 'killed  ' : 'SURVIVED'} ${what} (${by?.fullName ?? late}, ${seconds} s)`,
      )
      if (sourceNow() !== source)
        throw new Error('The source was changed meanwhile: this says nothing')
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, judge))
  console.log(`mutants   ${killed} of ${tried} killed`)
}

rmSync(folder, { recursive: true })
console.log(`time      ${Math.round((Date.now() - began) / 1_000)} s`)
process.exitCode = isWell ? 0 : 1

function patternIn(text: string) {
  try {
    return new RegExp(text)
  } catch {
    return misused(HELP, `${text} is no pattern.`)
  }
}

/** A kill says something only of the source that the tests passed with. */
function sourceNow() {
  const hash = createHash('sha256')
  for (const [path, code] of sourcesIn(join(ROOT, 'src'))) hash.update(path).update(code)
  return hash.digest('hex')
}

/** One run of the tests. What they print is of objects that were killed, and nobody wants it. */
async function run({
  extent,
  mutant,
  known,
}: {
  extent: string
  mutant?: number
  known?: Set<string>
}) {
  const start = Date.now()
  const file = join(folder, `${mutant ?? 'whole'}.json`)
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--root', 'test', '--config', 'mutants/vitest.config.ts', '--project', 'worker'],
      ...[mutantTest(mutant), '--reporter', 'json', '--outputFile', file],
      ...(known ? ['--bail', '1'] : []),
      ...(known?.size ? ['--testNamePattern', allBut(known)] : []),
    ],
    {
      cwd: ROOT,
      detached: true,
      env: { ...process.env, EXTENT: extent, ...(mutant !== undefined && { MUTANT: `${mutant}` }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  child.stdout.on('data', (data) => (said += data))
  child.stderr.on('data', (data) => (said += data))
  const stop = () => child.pid && process.kill(-child.pid, 'SIGKILL')
  const timer = setTimeout(stop, LONGEST[mutant === undefined ? 'whole' : 'mutant'])
  await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)

  const edits = mutant === undefined ? [] : (MUTANTS[mutant]?.edits ?? [])
  const places = edits.map((edit) => placeOf(edit, sources))
  const missing = places.find(({ path }) => !said.includes(`changed: ${path}\n`))
  if (missing) throw new Error(`${missing.path} was not changed\n${said.slice(-3_000)}`)
  return { outcome: outcomeIn(file, said), seconds: Math.round((Date.now() - start) / 1_000) }
}

function isOutOfTime(message: string) {
  return message.includes('Test timed out in ')
}

function mutantTest(mutant: number | undefined) {
  return (mutant !== undefined && MUTANTS[mutant]?.by) || 'crash.test.ts'
}

/** What fails without a mutant too proves nothing of one. */
function allBut(names: Set<string>) {
  const patterns = [...names].map((name) => name.replace(/[^\w]+/g, '.*'))
  return patterns.length ? `^(?!.*(?:${patterns.join('|')})$)` : ''
}

function outcomeIn(file: string, said: string): Outcome {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`The tests gave no result\n${said.slice(-3_000)}`, { cause })
  }
}

function testsOf({ testResults }: Outcome) {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
}
