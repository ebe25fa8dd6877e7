import type { Body } from '../../test/support/sse.ts'
import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { median, short, summaryOf } from '../statistics.ts'
import { overheadOf, type Trail, type World } from '../world.ts'

/**
 * Our own part of a text turn that is answered whole: from the delivery to the model, and from the
 * model's last byte to the post. Hot; warm, its object evicted before each; and late in a long talk.
 */
export const overhead = {
  name: 'overhead',
  title: 'Own overhead of a text turn: hot, warm, and at turn 1,000',
  async measure({ smoke, home, open, say }: Bench): Promise<Finding[]> {
    const world = await open()
    const { worker, model, campfire } = world
    const early = smoke ? [1, 2] : Array.from({ length: 20 }, (_, index) => index + 1)
    const [long, warmed] = [101, 102]
    const late = smoke ? 30 : 1_000
    await worker.answersWhole([...early, long, warmed])
    for (const room of [...early, long, warmed]) campfire.fill(room)
    model.pace = { firstMs: 0, pieces: 1, pieceMs: 0 }

    // What the process has still to compile is not what a turn costs.
    for (let turn = 1; turn < late - 5; turn++) await world.turn(long, `Turn ${turn}`)
    say(`${late} turns in one room`)
    for (let turn = 1; turn < 8; turn++) {
      for (const room of early) await world.turn(room, `Turn ${turn}`)
    }

    model.pace = { firstMs: 20, pieces: 4, pieceMs: 5 }
    const at10: Trail[] = []
    const at1000: Trail[] = []
    const warm: Trail[] = []
    await turns(world, warmed, smoke ? 2 : 10)
    // In turns, so that the moods of the machine are shared out fairly.
    for (const room of early) {
      await turns(world, room, 1) // it has slept
      at10.push(...(await turns(world, room, 5)))
      at1000.push(...(await turns(world, long, 5)))
      for (let times = 0; times < (smoke ? 1 : 3); times++) {
        await world.isQuiet()
        await worker.evict([warmed])
        warm.push(await world.turn(warmed, 'Warm'))
      }
    }

    const [hot, cold] = [summaryOf(at10.map(overheadOf)), summaryOf(warm.map(overheadOf))]
    const old = summaryOf(at1000.map(overheadOf))
    const bodies = { short: bodyOf(world, at10), long: bodyOf(world, at1000) }
    const window = await open({ script: await buildWithWindows(home) })
    const carried = await carry(window, bodies)
    const more = carried.long - carried.short
    const all = [...world.trails.values()]
    const warmIn = await warmTurnsIn(world, warmed)
    return [
      exactly('answered, once', all.filter(({ answers }) => answers === 1).length, all.length),
      exactly('calls of the model', model.calls.length, all.length),
      exactly('posts', campfire.asked['POST messages'] ?? 0, all.length),
      exactly('edits', campfire.asked['PATCH messages'] ?? 0, 0),
      exactly('pages listed', campfire.asked['GET messages'] ?? 0, all.length),
      exactly('boosts put and removed', boostsOf(world), 2 * all.length),
      exactly('of the last turns in that room, warm', warmIn, Math.min(20, warm.length)),
      told('hot', parts(at10), { ...hot }),
      told('hot, to reach', '≤ 0.75 × the kept-alive client of the Claude Agent SDK: bench:peers'),
      atMost('warm against hot, p50', cold.median / hot.median, 1.5, {
        unit: ' ×',
        found: parts(warm),
        numbers: { ...cold },
      }),
      atMost(`turn ${short(late)} against turn 10: what is added`, old.median - hot.median, more, {
        unit: ' ms',
        found: `${short(old.median - hot.median)} ms (${parts(at1000)})`,
        numbers: { ...old, carriedShort: carried.short, carriedLong: carried.long },
      }),
      told(
        'the least: a row and an alarm on the disk, then that prompt',
        `${short(carried.least)} ms until it is answered`,
      ),
      told(
        'its prompt, and what carrying that takes',
        `${bytes(bodies.short)} → ${bytes(bodies.long)}, ${short(more)} ms more`,
      ),
    ]
  },
}

async function turns(world: World, room: number, times: number) {
  const trails: Trail[] = []
  for (let turn = 0; turn < times; turn++) {
    trails.push(await world.turn(room, `A question, the ${turn}th`))
    await world.isQuiet()
  }
  return trails
}

function parts(trails: Trail[]) {
  const all = summaryOf(trails.map(overheadOf))
  const before = median(trails.map(({ asked, sent }) => asked - sent))
  const after = median(trails.map(({ posted, done }) => posted - done))
  const halves = `${short(before)} + ${short(after)}`
  return `p50 ${short(all.median)} ms (${halves}), p99 ${short(all.p99)} ms`
}

function bodyOf({ model }: World, trails: Trail[]) {
  const last = trails.at(-1)
  return model.calls.find(({ heardAt }) => heardAt === last?.asked)?.body
}

/** What it takes to write such prompts down, to send them and to hear them: that part is not ours. */
async function carry(window: World, bodies: Record<'short' | 'long', Body | undefined>) {
  const { worker } = window
  const carried = { short: [] as number[], long: [] as number[], least: [] as number[] }
  // In turns and with a pause between, as what they are compared to.
  for (let round = 0; round < 12; round++) {
    for (const how of ['short', 'long', 'least'] as const) {
      const carry = await (how === 'least'
        ? worker.carries(bodies.short, 1)
        : worker.carries(bodies[how]))
      for (let time = 0; time < 5; time++) {
        await window.isQuiet()
        carried[how].push(await carry())
      }
    }
  }
  const { short, long, least } = carried
  return { short: median(short), long: median(long), least: median(least) }
}

function bytes(body: Body | undefined) {
  return `${short(JSON.stringify(body ?? null).length / 1_024)} KiB`
}

function boostsOf({ campfire }: World) {
  return (campfire.asked['POST boosts'] ?? 0) + (campfire.asked['DELETE boosts'] ?? 0)
}

/** It shows no more than the last twenty. */
async function warmTurnsIn({ worker }: World, room: number) {
  type Overview = { turns: { tier: string }[] }
  const { turns } = await worker.operator<Overview>(`/rooms/${room}/assistant`)
  return turns.filter(({ tier }) => tier === 'warm').length
}
