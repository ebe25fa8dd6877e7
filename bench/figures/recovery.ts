import { setTimeout as pause } from 'node:timers/promises'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { short, summaryOf } from '../statistics.ts'
import type { World } from '../world.ts'

/** `kill -9` in the middle of every room's model call; then the process is started again, and not asked. */
export const recovery = {
  name: 'recovery',
  title: 'After kill -9 and restart: the open turn goes on',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const rooms = smoke ? 3 : 20
    const times = smoke ? 1 : 5
    const world = await open()
    const [starts, waits]: [number[], number[]] = [[], []]
    for (let time = 0; time < times; time++) {
      say(`kill ${time + 1} of ${times}`)
      const { start, wait } = await killed(world, rooms)
      starts.push(start)
      waits.push(...wait)
    }

    const all = [...world.trails.values()]
    const wait = summaryOf(waits)
    return [
      exactly('acknowledged (204)', all.filter(({ status }) => status === 204).length, all.length),
      exactly('answered, once', all.filter(({ answers }) => answers === 1).length, all.length),
      exactly('asked twice: before the kill and after', askedTwice(world), all.length),
      told(
        'the process, from its start to its first answer',
        `${short(summaryOf(starts).median)} ms`,
      ),
      atMost('from there to the model being asked again, slowest', wait.max, 3_000, {
        unit: ' ms',
        found: `${short(wait.max)} ms (p50 ${short(wait.median)} ms)`,
        numbers: { ...wait },
      }),
    ]
  },
}

async function killed(world: World, rooms: number) {
  const { worker, model } = world
  model.pace = { firstMs: 60_000, pieces: 1, pieceMs: 0 }
  const said = []
  for (let room = 1; room <= rooms; room++) said.push(await world.says(room, 'Are you there?'))
  for (const end = Date.now() + 10_000; said.some(({ calls }) => !calls); await pause(10)) {
    if (Date.now() > end) throw new Error('The model was not asked')
  }

  await worker.kill()
  model.pace = { firstMs: 100, pieces: 1, pieceMs: 0 }
  const began = performance.now()
  await worker.start()
  const up = performance.now()
  await world.allAnswered(20_000)
  await world.isQuiet()
  // What was asked before the process gave its first answer did not wait at all.
  return { start: up - began, wait: said.map(({ asked }) => Math.max(0, asked - up)) }
}

function askedTwice({ trails }: World) {
  return [...trails.values()].filter(({ calls }) => calls === 2).length
}
