import { copyFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Dialect } from '../campground/dialect.ts'
import { planFor } from './plan.ts'
import { Tally } from './tally.ts'
import { CLAIMS, judge, looksDone, type Verdict } from './verdict.ts'
import { World } from './world.ts'

/**
 * `npm run chaos`: the built Worker, killed again and again, while people talk to it through a network
 * that loses, doubles and delays, with a model and a Campfire that fail. In the end the room is read.
 *
 *   --seed S          the same plan again; without it a new one, whose seed is printed
 *   --messages N      1000 if nothing is said, or what fits the seconds
 *   --rooms N         50, or 12
 *   --seconds N       make it fit, starting and judging included
 *   --dialect D       rails (usual) or port
 *   --expect-missed   wait for what no delivery brought to be found, and count it as lost otherwise
 */
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    messages: { type: 'string' },
    rooms: { type: 'string' },
    seconds: { type: 'string' },
    dialect: { type: 'string', default: 'rails' },
    'expect-missed': { type: 'boolean', default: false },
    'keep-log': { type: 'string' },
  },
})

const AROUND_MS = 24_000
const seconds = Number(options.seconds ?? 0)
const messages = Number(options.messages ?? (seconds ? 2 * seconds : 1_000))
const rooms = Number(options.rooms ?? (seconds ? 12 : 50))
const talkMs = seconds ? Math.max(5_000, seconds * 1_000 - AROUND_MS) : messages * 180
const kills = Math.max(1, Math.round(talkMs / 9_000))
const expectMissed = options['expect-missed']
const { seed } = options

/** The last look that settles anything comes a minute after the last turn. */
const SWEPT_AFTER = 75_000
const QUIET_WITHIN = 90_000
const LONGEST_AROUND = 420_000

const tally = new Tally()
const plan = planFor({ seed, messages, rooms, talkMs, kills })
console.log(
  `seed ${seed}: ${messages} messages, ${rooms} rooms, ${kills} kills, ${talkMs / 1_000} s`,
)

const began = Date.now()
let begun: World | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => leave(130))
}
setTimeout(() => {
  console.error(`Took too long (seed ${seed})`)
  leave(1)
}, talkMs + LONGEST_AROUND).unref()

const world = await World.begin(plan, { seed, dialect: options.dialect as Dialect, tally })
begun = world
try {
  await world.live()
  await world.calm()
  tell(await settled())
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  if (options['keep-log']) copyFileSync(world.log, options['keep-log'])
  await world.end()
}
process.exit()

/** Whatever is under way: nothing that was started may outlive this. */
function leave(code: number) {
  void (begun?.end() ?? Promise.resolve()).finally(() => process.exit(code))
}

/** First from afar, for asking wakes what sleeps; then each room is asked; and then once more. */
async function settled(): Promise<Verdict> {
  const isQuiet = await until(QUIET_WITHIN, async () => looksDone(world))
  tally.count('in the end', isQuiet ? 'quiet by itself' : 'not quiet until it was asked')
  await until(20_000, async () => {
    const { waiting, running } = await world.queue()
    return waiting + running === 0
  })

  const early = await judge(world, { expectMissed: false })
  const asleep = { claim: 'rooms stuck', room: 0, what: 'not quiet until it was asked' }
  if (!isQuiet) early.findings.push(asleep)
  if (!early.findings.length && !expectMissed) return early

  // What a dead request did late is put right, and what was missed is found, a minute after a turn.
  console.log(
    `${early.findings.length} findings; waiting for the look a minute after the last turn`,
  )
  await pause(SWEPT_AFTER)
  await until(30_000, async () => looksDone(world))
  const late = await judge(world, { expectMissed })
  for (const { claim } of early.findings) tally.count('seen, then', `${claim} (a minute earlier)`)
  if (!isQuiet) late.findings.push(asleep)
  return late
}

async function until(ms: number, isSo: () => Promise<boolean>) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(250)) {
    if (await isSo()) return true
  }
  return false
}

function tell({ findings, outcome }: Verdict) {
  console.log(`\nWhat was done to it in ${Math.round((Date.now() - began) / 1_000)} s`)
  for (const line of tally.lines) console.log(`  ${line}`)
  console.log('What came of it')
  for (const [what, times] of Object.entries(outcome).sort()) console.log(`  ${what}: ${times}`)

  const failed = CLAIMS.filter((claim) => findings.some((finding) => finding.claim === claim))
  console.log('')
  for (const claim of CLAIMS) {
    const found = findings.filter((finding) => finding.claim === claim)
    console.log(`${found.length ? '✗' : '✓'} ${found.length} ${claim}`)
    for (const finding of found) console.log(`    ${asLine(finding)}`)
  }
  console.log(`${CLAIMS.length - failed.length} passed, ${failed.length} failed (seed ${seed})`)
  if (failed.length) process.exitCode = 1
}

function asLine({ claim, room, what }: Verdict['findings'][number]) {
  return `${claim}, room ${room}: ${what}`
}
