import { setTimeout as pause } from 'node:timers/promises'
import { buildWithWindows } from '../build.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { mostRooms } from '../machine.ts'
import { short, summaryOf } from '../statistics.ts'
import type { World } from '../world.ts'

/** In each room. */
const EACH = 10

/** Nobody is awake, and everybody is to be reminded: over a minute, and then all at the same moment. */
export const reminders = {
  name: 'reminders',
  title: 'Reminders that are due in one minute',
  async measure({ smoke, open, say, home }: Bench): Promise<Finding[]> {
    const rooms = smoke ? 20 : mostRooms(1_000)
    const world = await open({ script: await buildWithWindows(home) })
    const all = Array.from({ length: rooms }, (_, index) => index + 1)
    for (const room of all) world.campfire.fill(room)
    await world.worker.answersWhole(all)

    const found: Finding[] = []
    for (const spreadMs of [smoke ? 3_000 : 60_000, 0]) {
      const how = spreadMs ? `over ${spreadMs / 1_000} s` : 'all at the same moment'
      say(`${rooms * EACH} reminders in ${rooms} rooms, ${how}`)
      const before = world.worker.cpuSeconds()
      const lates = await rung(world, all, { spreadMs, leadMs: smoke ? 5_000 : 60_000 })
      const late = summaryOf([...lates.values()].flat())
      const once = [...lates.values()].filter(({ length }) => length === 1).length
      const cpu = world.worker.cpuSeconds() - before
      const shown = `${short(late.max)} ms (p50 ${short(late.median)} ms, p99 ${short(late.p99)} ms)`
      found.push(
        exactly(`posted once, ${how}`, once, rooms * EACH),
        spreadMs
          ? atMost(`the latest, ${how}`, late.max, 10_000, {
              unit: ' ms',
              found: shown,
              numbers: { ...late },
            })
          : told(`the latest, ${how}`, shown, { ...late }),
        told(`processor time of the Worker, setting up included, ${how}`, `${cpu} s`, { cpu }),
      )
    }
    return found
  },
}

interface Wish {
  spreadMs: number
  /** So long it takes at least until the first is due: all of them must be set up by then. */
  leadMs: number
}

/** By how much each was late, in ms, as often as it was posted. */
async function rung({ campfire, worker }: World, rooms: number[], { spreadMs, leadMs }: Wish) {
  const start = Date.now() + leadMs
  const count = rooms.length * EACH
  const lates = new Map<string, number[]>()
  const dues = new Map<string, number>()
  for (const room of rooms) {
    const all = Array.from({ length: EACH }, (_, index) => {
      const nth = index * rooms.length + room
      const text = `Reminder of room ${room}, number ${index}, of ${start}.`
      return { text, due: start + Math.floor((nth / count) * spreadMs) }
    })
    for (const { text, due } of all) dues.set(text, due)
    await worker.reminds(room, all)
  }
  await worker.evict(rooms)
  if (Date.now() > start) throw new Error('It took too long to set them up')

  campfire.onPost = ({ text }) => {
    const words = /Reminder of room \d+, number \d+, of \d+\./.exec(text)?.[0]
    const due = words && dues.get(words)
    if (due) lates.set(words, [...(lates.get(words) ?? []), Date.now() - due])
  }
  const end = start + spreadMs + 60_000
  while (lates.size < count && Date.now() < end) await pause(50)
  // One that stands twice may take a moment longer.
  await pause(1_000)
  return lates
}
