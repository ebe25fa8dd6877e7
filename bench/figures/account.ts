import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { atRate } from '../rate.ts'
import { short, summaryOf } from '../statistics.ts'
import { overheadOf, type Trail, type World } from '../world.ts'

const BATCH = 20
const ROOMS = 20

/** 2,000 turns a second are told to the account of the installation, while people talk as usual. */
export const account = {
  name: 'account',
  title: 'Account: 2,000 turns a second told in batches of 20, and no turn waits for it',
  async measure({ smoke, home, open, say }: Bench): Promise<Finding[]> {
    const perSecond = (smoke ? 200 : 2_000) / BATCH
    const seconds = smoke ? 2 : 20
    const rounds = smoke ? 5 : 60
    const world = await open({ script: await buildWithWindows(home) })
    await world.worker.answersWhole([1, 2, 3, 4])
    world.model.pace = { firstMs: 20, pieces: 4, pieceMs: 5 }
    await talk(world, 10)
    const alone = await talk(world, rounds)
    say('and now with all that is told')

    const times: number[] = []
    const telling = atRate({ perSecond, seconds }, async (index) => {
      times.push(await world.worker.tells(reportFrom(index)))
    })
    const beside: Trail[] = []
    let isTold = false
    void telling.finally(() => {
      isTold = true
    })
    while (!isTold) beside.push(...(await talk(world, 5)))
    await telling

    const [quiet, loud] = [summaryOf(alone.map(overheadOf)), summaryOf(beside.map(overheadOf))]
    const told_ = summaryOf(times)
    const counted = await world.worker.operator<{ turns: number }>('/session/stats')
    const talked = world.trails.size
    const sent = perSecond * seconds * BATCH
    return [
      exactly('answered, once', [...world.trails.values()].filter(answeredOnce).length, talked),
      exactly('turns that the account knows of', counted.turns, talked + sent),
      told('a batch is taken in', `p50 ${short(told_.median)} ms, p99 ${short(told_.p99)} ms`, {
        ...told_,
      }),
      atMost('own overhead of a turn beside it, p50', loud.median / quiet.median, 1.5, {
        unit: ' ×',
        found: `${short(quiet.median)} → ${short(loud.median)} ms, ${short(loud.median / quiet.median)} ×`,
        numbers: { quiet: quiet.median, loud: loud.median, p99: loud.p99 },
      }),
    ]
  },
}

function answeredOnce({ answers }: Trail) {
  return answers === 1
}

async function talk(world: World, rounds: number) {
  const trails: Trail[] = []
  for (let round = 0; round < rounds; round++) {
    trails.push(await world.turn(1 + (round % 4), `Round ${round}`))
    await world.isQuiet()
  }
  return trails
}

/** As one of twenty rooms tells what happened in it; each of them numbers its own turns. */
function reportFrom(index: number) {
  const room = 10_000 + (index % ROOMS)
  const first = 1 + Math.floor(index / ROOMS) * BATCH
  const now = Date.now()
  return {
    room,
    bot: 3,
    busy: false,
    waiting: 0,
    abilities: {},
    turns: Array.from({ length: BATCH }, (_, turn) => ({
      id: first + turn,
      state: 'replied' as const,
      tier: 'warm' as const,
      started: now - 3_000,
      ended: now,
      steps: 1,
      cost: 1_200,
      input_tokens: 2_000,
      cached_tokens: 1_800,
      output_tokens: 100,
    })),
  }
}
