import * as z from 'zod'
import { defineTool } from '../../src/tools/tool.ts'
import { alive, KILLED } from '../support/worker.ts'
import type { World } from '../support/world.ts'

const ROOM = 'https://chat.example.com/rooms/1/bots/3'

export const PARKED = /ran into trouble with this one several times.*\(3-1-\d+\)/

export function toolThat(name: string, run: () => Promise<unknown>) {
  return defineTool({ name, description: name, input: z.object({}), effect: 'read', run })
}

export async function abort() {
  await alive.get(ROOM)?.storage.sync()
  alive.get(ROOM)?.abort(KILLED)
}

/** In the middle of what has no `await`. */
export function kill() {
  alive.get(ROOM)?.abort(KILLED)
  throw new Error(KILLED)
}

/** A room that dies, and comes back. */
export function useLives(world: World) {
  return {
    /** Runs the handler so often, as the platform does after a death. */
    async ring(times: number) {
      for (let rings = 0; rings < times; rings++) {
        await world.lives()
      }
    },
    async states() {
      return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
    },
  }
}
