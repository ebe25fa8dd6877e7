import { setTimeout as pause } from 'node:timers/promises'
import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { short, summaryOf } from '../statistics.ts'
import { overheadOf, type Trail, type World } from '../world.ts'

const PAGE = 40
/** Pages between two looks at the heap. */
const STRIDE = 50
const WORDS =
  'The third draft reads better than the second one, and the budget is twelve thousand, said the printers.'

/** The room's history, read back: what it takes, and what whoever talks there meanwhile notices of it. */
export const index = {
  name: 'index',
  title: 'A room of 20,000 messages, read back; and turns while one is',
  async measure({ smoke, open, say, home }: Bench): Promise<Finding[]> {
    const script = await buildWithWindows(home)
    const whole = await readBack(await open({ script, inspect: true }), smoke ? 400 : 20_000, say)
    const world = await open({ script })
    return [...whole, ...(await talkBeside(world, smoke ? 4 : 60, say))]
  },
}

/** Page after page without a rest, where a second lies between two of them otherwise. */
async function readBack(world: World, messages: number, say: Bench['say']): Promise<Finding[]> {
  const { worker, campfire } = world
  campfire.fill(1, { messages, text: WORDS })
  await worker.answersWhole([1])
  say(`${messages} messages`)
  const heaps: number[] = []
  let [pages, written, ms, isWhole] = [0, 0, 0, false]
  while (!isWhole) {
    const began = performance.now()
    const done = await worker.indexes(1, STRIDE)
    ms += performance.now() - began
    pages += done.pages
    written += done.written
    isWhole = done.isWhole
    heaps.push(await worker.heap())
  }
  const grown = (Math.max(...heaps) - (heaps[0] ?? 0)) / 1_024
  const each = ms / pages
  return [
    // The last is empty: a full page without a link may be one whose link a proxy has taken out.
    exactly('pages', pages, messages / PAGE + 1),
    exactly('billed rows: one for each message, and one for each page', written, messages + pages),
    told('a page: asked for, read, kept', `${short(each)} ms, ${short(ms / 1_000)} s in all`, {
      each,
      ms,
    }),
    atMost('heap, above that after the first pages', Math.max(0, grown), 2_048, {
      unit: ' KiB',
      numbers: { first: heaps[0] ?? 0, most: Math.max(...heaps) },
    }),
  ]
}

const [INDEXED, PLAIN] = [1, 2]

/** By turns in two rooms alike, one of which is read back whenever nobody waits. */
async function talkBeside(world: World, turns: number, say: Bench['say']): Promise<Finding[]> {
  const { worker, campfire, model } = world
  const messages = PAGE * (2 * turns + 20)
  for (const room of [INDEXED, PLAIN]) campfire.fill(room, { messages, text: WORDS })
  await worker.answersWhole([INDEXED, PLAIN])
  for (let turn = 0; turn < 8; turn++) {
    for (const room of [PLAIN, INDEXED]) await world.turn(room, `Turn ${turn}`)
  }
  // With one page to begin with it goes on by itself, a page a second.
  await worker.indexes(INDEXED, 1)
  await worker.evict([INDEXED, PLAIN])
  for (const room of [PLAIN, INDEXED]) await world.turn(room, 'Once more')
  model.pace = { firstMs: 20, pieces: 4, pieceMs: 5 }
  say(`${turns} turns in each room`)

  const [beside, without]: [Trail[], Trail[]] = [[], []]
  const before = await listedOf(world)
  for (let turn = 0; turn < turns; turn++) {
    // At any time between two pages, and while one is on its way.
    await pause(700 + ((turn * 137) % 600))
    const both = [
      async () => beside.push(await world.turn(INDEXED, `Question ${turn}`)),
      async () => without.push(await world.turn(PLAIN, `Question ${turn}`)),
    ]
    for (const one of turn % 2 ? both.toReversed() : both) await one()
  }
  const pages = ((await listedOf(world)) - before) / PAGE
  const [with_, plain] = [summaryOf(beside.map(overheadOf)), summaryOf(without.map(overheadOf))]
  const all = [...world.trails.values()]
  return [
    exactly('answered, once', all.filter(({ answers }) => answers === 1).length, all.length),
    {
      ...atMost('turns for each page that was read back meanwhile', turns / pages, 2),
      kind: 'count',
    },
    atMost('a turn meanwhile, against one without, p50', with_.median / plain.median, 1.2, {
      unit: ' ×',
      found: `${short(with_.median / plain.median)} × (${short(with_.median)} against ${short(plain.median)} ms; p99 ${short(with_.p99)} against ${short(plain.p99)})`,
      numbers: { ...with_, plain: plain.median },
    }),
  ]
}

async function listedOf({ worker }: World) {
  const { index } = await worker.operator<{ index: { listed?: number } }>(
    `/rooms/${INDEXED}/assistant`,
  )
  return index.listed ?? 0
}
