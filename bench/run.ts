import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { commandLine, misused } from '../setup/command-line.ts'
import { build, ROOT } from './build.ts'
import type { Figure, Finding } from './figure.ts'
import { account } from './figures/account.ts'
import { acknowledgement } from './figures/acknowledgement.ts'
import { away } from './figures/away.ts'
import { busyRoom } from './figures/busy-room.ts'
import { files } from './figures/files.ts'
import { idleRooms } from './figures/idle-rooms.ts'
import { index } from './figures/index.ts'
import { limits } from './figures/limits.ts'
import { overhead } from './figures/overhead.ts'
import { processor } from './figures/processor.ts'
import { recovery } from './figures/recovery.ts'
import { reminders } from './figures/reminders.ts'
import { roomsAtOnce } from './figures/rooms-at-once.ts'
import { rows } from './figures/rows.ts'
import { start } from './figures/start.ts'
import { tokens } from './figures/tokens.ts'
import { machine } from './machine.ts'
import { short, table } from './statistics.ts'
import { World } from './world.ts'

// Each figure has processes of its own, and each of them is to end with us.
process.setMaxListeners(50)

const FIGURES: Figure[] = [
  acknowledgement,
  overhead,
  away,
  processor,
  rows,
  tokens,
  recovery,
  roomsAtOnce,
  idleRooms,
  reminders,
  index,
  busyRoom,
  files,
  start,
  account,
  limits,
]

const HELP = `npm run bench: the built Worker as a process; a Campfire, a model with set delays and the people in this one.

  --smoke         seconds; fails when something does not run or a count does not hold, never for times
  --only NAME     these figures alone; may stand more than once
  --json FILE     what was found, for other programs
  --source DIR    measures another copy of the sources, to compare
  --keep          leaves the Worker's log and storage where they are

Its figures:
${FIGURES.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}`
const { values: options } = commandLine(HELP, {
  options: {
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
    source: { type: 'string', default: ROOT },
    keep: { type: 'boolean', default: false },
  },
})

const unknown = options.only?.filter((name) => !FIGURES.some((figure) => figure.name === name))
if (unknown?.length) misused(HELP, `There is no figure ${unknown.join(', ')}.`)

const { smoke } = options
const source = resolve(options.source)
if (!existsSync(join(source, 'src/index.ts')))
  misused(HELP, `There are no sources of Firekeeper in ${source}.`)
const home = mkdtempSync(join(tmpdir(), 'firekeeper-bench-'))
if (options.keep) console.log(home)
else process.once('exit', () => rmSync(home, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}

const on = machine()
console.log(
  `${on.cpu}, ${on.cores} cores, ${on.memoryGiB} GiB; Node ${on.node}, workerd ${on.workerd}`,
)
const script = await build(source, join(home, 'built'))
const results: { name: string; title: string; seconds: number; findings: Finding[] }[] = []
const waiting = FIGURES.filter(({ name }) => options.only?.includes(name) ?? true)
// Nobody judges the times of a smoke run, and its figures wait more than they work.
await Promise.all(Array.from({ length: smoke ? 3 : 1 }, measured))

if (options.json) {
  const path = resolve(options.json)
  mkdirSync(dirname(path), { recursive: true })
  const at = new Date().toISOString()
  writeFileSync(path, `${JSON.stringify({ at, smoke, machine: on, results }, null, 2)}\n`)
}
const all = results.flatMap(({ findings }) => findings)
const missed = all.filter(({ verdict }) => verdict === 'not reached')
const wrong = missed.filter(({ kind }) => kind === 'count')
const reached = all.filter(({ verdict }) => verdict === 'reached').length
console.log(
  smoke
    ? `\n${wrong.length ? '✗' : '✓'} ${wrong.length} counts do not hold (times are not judged: this was a smoke run)`
    : `\n${reached} reached, ${missed.length} not reached`,
)
process.exit(wrong.length ? 1 : 0)

/** One figure after another, until none is waiting. */
async function measured() {
  for (let figure = waiting.shift(); figure; figure = waiting.shift()) {
    const { name, title, measure } = figure
    const began = performance.now()
    const findings = await found(name, measure).catch((error: unknown) => [broken(error)])
    const seconds = Math.round((performance.now() - began) / 1_000)
    results.push({ name, title, seconds, findings })
    console.log(`\n${title} (${name}, ${seconds} s)\n${asTable(findings)}`)
  }
}

/** What a figure opens is closed after it, however it ends. */
async function found(name: string, measure: Figure['measure']) {
  const worlds: World[] = []
  const own = join(home, name)
  mkdirSync(own)
  try {
    return await measure({
      smoke,
      source,
      home: own,
      async open(wish = {}) {
        const place = join(own, `${worlds.length + 1}`)
        const world = await World.open({ script, home: place, ...wish })
        worlds.push(world)
        return world
      },
      say: (progress) => console.error(`  ${name}: ${progress}`),
    })
  } finally {
    await Promise.all(worlds.map((world) => world.close()))
  }
}

function broken(error: unknown): Finding {
  console.error(error)
  const [what = ''] = String(error).split('\n')
  return {
    what,
    found: 'broken',
    goal: 'runs',
    verdict: 'not reached',
    kind: 'count',
    ratio: null,
    numbers: {},
  }
}

function asTable(findings: Finding[]) {
  const rows = findings.map(({ what, found, goal, verdict, ratio }) => {
    const mark = { reached: '✓', 'not reached': '✗', told: ' ' }[verdict]
    return [mark, what, found, goal, ratio === null ? '' : `${short(ratio)} ×`]
  })
  return table(['', 'what', 'found', 'goal', 'of the goal'], rows)
}
