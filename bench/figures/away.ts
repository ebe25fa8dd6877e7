import { type Bench, exactly, type Finding, told } from '../figure.ts'
import { slowDisk } from '../slow-disk.ts'
import { short, summaryOf } from '../statistics.ts'
import type { World } from '../world.ts'

const AWAY = 15
/** By then the sign of the turn before is gone. */
const REST = 8 * AWAY

interface Place {
  name: string
  direct: boolean
  /** Somebody speaks in another room between one question and the next. */
  busy: boolean
}

const PLACES: Place[] = [
  { name: 'in a direct', direct: true, busy: true },
  { name: 'in a room, its numbers follow', direct: false, busy: false },
  { name: 'in a room, people talk elsewhere', direct: false, busy: true },
]

/** So much longer than here takes a commit that is replicated before it counts, in ms. */
const COMMIT = 5

/**
 * What is waited for where Campfire is not next door: every request to it takes 15 ms to get there, and its
 * answer 15 ms to get back. From the delivery to the model; then once more with commits that take longer.
 */
export const away = {
  name: 'away',
  title: 'A Campfire that is 15 ms away: until the model is asked',
  async measure(bench: Bench): Promise<Finding[]> {
    const near = await waitsIn(await bench.open(), bench)
    const disk = slowDisk(COMMIT, bench.home)
    const slow = disk ? await waitsIn(await bench.open({ env: disk }), bench) : null
    const worlds = [near, ...(slow ? [slow] : [])]
    const all = worlds.flatMap(({ world }) => [...world.trails.values()])
    const listed = worlds.map(({ world }) => world.campfire.asked['GET messages'] ?? 0)
    return [
      exactly('answered, once', all.filter(({ answers }) => answers === 1).length, all.length),
      exactly(
        'pages listed',
        listed.reduce((sum, pages) => sum + pages, 0),
        all.length,
      ),
      ...findingsOf(near, ''),
      ...(slow ? findingsOf(slow, `, ${COMMIT} ms a commit`) : []),
    ]
  },
}

async function waitsIn(world: World, { smoke }: Bench) {
  world.model.pace = { firstMs: 60, pieces: 1, pieceMs: 0 }
  const rooms = PLACES.map((_, index) => index + 1)
  await world.worker.answersWhole(rooms)
  for (const [index, place] of PLACES.entries()) {
    world.campfire.fill(index + 1, place)
    await turns(world, index + 1, { ...place, times: 4 })
  }

  world.campfire.awayMs = AWAY
  const waits: number[][] = PLACES.map(() => [])
  for (let round = 0; round < (smoke ? 2 : 12); round++) {
    for (const [index, place] of PLACES.entries()) {
      const asked = await turns(world, index + 1, { ...place, times: smoke ? 1 : 4 })
      waits[index]?.push(...asked)
    }
  }
  return { world, waits }
}

function findingsOf({ waits }: { waits: number[][] }, how: string) {
  return PLACES.map(({ name }, index) => {
    const { median, p99 } = summaryOf(waits[index] ?? [])
    return told(name + how, `p50 ${short(median)} ms, p99 ${short(p99)} ms`, { median, p99 })
  })
}

type Asking = Place & { times: number }

async function turns(world: World, room: number, { direct, busy, times }: Asking) {
  const waits: number[] = []
  for (let turn = 0; turn < times; turn++) {
    if (busy) world.campfire.says(99, 'Lunch?')
    const { asked, sent } = await world.turn(room, `A question, the ${turn}th`, { direct })
    waits.push(asked - sent)
    // Its sign is taken down, and the turn is over.
    await new Promise((resolve) => setTimeout(resolve, REST))
  }
  return waits
}
