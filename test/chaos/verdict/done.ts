import type { RoomOverview } from '../../../src/operator/schemas.ts'
import type { Question } from '../deliveries.ts'
import { namedIn, type Standing } from '../standing.ts'
import type { World } from '../world.ts'
import { endFor, MISSING, TOLD } from './ends.ts'
import { canList, postsIn, questionsIn, sceneOf } from './scene.ts'

interface Left {
  room: number
  what: string
  /** What was asked. Null where an answer is half said. */
  question: Question | null
}

/** What is left without a reason, when there was time enough. Rooms are asked only now: that wakes what sleeps. */
export async function stuckIn(world: World) {
  const left = leftToDo(world)
  const alarms = left.length ? world.worker.alarms() : new Map<string, number>()
  const overviews = new Map<number, RoomOverview>()
  for (const { room } of left) {
    if (!overviews.has(room)) overviews.set(room, await world.worker.overview(room))
  }
  return left.filter((one) => {
    const overview = overviews.get(one.room)
    const name = [...alarms.keys()].find((name) => name.includes(`/rooms/${one.room}/`)) ?? ''
    return !overview || !hasReason(world, overview, one, alarms.get(name))
  })
}

/** No try after a failure or a death is put off for longer. */
const LONGEST_REST = 5 * 60_000

/**
 * The turn in front of it rests until a time of its own; or nobody can say whether the answer stands; or it was said
 * while an answer grew, in whose place, above it, stands a sentence. Where the clock was put back whoever asks ends
 * that rest: then the alarm tells that it would have.
 */
export function hasReason(
  world: World,
  overview: RoomOverview,
  { question }: Pick<Left, 'question'>,
  alarm?: number,
) {
  const rings = alarm === undefined ? Number.NaN : alarm - Date.now()
  if (world.clock.wentBack && rings > 0 && rings <= LONGEST_REST) return true
  const now = world.clock.workers
  const rests = overview.turns.some(({ endedAt, dueAt }) => {
    const due = endedAt === null && dueAt !== null ? Date.parse(dueAt) : 0
    return due > now && due <= now + LONGEST_REST
  })
  if (rests || !question) return rests
  const scene = sceneOf(world, overview)
  const taker = scene.turns.find(({ messages }) => messages.includes(question.id))
  const end = taker && endFor(scene, taker, question)
  return end === MISSING || end === TOLD
}

/**
 * As people see it: what was acknowledged and waits for an answer, and what is half said. It is done where there
 * is nothing.
 */
export function leftToDo(world: World): Left[] {
  const removed = [...world.crowd.removed, ...(world.restored?.posts ?? [])]
  // Whoever was told so is met with silence from then on, in any room: what became of that only receipts tell.
  const isAtLimit = [...removed, ...world.rooms.flatMap(({ id }) => postsIn(world, id))].some(
    ({ limit }) => limit !== null,
  )
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
        isAtLimit ||
        mayBeGone(world, question) ||
        all.some((one) => one.id > id && (isEnd(one) || !canList(world)))
      )
    }
    const isHalf = (one: Standing) => one.isDraft && !isRefused(world, one)
    const waiting = questionsIn(world, room).filter((question) => !isSaid(question))
    return [
      ...waiting.map((question) => {
        const { id, saying } = question
        return { room, what: `message ${id} (${saying.kind}) waits`, question }
      }),
      ...standing.filter(isHalf).map(({ id }) => {
        return { room, what: `message ${id} is half said`, question: null }
      }),
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

function isEnd({ reference, isStopped, isForgotten, isAtEnd, outcome }: Standing) {
  return reference !== null || isStopped || isForgotten || isAtEnd || outcome !== null
}
