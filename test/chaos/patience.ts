import type { RoomOverview } from '../../src/operator/schemas.ts'
import type { Book } from './book.ts'
import { isOutOfTime, isRefusedForLong, isShortOfTime } from './verdict/limits.ts'
import { isAtLimit } from './verdict/money.ts'
import { canList } from './verdict/scene.ts'
import type { World } from './world.ts'

/** So often it tries before it says that it could not. */
const CRASHES = 5
const FAILURES = 6
/** Deaths in a row with a message that no turn could be begun for. */
const ATTEMPTS = 5

/**
 * An honest sentence in place of an answer is an end, and no excuse: each has its faults, as many as it
 * takes, and a kill brings down one turn of a room at most.
 */
export function judgePatience(world: World, { room, turns }: RoomOverview, book: Book) {
  const kills = world.kills.deaths.length
  const crashes = turns.reduce((sum, turn) => sum + crashesOf(turn), 0)
  if (crashes > kills) {
    book.find('given up too early', room, `${crashes} crashes were counted in ${kills} kills`)
  }
  for (const turn of turns) {
    const { reference, state, error } = turn
    const what = `${reference} ${state} (${error})`
    if (state === 'parked' && crashesOf(turn) < CRASHES) {
      book.find('given up too early', room, `${what} after ${crashesOf(turn)} crashes`)
    }
    if (isOutOfTime({ world }, turn) || isShortOfTime({ world }, turn)) continue
    if (error === REFUSED && isRefusedForLong({ world, room }, turn)) continue
    if (isInDoubt(world, turn)) continue
    if (world.limits.length && isAtLimit(turn)) continue
    const failures = failuresOf(world, room, turn)
    if (state === 'failed' && failures < FAILURES) {
      book.find('given up too early', room, `${what} after ${failures} failures at most`)
    }
  }
}

/** Nobody can ask whether what was sent arrived, and nothing else has failed: no words may be put beside it. */
function isInDoubt(world: World, { error, replies }: Turn) {
  const isUnknown = replies.some(({ message, state }) => message === null && state === 'doubtful')
  return !canList(world) && error === null && isUnknown
}

/** The words that it had, and not our own. */
const REFUSED = 'Campfire would not take it'

type Turn = RoomOverview['turns'][number]

function crashesOf({ crashes, error }: Turn) {
  return error === 'never began' ? ATTEMPTS : crashes
}

/** More than these it cannot have met: of the model over its messages, of Campfire in its room. */
function failuresOf({ model, trouble }: World, room: number, { messages }: Turn) {
  const ofTheModel = messages.map((id) => model.failures.get(id) ?? 0)
  return Math.max(0, ...ofTheModel) + (trouble.worst.get(room) ?? 0)
}
