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

/** It began before Campfire was restored. */
export function isFromBefore({ world: { restored } }: Pick<Scene, 'world'>, { startedAt }: Turn) {
  return restored !== null && Date.parse(startedAt) <= restored.at
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
