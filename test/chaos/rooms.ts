import { writeFileSync } from 'node:fs'
import { postsIn, questionsIn } from './verdict/scene.ts'
import type { World } from './world.ts'

/** All that the judge has read, for whoever looks into what was found. */
export async function keepRooms(world: World, file: string) {
  const { crowd, model, trouble, restored, kills } = world
  const rooms = []
  for (const { id: room, type } of world.rooms) {
    const { turns } = await world.worker.overview(room)
    rooms.push({
      room,
      type,
      turns,
      asked: questionsIn(world, room),
      standing: postsIn(world, room),
      removed: crowd.removed.filter((one) =>
        turns.some(({ replies }) => replies.some(({ message }) => message === one.id)),
      ),
      messages: world.campfire.messagesIn(room),
    })
  }
  const { heard, refusedRemovals, refused } = trouble
  const { deaths } = kills
  const all = { rooms, restored, deaths, failures: model.failures, heard, refusedRemovals, refused }
  writeFileSync(file, JSON.stringify(all, plain, 1))
}

function plain(_: string, value: unknown) {
  if (value instanceof Map) return Object.fromEntries(value)
  return value instanceof Set ? [...value] : value
}
