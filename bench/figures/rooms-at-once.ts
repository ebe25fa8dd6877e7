import { setTimeout as pause } from 'node:timers/promises'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { mostRooms } from '../machine.ts'
import { atRate } from '../rate.ts'
import { short, summaryOf } from '../statistics.ts'
import { overheadOf, type Trail, type World } from '../world.ts'

/** Every room in a long model call at the same time; and what each of them weighs. */
export const roomsAtOnce = {
  name: 'rooms-at-once',
  title: 'Rooms at once, each in a model call of ten seconds',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const rooms = smoke ? 20 : mostRooms(1_000)
    const seconds = smoke ? 1 : 10
    const world = await open()
    await warmUp(world, rooms)
    say(`${rooms} rooms, arrivals over ${seconds} s`)
    const pace = { firstMs: smoke ? 200 : 1_000, pieces: 10, pieceMs: smoke ? 80 : 900 }
    const trails = await crowd(world, { rooms, seconds, pace })
    const late = summaryOf(trails.map(overheadOf))
    await world.close()

    const few = Math.ceil(rooms / 5)
    const light = await weigh(await open({ inspect: true }), few, { smoke })
    const heavy = await weigh(await open({ inspect: true }), rooms, { smoke })
    const each = (heavy.heap - light.heap) / (rooms - few) / 1_024
    const resident = (heavy.resident - light.resident) / (rooms - few)
    return [
      told('rooms, as the limit of open files allows', `${rooms}`),
      exactly('answered, once', trails.filter(({ answers }) => answers === 1).length, rooms),
      exactly('asked once', trails.filter(({ calls }) => calls === 1).length, rooms),
      atMost('the latest answer: beside the model', late.max, 2_000, {
        unit: ' ms',
        found: `${short(late.max)} ms (p50 ${short(late.median)} ms, p99 ${short(late.p99)} ms)`,
        numbers: { ...late },
      }),
      exactly('rooms in their call when weighed', light.open + heavy.open, few + rooms),
      atMost('heap for each further room', each, 100, {
        unit: ' KiB',
        numbers: { few: light.heap, many: heavy.heap },
      }),
      told(
        'heap in all',
        `${mebi(light.heap)} with ${few} rooms, ${mebi(heavy.heap)} with ${rooms}`,
      ),
      told('resident memory of workerd, for each further room', `${short(resident)} KiB`, {
        few: light.resident,
        many: heavy.resident,
      }),
    ]
  },
}

interface Wish {
  rooms: number
  seconds: number
  pace: World['model']['pace']
}

/** They have talked before: what is measured is a turn, not the making of tables. */
async function warmUp(world: World, rooms: number) {
  const all = Array.from({ length: rooms }, (_, index) => index + 1)
  await world.worker.answersWhole(all)
}

async function crowd(world: World, { rooms, seconds, pace }: Wish): Promise<Trail[]> {
  world.model.pace = pace
  await atRate({ perSecond: rooms / seconds, seconds }, (index) => world.says(index + 1, 'Hello'))
  await world.allAnswered(60_000)
  return [...world.trails.values()]
}

/** The heap without its garbage, while all of them wait for the model. */
async function weigh(world: World, rooms: number, { smoke }: { smoke: boolean }) {
  await warmUp(world, rooms)
  const seconds = smoke ? 1 : 10
  world.model.pace = { firstMs: smoke ? 1_500 : 5_000, pieces: 10, pieceMs: smoke ? 200 : 1_500 }
  await atRate({ perSecond: rooms / seconds, seconds }, (index) => world.says(index + 1, 'Hello'))
  await pause(smoke ? 500 : 3_000)
  const resident = world.worker.residentKiB()
  const heap = await world.worker.heap()
  const open = [...world.trails.values()].filter(({ calls, answers }) => calls && !answers).length
  await world.close()
  return { heap, resident, open }
}

function mebi(bytes: number) {
  return `${short(bytes / 2 ** 20)} MiB`
}
