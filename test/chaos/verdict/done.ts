import type { Question } from '../deliveries.ts'
import { namedIn, type Standing } from '../standing.ts'
import type { World } from '../world.ts'
import { canList, postsIn, questionsIn } from './scene.ts'

/**
 * As people see it: what was acknowledged and waits for an answer, and what is half said. It is done where there
 * is nothing.
 */
export function leftToDo(world: World): { room: number; what: string }[] {
  const removed = [...world.crowd.removed, ...(world.restored?.posts ?? [])]
  return world.rooms.flatMap(({ id: room }) => {
    const standing = postsIn(world, room)
    const all = [...standing, ...removed]
    const named = new Set(all.flatMap(namedIn))
    const isSaid = (question: Question) => {
      const { id, acknowledged, deleted, saying } = question
      const isOver = acknowledged === null || deleted || saying.kind === 'stop'
      return (
        isOver ||
        named.has(id) ||
        world.model.disliked.has(id) ||
        mayBeGone(world, question) ||
        all.some((one) => one.id > id && (isEnd(one) || !canList(world)))
      )
    }
    const isHalf = (one: Standing) => one.isDraft && !isRefused(world, one)
    const waiting = questionsIn(world, room).filter((question) => !isSaid(question))
    return [
      ...waiting.map(({ id, saying }) => ({ room, what: `message ${id} (${saying.kind}) waits` })),
      ...standing.filter(isHalf).map(({ id }) => ({ room, what: `message ${id} is half said` })),
    ]
  })
}

/**
 * What the same person said while the answer grew is of the same turn, and names itself in the last edit
 * only: whoever deletes that answer before ends both. The receipts will tell.
 */
function mayBeGone(
  { crowd, restored, deliveries: { questions } }: World,
  { id, room, sent, saying }: Question,
) {
  return [...crowd.removed, ...(restored?.posts ?? [])].some((answer) => {
    const isInTime = (sent ?? 0) < answer.at + A_TURN
    const asked = namedIn(answer).map((name) => questions.get(name))
    const isTheirs = asked.some((one) => one?.room === room && one.saying.person === saying.person)
    return isInTime && isTheirs && namedIn(answer).every((name) => name < id)
  })
}

/** The firewall dislikes its words: that is known in two minutes. */
function isRefused({ model }: World, post: Standing) {
  return namedIn(post).some((id) => model.disliked.has(id))
}

/** Few take longer. */
const A_TURN = 60_000

function isEnd({ reference, isStopped, isForgotten, isAtEnd, isOutcome }: Standing) {
  return reference !== null || isStopped || isForgotten || isAtEnd || isOutcome
}
