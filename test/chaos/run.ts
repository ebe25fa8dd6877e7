import { copyFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { commandLine, misused, numberIn } from '../../setup/command-line.ts'
import type { Dialect } from '../campground/dialect.ts'
import { type Book, CLAIMS, type Finding } from './book.ts'
import { planFor } from './plan.ts'
import { keepRooms } from './rooms.ts'
import { Tally } from './tally.ts'
import { lookAtLimits } from './verdict/money.ts'
import { judge, leftToDo, stuckIn } from './verdict.ts'
import { World } from './world.ts'

const HELP = `npm run chaos: the built Worker, killed again and again, while people talk to it, change their minds
and their words, through a network that loses, doubles and delays, with a model and a Campfire that
fail. Then its clock is put forward by a day, everybody says one thing more, and each room is read.

  --seed S          the same plan and the same faults again; when they meet differs, as time does
  --messages N      1000 if nothing is said, or what fits the seconds
  --rooms N         50, or 12
  --seconds N       make it fit, starting and judging included
  --dialect D       rails (usual), port or v1.4.9, where what cannot be known may stand twice
  --keep-log FILE   what the Worker wrote
  --keep-rooms FILE what stands in each room in the end, with all its turns, as JSON`
const DIALECTS: Dialect[] = ['rails', 'port', 'v1.4.9']
const { values: options } = commandLine(HELP, {
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    messages: { type: 'string' },
    rooms: { type: 'string' },
    seconds: { type: 'string' },
    dialect: { type: 'string', default: 'rails' },
    'keep-log': { type: 'string' },
    'keep-rooms': { type: 'string' },
  },
})

const AROUND_MS = 28_000
const seconds = count('seconds') ?? 0
const messages = count('messages') ?? (seconds ? 2 * seconds : 1_000)
const rooms = count('rooms') ?? (seconds ? 12 : 50)
const dialect =
  DIALECTS.find((one) => one === options.dialect) ??
  misused(HELP, `--dialect wants one of ${DIALECTS.join(', ')}.`)
const talkMs = seconds ? Math.max(5_000, seconds * 1_000 - AROUND_MS) : messages * 180
const kills = Math.max(1, Math.round(talkMs / 8_000))
const { seed } = options

const MINUTE = 60_000
const QUARTER = 15 * MINUTE
/** By then rooms were looked at again, leave was given up, a session is over; and what came of that, too. */
const PASSES = 26 * 60 * MINUTE
/** And so long after a turn its room is looked at for the last time but one. */
const LOOKED = 65 * MINUTE
/** What is due within it rings together. An alarm may be late by less than a minute. */
const TOGETHER = MINUTE / 2
/** Nobody is at work, nor about to be. */
const AT_REST = 5_000
/** It is long over by then, on any machine, refusals too, which are tried for two minutes: only what hangs meets these. */
const QUIET_WITHIN = 240_000
const LONGEST_AROUND = 900_000
const MOST_SHOWN = 20
/** Several messages may share a turn, and some are for nobody: it is half of them where all goes well. */
const LEAST_ANSWERED = 0.25

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

try {
  const world = await World.begin(plan, { seed, dialect, tally })
  begun = world
  await world.live()
  await world.calm()
  tell(await settled(world))
  if (options['keep-rooms']) await keepRooms(world, options['keep-rooms'])
} catch (error) {
  console.error(error, `(seed ${seed})`)
  process.exitCode = 1
} finally {
  if (options['keep-log'] && begun) copyFileSync(begun.worker.log, options['keep-log'])
  await begun?.end()
}
process.exit()

function count(flag: 'seconds' | 'messages' | 'rooms') {
  const typed = options[flag]
  return typed === undefined ? null : numberIn(HELP, [flag, typed], { least: 1 })
}

/** Whatever is under way: nothing that was started may outlive this. */
function leave(code: number) {
  void (begun?.end() ?? Promise.resolve()).finally(() => process.exit(code))
}

/** First from afar, for asking wakes what sleeps. Then time passes, and all that is due comes about. */
async function settled(world: World): Promise<Book> {
  await until(QUIET_WITHIN, async () => !leftToDo(world).length)
  const left = await stuckIn(world)
  const wasAtRest = await passes(world, PASSES)
  await world.sayLastWords()
  // Somebody may be asked for leave, and that the answer came nobody may have told us.
  const isAtRest = (await passes(world, LOOKED)) && wasAtRest
  await comesHome(world)

  const book = await judge(world)
  const answered = book.outcome['turns replied'] ?? 0
  if (answered < messages * LEAST_ANSWERED) {
    book.find('too few answers to prove anything', 0, `${answered} to ${messages} messages`)
  }
  for (const { room, what } of left) {
    book.find('rooms stuck', room, `not quiet until it was asked: ${what}`)
  }
  if (!isAtRest) book.find('rooms stuck', 0, 'never at rest')
  return book
}

/** As fast as what is due comes about. */
async function passes(world: World, most: number) {
  let isAtRest = await rests(world)
  for (let passed = 0; passed < most && isAtRest; ) {
    const ms = Math.min((await world.ringsIn()) + TOGETHER, most)
    await world.passes(ms)
    isAtRest = await rests(world)
    passed += ms
  }
  return isAtRest
}

/** The account asks for what is lent still: a lease that nobody uses is home within the hour. */
async function comesHome(world: World) {
  for (let quarters = 0; quarters < 4; quarters++) {
    const limits = await lookAtLimits(world)
    if (!limits.some(({ reservedUsd }) => reservedUsd)) return
    await world.passes(QUARTER)
    await rests(world)
  }
}

async function rests(world: World) {
  return await until(QUIET_WITHIN, async () => {
    await world.settle()
    return (await world.ringsIn()) > AT_REST
  })
}

async function until(ms: number, isSo: () => Promise<boolean>) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(200)) {
    if (await isSo()) return true
  }
  return false
}

function tell({ findings, outcome }: Book) {
  console.log(`\nWhat was done to it in ${Math.round((Date.now() - began) / 1_000)} s`)
  for (const line of tally.lines) console.log(`  ${line}`)
  console.log('What came of it')
  for (const [what, times] of Object.entries(outcome).sort()) console.log(`  ${what}: ${times}`)

  const failed = CLAIMS.filter((claim) => findings.some((finding) => finding.claim === claim))
  console.log('')
  for (const claim of CLAIMS) {
    const found = findings.filter((finding) => finding.claim === claim)
    console.log(`${found.length ? '✗' : '✓'} ${found.length} ${claim}`)
    for (const finding of found.slice(0, MOST_SHOWN)) console.log(`    ${asLine(finding)}`)
    if (found.length > MOST_SHOWN) console.log(`    and ${found.length - MOST_SHOWN} more`)
  }
  console.log(`${CLAIMS.length - failed.length} passed, ${failed.length} failed (seed ${seed})`)
  if (failed.length) process.exitCode = 1
}

function asLine({ claim, room, what }: Finding) {
  return `${claim}, room ${room}: ${what}`
}
