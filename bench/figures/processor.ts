import { atMost, type Bench, exactly, type Finding } from '../figure.ts'
import { short } from '../statistics.ts'
import type { World } from '../world.ts'

const ROOMS = 20

/** What a turn takes of a core: so many rooms fit on one machine. */
export const processor = {
  name: 'processor',
  title: 'Processor time of a turn whose answer is streamed in ten pieces',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const world = await open()
    const { worker, model, campfire, trails } = world
    const rooms = Array.from({ length: ROOMS }, (_, index) => index + 1)
    await worker.answersWhole(rooms)
    for (const room of rooms) campfire.fill(room)
    model.pace = { firstMs: 10, pieces: 10, pieceMs: 5 }
    // What the process has still to compile is not what a turn costs.
    await Promise.all(rooms.map((room) => talk(world, room, smoke ? 1 : 20)))

    // Enough of them for a clock of whole seconds.
    const times = smoke ? 1 : 100
    say(`${times * ROOMS} turns`)
    const before = worker.cpuSeconds()
    await Promise.all(rooms.map((room) => talk(world, room, times)))
    const cpu = worker.cpuSeconds() - before
    const all = [...trails.values()]
    return [
      exactly('answered, once', all.filter(({ answers }) => answers === 1).length, all.length),
      exactly('asked once', all.filter(({ calls }) => calls === 1).length, all.length),
      atMost('of workerd, each turn', (cpu * 1_000) / (times * ROOMS), 9, {
        unit: ' ms',
        found: `${short((cpu * 1_000) / (times * ROOMS))} ms (${cpu} s, ${times * ROOMS} turns)`,
      }),
    ]
  },
}

async function talk(world: World, room: number, times: number) {
  for (let turn = 0; turn < times; turn++) {
    await world.turn(room, `A question, the ${turn}th`)
    await world.isQuiet()
  }
}
