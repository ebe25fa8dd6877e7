import { setTimeout as pause } from 'node:timers/promises'
import type { BudgetsView, TurnReceipt } from '../../src/operator/schemas.ts'
import { tokensIn } from '../../test/support/sse.ts'
import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { mostRooms } from '../machine.ts'
import { atRate } from '../rate.ts'
import { short, summaryOf } from '../statistics.ts'
import { overheadOf, type Trail, type World } from '../world.ts'
import { runsIn, takesTurn } from './rows.ts'

/** So many of ten turns can be paid. */
const SHARE = 0.7
const PER_SECOND = 100
const MILLION = 1_000_000
/** The number of the first who asks: the bot has one of the low ones. */
const FIRST = 100
/** An answer of four hundred tokens. */
const WORDS = 'It is as it was said before, and nobody knows better. '.repeat(30)
/** With these a prompt stays below 5,000 tokens. */
const TOOLS = ['read_messages', 'search_conversation', 'boost', 'memory', 'list', 'reminders']
/** Far longer than a turn may take. */
const LONGEST = 5 * 60_000
const QUICK = { firstMs: 0, pieces: 1, pieceMs: 0 }
const SENTENCE = /spending limit .*is used up/

/** Many rooms at once under one limit that does not pay for all of them; and what a limit costs a turn. */
export const limits = {
  name: 'limits',
  title: 'Limits: 1,000 rooms under one that is worth 700 turns, and what it costs a hot turn',
  async measure({ smoke, home, open, say }: Bench): Promise<Finding[]> {
    const crowded = await crowd(await open(), { rooms: smoke ? 40 : mostRooms(1_000), smoke, say })
    const window = await open({ script: await buildWithWindows(home) })
    return [...crowded, ...(await besideNone(window, smoke ? 5 : 100))]
  },
}

/** Everybody asks within seconds, each in a room of their own. */
async function crowd(
  world: World,
  { rooms, smoke, say }: Pick<Bench, 'smoke' | 'say'> & { rooms: number },
): Promise<Finding[]> {
  const { worker, model, campfire } = world
  world.words = WORDS
  const all = Array.from({ length: rooms + 1 }, (_, index) => index + 1)
  const body = JSON.stringify({ tools: TOOLS })
  await worker.operator('/bots/assistant', { method: 'PATCH', body })
  await worker.answersWhole(all)
  await world.turn(rooms + 1, 'What does a turn cost?')
  await world.isQuiet()
  const each = await paidIn(world, [rooms + 1])
  const most = Math.ceil(SHARE * rooms * each)
  const usd = most / MILLION
  await limit(world, [{ for: 'installation', per: 'month', usd }])
  say(`${rooms} rooms, $${usd} for ${SHARE * rooms} turns`)

  model.pace = smoke ? { ...QUICK } : { firstMs: 500, pieces: 10, pieceMs: 50 }
  const posts = campfire.posts.length + rooms
  const began = performance.now()
  const asking = atRate({ perSecond: PER_SECOND, seconds: rooms / PER_SECOND }, (index) =>
    world.says(index + 1, 'Hello', { author: FIRST + index }),
  )
  let used = 0
  while (campfire.posts.length < posts && performance.now() - began < LONGEST) {
    used = Math.max(used, await usedOf(world))
    await pause(500)
  }
  await asking
  const seconds = (performance.now() - began) / 1_000
  await world.isQuiet()
  used = Math.max(used, await usedOf(world))

  const answered = [...world.trails.values()].filter(({ answers }) => answers === 1).length - 1
  const refused = campfire.posts.filter(({ text }) => SENTENCE.test(text)).length
  const paid = await paidIn(world, all.slice(0, rooms))
  const unused = most - paid
  const longest = Math.max(...model.calls.map(({ body }) => tokensIn(JSON.stringify(body))))
  return [
    exactly('rooms that were answered, or told of the limit, once', answered + refused, rooms),
    exactly('calls of the model: no more than answers', model.calls.length - 1, answered),
    exactly('overshoot in millionths of a dollar, at every look', Math.max(0, used - most), 0),
    exactly('overshoot in the end, by all receipts', Math.max(0, -unused), 0),
    isAtMost('tokens of the longest prompt', longest, 5_000),
    told('turns that the limit has paid', `${answered} of ${rooms}; ${refused} were told of it`),
    atMost('unused in the end, of the limit', unused / most, 0.01, {
      found: `$${(unused / MILLION).toFixed(3)} of $${usd.toFixed(2)}, ${short((100 * unused) / most)} %`,
      numbers: { unused, most, answered, refused },
    }),
    told('until all were answered or told', `${short(seconds)} s`, { seconds }),
  ]
}

/** Two rooms in turns: one has a limit of its own, the other none. */
async function besideNone(world: World, rounds: number): Promise<Finding[]> {
  const [limited, free] = [1, 2]
  await world.worker.answersWhole([limited, free])
  await limit(world, [{ for: `room:${limited}`, per: 'month', usd: 100_000 }])
  for (const room of [limited, free]) world.campfire.fill(room)
  world.model.pace = { firstMs: 20, pieces: 4, pieceMs: 5 }
  for (let turn = 0; turn < 10; turn++) {
    for (const room of [limited, free]) await takesTurn(world, room)
  }
  const trails = new Map<number, Trail[]>([
    [limited, []],
    [free, []],
  ])
  const written = new Map([
    [limited, 0],
    [free, 0],
  ])
  for (let round = 0; round < rounds; round++) {
    // Whoever is second finds the process warm: each is as often.
    const pair = round % 2 ? [limited, free] : [free, limited]
    for (const room of pair) {
      const before = runsIn(world.worker.log).length
      await takesTurn(world, room)
      const rows = runsIn(world.worker.log).slice(before)
      written.set(room, (written.get(room) ?? 0) + rows.reduce((sum, one) => sum + one.written, 0))
      const trail = [...world.trails.values()].at(-1)
      if (trail) trails.get(room)?.push(trail)
      await world.isQuiet()
    }
  }
  const [with_, without] = [limited, free].map((room) =>
    summaryOf((trails.get(room) ?? []).map(overheadOf)),
  )
  const ratio = (with_?.median ?? Number.NaN) / (without?.median ?? Number.NaN)
  const rows = [limited, free].map((room) => (written.get(room) ?? 0) / rounds)
  return [
    atMost('own overhead of a hot turn under a limit, p50', ratio, 1.05, {
      unit: ' ×',
      found: `${short(without?.median ?? 0)} → ${short(with_?.median ?? 0)} ms, ${short(ratio)} ×`,
      numbers: { with: with_?.median ?? 0, without: without?.median ?? 0 },
    }),
    isAtMost(
      'billed writes of it, in the mean, beyond those of one without',
      (rows[0] ?? 0) - (rows[1] ?? 0),
      0.5,
    ),
    told('billed writes of a turn, with and without', rows.map(short).join(' and ')),
  ]
}

async function limit({ worker }: World, budgets: { for: string; per: string; usd: number }[]) {
  const body = JSON.stringify({ budgets })
  await worker.operator('/budgets', { method: 'PATCH', body })
}

/** Spent and reserved, in millionths of a dollar, as the account has it. */
async function usedOf({ worker }: World) {
  const { budgets } = await worker.operator<BudgetsView>('/budgets')
  const usd = budgets.reduce((sum, { spentUsd, reservedUsd }) => sum + spentUsd + reservedUsd, 0)
  return Math.round(usd * MILLION)
}

/** What the first turn of each of these came to by its receipt, in millionths. */
async function paidIn({ worker }: World, rooms: number[]) {
  let sum = 0
  for (const room of rooms) {
    const receipt = await worker.operator<TurnReceipt>(`/rooms/${room}/assistant/turns/1`)
    sum += Math.round(receipt.costDollars * MILLION)
  }
  return sum
}

function isAtMost(what: string, value: number, goal: number): Finding {
  return { ...atMost(what, value, goal), kind: 'count' }
}
