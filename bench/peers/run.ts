import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { commandLine, misused, numberIn } from '../../setup/command-line.ts'
import { freePort } from '../../test/start/port.ts'
import { slowDisk } from '../slow-disk.ts'
import type { Contestant } from './contestant.ts'
import { fresh, kept } from './contestants/claude.ts'
import { chat, firekeeper, think } from './contestants/objects.ts'
import { fatesOf } from './fates.ts'
import { faithfulFire, quickFire } from './fires.ts'
import { memoryFor, type Stage, timesOf, writesOf } from './measure.ts'
import { type Result, report } from './report.ts'
import { Town } from './town.ts'

const HELP = `npm run bench:peers: Firekeeper beside what a team would pick instead, each a process of its own
between the same Campfire and the same model. One table; README.md says what is in it.

  --only a,b     of firekeeper, chat, think, kept, fresh
  --parts a,b    of times, memory, writes, fates
  --rounds N     everyone's times so often, in turns: what the machine does meanwhile hits all
  --turns N      of the conversation in each round
  --away N       ms from here to Campfire, and as many back
  --commit N     ms that each commit takes longer; needs a C compiler
  --patience N   seconds that a room is given after a kill -9
  --json FILE    all figures`
const { values: options } = commandLine(HELP, {
  options: {
    only: { type: 'string', default: 'firekeeper,chat,think,kept,fresh' },
    parts: { type: 'string', default: 'times,memory,writes,fates' },
    rounds: { type: 'string', default: '3' },
    turns: { type: 'string', default: '20' },
    away: { type: 'string', default: '0' },
    commit: { type: 'string', default: '0' },
    patience: { type: 'string', default: '45' },
    json: { type: 'string' },
  },
})
const ALL = [firekeeper, chat, think, kept, fresh]
const parts = namesIn('parts', ['times', 'memory', 'writes', 'fates'])
const only = namesIn(
  'only',
  ALL.map(({ id }) => id),
)
const contestants = ALL.filter(({ id }) => only.includes(id))
const [rounds, turns] = [numberOf('rounds'), numberOf('turns')]
const [away, commit, patience] = [numberOf('away'), numberOf('commit'), numberOf('patience')]

const home = mkdtempSync(join(tmpdir(), 'firekeeper-peers-'))
process.once('exit', () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}

const slow = commit ? slowDisk(commit, home) : {}
if (!slow) {
  console.error('Commits cannot be made slower: there is no C compiler here.')
  process.exit(2)
}
const results: Result[] = contestants.map(({ id, name, what, kind }) => {
  return { id, name, what, kind, times: { hot: [], warm: [], cold: [] }, trouble: [] }
})
const began = Date.now()
for (let round = 0; round < rounds; round++) {
  await each('times', async (one, result, stage) => {
    const { hot, warm, cold } = await timesOf(one, stage)
    result.times.hot.push(...hot)
    result.times.warm.push(...warm)
    result.times.cold.push(...cold)
  })
}
await each('memory', async (one, result, stage) => {
  result.memory = await memoryFor(one, stage)
})
await each('writes', async (one, result, stage) => {
  result.writes = await writesOf(one, stage)
})
await each('fates', async (one, result, stage) => {
  result.fates = await fatesOf(one, { ...stage, patienceMs: patience * 1_000 })
})

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, \
Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`
console.log(report(results, machine))
console.log(`\nTook ${Math.round((Date.now() - began) / 1_000)} s.`)
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`)
process.exit()

type Part = (one: Contestant, result: Result, stage: Stage) => Promise<void>

/** Each in a place that nobody was in before. Whoever cannot be run says why, in its row. */
async function each(part: string, measure: Part) {
  if (!parts.includes(part)) return
  for (const [index, one] of contestants.entries()) {
    const result = results[index]
    if (!result) continue
    const port = await freePort()
    const fire = await (part === 'fates' ? faithfulFire(port) : quickFire(port, away))
    const town = await Town.around(fire)
    const place = {
      port,
      home: mkdtempSync(join(home, `${one.id}-`)),
      campfire: fire.url,
      bot: fire.bot,
      model: town.model.url,
      env: slow,
    }
    process.stderr.write(`${part}: ${one.name}\n`)
    await measure(one, result, { town, place, turns }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      result.trouble.push(`${part}: ${why} ${lastWordsOf(join(place.home, 'log'))}`.trim())
    })
    await town.close()
  }
}

function numberOf(flag: 'rounds' | 'turns' | 'away' | 'commit' | 'patience') {
  return numberIn(HELP, [flag, options[flag]])
}

function namesIn(flag: 'only' | 'parts', known: string[]) {
  const names = options[flag].split(',')
  const unknown = names.filter((name) => !known.includes(name))
  return unknown.length ? misused(HELP, `There is no ${unknown.join(', ')} in --${flag}.`) : names
}

/** What a contestant that failed has said about it. */
function lastWordsOf(log: string) {
  if (!existsSync(log)) return ''
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const said = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1)
  return said ? `(${said.slice(0, 300)})` : ''
}
