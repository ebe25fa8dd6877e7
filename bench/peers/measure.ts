import { setTimeout as pause } from 'node:timers/promises'
import type { Contestant, Place } from './contestant.ts'
import { memoryOf } from './memory.ts'
import { type Overhead, overheadOf, PACE, type Town, until } from './town.ts'

export interface Times {
  hot: Overhead[]
  warm: Overhead[]
  cold: Overhead[]
}

/** What comes after a turn is left to be done: nobody says two things within such a time. */
const BREATH = 300
const FEW = 5
const SLOW = 5_000
const SETTLED = 2_000
/** A conversation of so many turns before anything is measured, so that code and pages are warm. */
const UNMEASURED = 3

/** The same conversation, once more: hot, then warm, then the first message of other rooms. */
export async function timesOf(one: Contestant, { town, place, turns }: Stage): Promise<Times> {
  const running = await one.start(place)
  try {
    const times: Times = { hot: [], warm: [], cold: [] }
    const room = town.fire.newRoom()
    const again = one.kind === 'fresh' ? times.warm : times.hot
    for (let turn = 0; turn < turns; turn++) {
      const overhead = await turnIn(room)
      if (turn >= UNMEASURED) again.push(overhead)
    }
    for (let turn = 0; turn < FEW; turn++) {
      if (one.kind === 'object') {
        await running.evict(room)
        await pause(BREATH)
        times.warm.push(await turnIn(room))
      }
      times.cold.push(await turnIn(town.fire.newRoom()))
    }
    return times
  } finally {
    await running.kill()
  }

  async function turnIn(room: number) {
    const asking = await town.asks(room)
    await pause(BREATH)
    return overheadOf(asking)
  }
}

export interface Memory {
  /** Of all processes, with one room that is quiet. */
  base: number
  /** For each further room while the model speaks in all of them, and when all are quiet again. */
  atWork: number
  quiet: number
}

export async function memoryFor(one: Contestant, { town, place }: Stage): Promise<Memory> {
  const running = await one.start(place)
  try {
    await town.asks(town.fire.newRoom())
    await pause(SETTLED)
    const base = memoryOf(running.pid)

    town.model.pace = { ...PACE, firstMs: SLOW }
    const rooms = Array.from({ length: one.rooms }, () => town.fire.newRoom())
    const askings = await Promise.all(rooms.map((room) => town.says(room)))
    await until('the model is asked in all rooms', () => askings.every(({ calls }) => calls.length))
    const atWork = memoryOf(running.pid)
    await until('all are answered', () => askings.every(({ posts }) => posts.length))
    await pause(SETTLED)
    const quiet = memoryOf(running.pid)
    return { base, atWork: (atWork - base) / one.rooms, quiet: (quiet - base) / one.rooms }
  } finally {
    town.model.pace = PACE
    await running.kill()
  }
}

/** Billed writes of one text turn, for each class of objects. */
export type Writes = Record<string, number>

export async function writesOf(one: Contestant, { town, place }: Stage): Promise<Writes | null> {
  if (!one.startCounted) return null
  const running = await one.startCounted(place)
  try {
    const room = town.fire.newRoom()
    for (let turn = 0; turn < UNMEASURED; turn++) await town.asks(room)
    const before = await settled(place.port)
    for (let turn = 0; turn < FEW; turn++) {
      await town.asks(room)
      await settled(place.port)
    }
    const after = await settled(place.port)
    return Object.fromEntries(
      Object.entries(after).map(([name, rows]) => [name, (rows - (before[name] ?? 0)) / FEW]),
    )
  } finally {
    await running.kill()
  }
}

/** What has been written when nothing more is. */
async function settled(port: number): Promise<Writes> {
  let last = ''
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(SETTLED)) {
    const told = await (await fetch(`http://127.0.0.1:${port}/written`)).text()
    if (told === last) return JSON.parse(told) as Writes
    last = told
  }
  throw new Error('It goes on writing')
}

export interface Stage {
  town: Town
  place: Place
  turns: number
}
