import type { Removed } from '../crowd.ts'
import type { Question } from '../deliveries.ts'
import { standingOf } from '../standing.ts'
import type { World } from '../world.ts'

/** A Campfire that was restored: what was said after the backup is gone, and its numbers are given again. */
export interface Restored {
  /** The newest number in the backup. */
  last: number
  /** By the Worker's clock. */
  at: number
  questions: Question[]
  posts: Removed[]
}

/** To restore it took somebody an hour. Nobody knows what else they did. */
const TAKES = 61 * 60_000

export async function restore(world: World, last: number) {
  const { campfire, trouble, deliveries, crowd, clock, rooms, bot } = world
  trouble.isAway = true
  const through = campfire.messages.lastIds.lastMessageId
  const here = { through, at: Date.now() }
  const posts = rooms.flatMap(({ id }) => campfire.postsOf(bot, id))
  world.restored = {
    last,
    at: clock.workers,
    questions: deliveries.forget(last),
    posts: [
      ...posts.filter(({ id }) => id > last).map((post) => ({ ...standingOf(post), ...here })),
      ...crowd.forget(last),
    ],
  }
  campfire.messages.restore(last)
  await world.passes(TAKES).catch(() => {})
  trouble.isAway = false
}
