import { Book } from './book.ts'
import { judgeSigns, judgeTools } from './deeds.ts'
import { judgePatience } from './patience.ts'
import { judgeEdits } from './verdict/edits.ts'
import { judgeMessages } from './verdict/messages.ts'
import { judgeMoney, noteTelling } from './verdict/money.ts'
import { judgePosts } from './verdict/posts.ts'
import { inShort, sceneOf } from './verdict/scene.ts'
import { judgeTurns } from './verdict/turns.ts'
import type { World } from './world.ts'

export { leftToDo, stuckIn } from './verdict/done.ts'

/** Reads every room, and every receipt. */
export async function judge(world: World) {
  const book = new Book()
  for (const { id: room } of world.rooms) {
    const overview = await world.worker.overview(room)
    const { turns, queue } = overview
    const scene = sceneOf(world, overview)
    judgeMessages(scene, book)
    judgeTurns(scene, book)
    for (const turn of turns) noteTelling(scene, turn)
    judgePosts(scene, book)
    judgePatience(world, overview, book)
    judgeEdits(scene, book)
    judgeTools(world, room, book)
    judgeSigns(world, overview, book)
    if (queue.waiting || queue.running) {
      const what = `${queue.waiting} waiting, ${queue.running} running: ${inShort(turns[0])}`
      book.find('rooms stuck', room, what)
    }
  }
  await judgeMoney(world, book)
  const objects = world.worker.objects()
  if (objects !== world.rooms.length) {
    book.find('rooms served twice', 0, `${objects} objects for ${world.rooms.length} rooms`)
  }
  for (const refusal of new Set(world.model.refused)) book.find('refused by the model', 0, refusal)
  return book
}
