import type { RoomOverview } from '../../../src/operator/schemas.ts'
import type { Removed } from '../crowd.ts'
import type { Question } from '../deliveries.ts'
import { paired, type Standing, standingOf } from '../standing.ts'
import type { World } from '../world.ts'
import { isStillOf } from './restored.ts'

export type Turn = RoomOverview['turns'][number]

/** A room as it was left: what was said to the bot, its turns, its posts, and those that people deleted. */
export interface Scene {
  room: number
  asked: Question[]
  turns: Turn[]
  standing: Standing[]
  removed: Removed[]
  /** This Campfire can be asked what stands. */
  lists: boolean
  /** When it was, and when each message was sent. */
  listedIn: number[]
  sentIn: Map<number, number>
  world: World
}

export function sceneOf(world: World, { room, turns }: RoomOverview): Scene {
  const { listed, sent } = world.trouble
  return {
    room,
    turns,
    world,
    asked: questionsIn(world, room),
    standing: postsIn(world, room),
    removed: world.crowd.removed,
    lists: canList(world),
    listedIn: listed.get(room) ?? [],
    sentIn: sent,
  }
}

export function postsIn(world: World, room: number) {
  const standing = paired(world.campfire.postsOf(world.bot, room).map(standingOf))
  // Where answers grow it is the beginning of one, and nothing of it may be left.
  return canList(world) ? standing : standing.filter(({ isProgress }) => !isProgress)
}

export function questionsIn({ deliveries }: World, room: number) {
  return [...deliveries.questions.values()].filter((question) => question.room === room)
}

export function canList({ dialect }: World) {
  return dialect !== 'v1.4.9'
}

/** What became of all that a turn said. */
export function postsOf(scene: Scene, turn: Turn) {
  const { standing, removed, lists } = scene
  const { replies, reference } = turn
  const isUnknown = replies.some(({ message, state }) => {
    return state === 'missing' || (state === 'doubtful' && message === null)
  })
  return {
    standing: standing.filter((one) => isBy(scene, turn, one) || one.reference === reference),
    removed: removed.filter((one) => isBy(scene, turn, one)),
    /** It was sent, and nobody can say whether it stands. */
    isMissing: isUnknown && !lists,
  }
}

/** The turn knows of it by its number. */
export function isBy(scene: Scene, turn: Turn, post: Standing) {
  return turn.replies.some(({ message }) => message === post.id) && isStillOf(scene, turn, post)
}

export function wordsOf(scene: Scene, turn: Turn) {
  const { standing } = postsOf(scene, turn)
  return standing.map(({ id, text }) => `${id} "${text.slice(0, 60)}"`).join(', ')
}

export function inShort(turn: Turn | undefined) {
  if (!turn) return 'no turn'
  const { reference, kind, state, reason, error, crashes, replies } = turn
  const ends = replies.map(({ message, state }) => `${message} ${state}`).join(', ')
  const why = [reason, error].filter(Boolean).join(', ')
  return `${reference} ${kind} ${state} (${why}; ${crashes} crashes; ${ends || 'no reply'})`
}
