import type { Question } from '../deliveries.ts'
import { PEOPLE } from '../plan.ts'
import { namedIn, type Standing } from '../standing.ts'
import { cameForgotten, isToBeLeftOut } from './forgotten.ts'
import { isOutOfTime } from './limits.ts'
import { endAtLimit, isAtLimit } from './money.ts'
import { isLostWithAnswer, lostIn } from './restored.ts'
import { postsOf, type Scene, type Turn } from './scene.ts'

/** Only where nobody can ask. */
export const MISSING = 'may be missing, and the receipt says so'
/** It was given up, with a sentence. */
export const TOLD = 'told so honestly'

/** How its turn ended for this message, in a word. Null: not as it should. */
export function endFor(scene: Scene, turn: Turn, question: Question): string | null {
  const { id, deleted, saying } = question
  const { state, reason, kind, reference, stoppedBy } = turn
  const { standing, removed, isMissing } = postsOf(scene, turn)
  const isAbout = (one: Standing) => namedIn(one).includes(id)

  if (state === 'running' || state === 'paused') return null
  if (state === 'silent') {
    if (reason === 'taken back') return deleted ? 'taken back' : null
    if (reason === 'forgotten')
      return cameForgotten(scene, question, turn) ? 'forgotten before it came' : null
    if (reason === 'limit') return endAtLimit(scene, turn, standing)
    return reason === 'too many in a row' && !scene.lists ? 'met with silence' : null
  }
  if (reason === 'too many in a row') return scene.lists ? null : 'told that we rest'
  if (removed.length) return 'answered, and a person deleted that'
  if (!standing.length && isLostWithAnswer(scene, turn))
    return 'answered, and that was not in the backup'
  if (!standing.length) return isMissing ? MISSING : null
  if (kind === 'forget' && standing.some(({ isForgotten }) => isForgotten)) return 'forgotten'
  if (state === 'failed' || state === 'parked') {
    if (standing.some(({ isAtEnd }) => isAtEnd) && isOutOfTime(scene, turn)) return 'out of time'
    if (isAtLimit(turn)) return endAtLimit(scene, turn, standing)
    return standing.some((one) => one.reference === reference) ? TOLD : null
  }
  if (kind === 'forget') return null
  if (standing.some(isAbout) && isToBeLeftOut(scene, question, turn)) return null
  if (standing.some(isAbout))
    return standing.some((one) => one.asksFor.length) ? 'asked back' : 'answered'
  if (state === 'stopped' && standing.some(({ isStopped }) => isStopped)) return 'stopped'
  if (saying.kind === 'stop' && stoppedBy) return 'stop came too late'
  if (standing.some((one) => isAllThatIsLeft(scene, turn, one)))
    return 'asked back, and forgotten since'
  if (cameForgotten(scene, question, turn)) return 'left out, since it was forgotten'
  return deleted ? 'left out, since it was deleted' : null
}

/**
 * Somebody of the room had us forget them later, and with that the session of all: of what was asked no more is
 * left than what became of it. That is what this very message had asked, and as somebody has answered since.
 */
function isAllThatIsLeft({ world, turns, asked, room }: Scene, turn: Turn, one: Standing) {
  const hasAsked = turn.messages.some((id) => world.crowd.requests.get(id)?.has(one.id))
  const isForgotten = turns.some(({ kind, id, state }) => {
    return kind === 'forget' && id > turn.id && (state === 'replied' || state === 'failed')
  })
  if (!hasAsked || !isForgotten || !one.outcome) return false
  const { as, by } = one.outcome
  if (as === 'withdrawn') return true
  const all = [...asked, ...lostIn({ world, room })]
  return all.some(({ id, saying }) => {
    const isNamed = by === null || PEOPLE[saying.person] === by
    return isNamed && saying.kind === ANSWERS[as] && id > one.id
  })
}

const ANSWERS = { granted: 'yes', refused: 'no' } as const
