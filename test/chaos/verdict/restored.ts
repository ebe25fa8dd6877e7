import type { Question } from '../deliveries.ts'
import { namedIn, type Standing } from '../standing.ts'
import type { Scene, Turn } from './scene.ts'

type Here = Pick<Scene, 'world' | 'room'>

/** What was said in this room after the backup that Campfire was restored from, and has lost its number to others. */
export function lostIn({ world: { restored }, room }: Here) {
  return restored?.questions.filter((question) => question.room === room) ?? []
}

/** Its number was given twice in this room. */
export function isGivenTwice(here: Here, id: number) {
  return lostIn(here).some((question) => question.id === id)
}

/**
 * Of the turns that took this number one that took this message, and not the one that had its number before.
 * Whoever went on over it can have taken either: surely this one where nobody ever told of the other, or where that
 * was taken by one that was over by then.
 */
export function takerOf(
  scene: Pick<Scene, 'world' | 'room' | 'lists'>,
  { id, saying }: Question,
  by: Turn[],
) {
  const lost = lostIn(scene).filter((question) => question.id === id)
  const wasHeard = scene.lists || lost.some(({ sent }) => sent !== null)
  // What was stopped was stopped by this one, unless the other said so, too.
  const isStop = saying.kind === 'stop' && lost.every((other) => other.saying.kind !== 'stop')
  const wasTaken = by.some((turn) => isFromBefore(scene, turn) && !isAcross(scene, turn))
  const isItsOwn = (turn: Turn) => {
    const mayBe = !wasHeard || wasTaken || (isStop && turn.state === 'stopped')
    return !lost.length || !isFromBefore(scene, turn) || (mayBe && isAcross(scene, turn))
  }
  return by.find(isItsOwn)
}

/** It began before Campfire was restored. */
export function isFromBefore({ world: { restored } }: Pick<Scene, 'world'>, { startedAt }: Turn) {
  return restored !== null && Date.parse(startedAt) <= restored.at
}

/**
 * Whether the message of that number, which this turn has written down, is still the one that it sent. What was
 * sent after the backup is gone, and its number may be another's by now.
 */
export function isStillOf(scene: Pick<Scene, 'world'>, turn: Turn, post: Standing) {
  const { restored } = scene.world
  if (restored === null || post.id <= restored.last || !isFromBefore(scene, turn)) return true
  if (post.reference !== null) return post.reference === turn.reference
  // One that went on over it may have sent this after.
  const names = namedIn(post)
  const isAboutIt = !names.length || names.some((id) => turn.messages.includes(id))
  return isAcross(scene, turn) && isAboutIt
}

/** What it had said is gone with all that was said after the backup. */
export function isLostWithAnswer(scene: Pick<Scene, 'world'>, turn: Turn) {
  const gone = new Set(scene.world.restored?.posts.map(({ id }) => id))
  return isFromBefore(scene, turn) && turn.replies.some(({ message }) => gone.has(message ?? 0))
}

/** It was at work when Campfire was restored: of what it had sent by then nobody can say what stands. */
export function isAcross(scene: Pick<Scene, 'world'>, turn: Turn) {
  const { restored } = scene.world
  const ended = turn.endedAt === null ? Infinity : Date.parse(turn.endedAt)
  return restored !== null && isFromBefore(scene, turn) && ended >= restored.at
}
