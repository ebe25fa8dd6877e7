import type { Question } from '../deliveries.ts'
import { namedIn, type Standing } from '../standing.ts'
import type { World } from '../world.ts'
import { canList, postsIn, questionsIn } from './scene.ts'

/** As people see it: nothing that was acknowledged waits for an answer, and nothing is half said. */
export function looksDone(world: World) {
  const removed = [...world.crowd.removed, ...(world.restored?.posts ?? [])]
  return world.rooms.every(({ id: room }) => {
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
    return questionsIn(world, room).every(isSaid) && !standing.some(isHalf)
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
