import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import type { World } from '../world.ts'

/** Where a text turn that is answered whole stands in rows, early and late in one conversation. */
export const rows = {
  name: 'rows',
  title: 'Rows that a text turn reads and writes, at turn 10 and at turn 1,000',
  async measure({ smoke, home, open, say }: Bench): Promise<Finding[]> {
    const late = smoke ? 40 : 1_000
    const restMs = smoke ? 400 : 1_000
    const world = await open({ script: await buildWithWindows(home) })
    await world.worker.answersWhole([1])
    const early = await costOf(world, 10, restMs)
    // Reading along looks up each of ours on the newest page, which is full from turn 21 on.
    const full = await costOf(world, 30, restMs)
    const old = await costOf(world, late, restMs)
    say(`${late} turns in one room`)

    const reads = { ten: early.read, thirty: full.read, late: old.read }
    return [
      exactly(`rows written at turn ${late}, as at turn 10`, old.written, early.written),
      isAtMost('billed writes of the turn', old.written, 14),
      isAtMost(
        `rows read at turn ${late}: as at turn 30, give or take one`,
        old.read,
        full.read + 1,
      ),
      told('rows read at turn 10, while the page is half full', String(early.read), reads),
    ]
  },
}

/** Counted, not measured: it holds on every machine. */
function isAtMost(what: string, value: number, goal: number): Finding {
  return { ...atMost(what, value, goal), kind: 'count' }
}

/** Of the turn with this number: what was said before is over, and nothing comes after it. */
async function costOf(world: World, number: number, restMs: number) {
  while (world.trails.size < number - 1) await world.turn(1, `Turn ${world.trails.size + 1}`)
  await pause(restMs)
  const before = runsIn(world.worker.log).length
  await world.turn(1, `Turn ${number}`)
  await pause(restMs)
  const [run, ...others] = runsIn(world.worker.log).slice(before)
  if (!run || others.length) throw new Error('The turn was not taken by one run of the alarm')
  return run
}

function runsIn(log: string) {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"bench.rows"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as { written: number; read: number })
}
