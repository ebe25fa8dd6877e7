import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { short } from '../statistics.ts'
import type { World } from '../world.ts'

/** So many turns a room tells the account at once. */
const BATCH = 20

/** Where a text turn that is answered whole stands in rows, early and late in one conversation. */
export const rows = {
  name: 'rows',
  title: 'Rows that text turns read and write, early and after 1,000 turns',
  async measure({ smoke, home, open, say }: Bench): Promise<Finding[]> {
    // Twenty turns in a row, one of which tells the account. The newest page of the room is full of ours by
    // turn 30, and from turn 150 on a summary stands before the session: there it comes to its rest.
    const [early, late] = smoke ? [31, 51] : [171, 1_001]
    const world = await open({ script: await buildWithWindows(home) })
    await world.worker.answersWhole([1])
    world.campfire.fill(1)
    const tenth = await costOf(world, 10, 1)
    const thirtieth = await costOf(world, 30, 1)
    const first = await costOf(world, early, BATCH)
    const last = await costOf(world, late, BATCH)
    say(`${late + BATCH - 1} turns in one room`)

    const [of, reads] = [
      `of ${BATCH} turns from turn ${late} on`,
      { first: first.read, last: last.read },
    ]
    return [
      exactly('billed writes of turn 10', tenth.written, 14),
      isAtMost(
        `billed writes ${of}, one report to the account among them`,
        last.written,
        14 * BATCH + 1,
      ),
      exactly(`the same as from turn ${early} on`, last.written, first.written),
      isAtMost(
        `rows read ${of}: as from turn ${early} on, give or take one each`,
        last.read,
        first.read + BATCH,
      ),
      told('rows read in a turn, in the mean', short(last.read / BATCH), reads),
      told('rows read at turn 10, and at turn 30', `${tenth.read}, ${thirtieth.read}`),
    ]
  },
}

/** Counted, not measured: it holds on every machine. */
function isAtMost(what: string, value: number, goal: number): Finding {
  return { ...atMost(what, value, goal), kind: 'count' }
}

/** Of so many turns from this one on: what was said before is over, and nothing comes after it. */
async function costOf(world: World, from: number, turns: number) {
  while (world.trails.size < from - 1) await takesTurn(world)
  const { length } = runsIn(world.worker.log)
  for (let turn = 0; turn < turns; turn++) await takesTurn(world)
  const runs = runsIn(world.worker.log).slice(length)
  const sum = (what: 'read' | 'written') => runs.reduce((all, run) => all + run[what], 0)
  return { read: sum('read'), written: sum('written') }
}

/** Each is taken by one run of the alarm, which says at its end what it cost. */
export async function takesTurn(world: World, room = 1) {
  const { length } = runsIn(world.worker.log)
  await world.turn(room, `Turn ${world.trails.size + 1}`)
  while (runsIn(world.worker.log).length < length + 1) await pause(1)
  if (runsIn(world.worker.log).length > length + 1) throw new Error('The turn took several runs')
}

export function runsIn(log: string) {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"bench.rows"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as { written: number; read: number })
}
