import { setTimeout as pause } from 'node:timers/promises'
import type { Contestant, Place } from './contestant.ts'
import { type Asking, PACE, type Town, until } from './town.ts'

/** What became of a message after a `kill -9`, a start over the same storage, and nobody's next word. */
export interface Fate {
  /** How many answers stand in the room in the end, and how often the model was asked. */
  answers: number
  calls: number
  /** What stands there is the whole answer, and nothing beside it. */
  isWhole: boolean
  /** From the moment when the process was up again. Null: nothing was posted after the kill. */
  afterMs: number | null
  /** Not answered, but the model reads it in the next turn of that room. */
  isRemembered: boolean
}

/**
 * speaking      the answer was half spoken
 * acknowledged  the webhook had just been answered
 * unheard       the answer had just come into the room, and nobody had learned of it
 */
export type Fates = Record<'speaking' | 'acknowledged' | 'unheard', Fate[]>

/** Rooms in each of the three states, at once: one kill meets them all. */
const EACH = 3
const SETTLED = 2_000

export async function fatesOf(
  one: Contestant,
  { town, place, patienceMs }: { town: Town; place: Place; patienceMs: number },
): Promise<Fates> {
  let running = await one.start(place)
  try {
    const before = await bringAbout(town)
    await running.kill()
    const killedAt = performance.now()
    town.fire.isMute = false
    town.model.pace = PACE

    running = await one.start(place)
    const upAt = performance.now()
    await pause(patienceMs)
    const fate = (asking: Asking) => fateOf(town, asking, { killedAt, upAt })
    return {
      speaking: await inTurn(before.speaking, fate),
      acknowledged: await inTurn(before.acknowledged, fate),
      unheard: await inTurn(before.unheard, fate),
    }
  } finally {
    town.model.pace = PACE
    town.fire.isMute = false
    await running.kill()
  }
}

/** All of it in rooms that have had a turn: what a conversation is was learned before. */
async function bringAbout(town: Town) {
  const rooms = Array.from({ length: 3 * EACH }, () => town.fire.newRoom())
  await inTurn(rooms, (room) => town.asks(room))
  await pause(SETTLED)
  const sayAll = (from: number) =>
    Promise.all(rooms.slice(from, from + EACH).map((room) => town.says(room)))

  town.model.pace = { ...PACE, pieceMs: 2_000 }
  const speaking = await sayAll(0)
  await until('the model speaks', () => speaking.every(({ calls }) => calls[0]?.firstByteAt))
  town.model.pace = PACE
  town.fire.isMute = true
  const unheard = await sayAll(EACH)
  await until('the answers are posted', () => unheard.every(({ posts }) => posts.length > 0))
  town.model.pace = { ...PACE, firstMs: 60_000 }
  const acknowledged = await sayAll(2 * EACH)
  return { speaking, unheard, acknowledged }
}

async function fateOf(
  town: Town,
  asking: Asking,
  { killedAt, upAt }: { killedAt: number; upAt: number },
): Promise<Fate> {
  const { calls, posts, room } = asking
  const late = posts.find((at) => at > killedAt)
  const fate = {
    answers: town.standing(asking),
    calls: calls.length,
    isWhole: town.stands(asking),
    afterMs: late === undefined ? null : Math.max(0, late - upAt),
  }
  if (fate.answers > 0) return { ...fate, isRemembered: true }
  const next = await town.asks(room)
  const read = JSON.stringify(next.calls.at(-1)?.body.messages)
  return { ...fate, isRemembered: read.includes(asking.mark) }
}

async function inTurn<Of, To>(all: Of[], does: (one: Of) => Promise<To>): Promise<To[]> {
  const done: To[] = []
  for (const one of all) done.push(await does(one))
  return done
}
