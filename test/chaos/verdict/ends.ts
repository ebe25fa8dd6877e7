import type { Question } from '../deliveries.ts'
import { namedIn, type Standing } from '../standing.ts'
import { cameForgotten, wasForgotten } from './forgotten.ts'
import { isOutOfTime } from './limits.ts'
import { endAtLimit, isAtLimit } from './money.ts'
import { isLostWithAnswer } from './restored.ts'
import { postsOf, type Scene, type Turn } from './scene.ts'

/** Only where nobody can ask. */
export const MISSING = 'may be missing, and the receipt says so'

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
      return wasForgotten(scene, question) ? 'forgotten before it came' : null
    if (reason === 'limit') return endAtLimit(scene, turn, standing)
    return reason === 'too many in a row' && !scene.lists ? 'met with silence' : null
  }
  if (reason === 'too many in a row') return scene.lists ? null : 'told that we rest'
  if (removed.length) return 'answered, and a person deleted that'
  if (!standing.length && isLostWithAnswer(scene, turn))
    return 'answered, and that was not in the backup'
  if (!standing.length) return isMissing ? MISSING : null
  if (kind === 'forget') return standing.some(({ isForgotten }) => isForgotten) ? 'forgotten' : null
  if (state === 'failed' || state === 'parked') {
    if (standing.some(({ isAtEnd }) => isAtEnd) && isOutOfTime(scene, turn)) return 'out of time'
    if (isAtLimit(turn)) return endAtLimit(scene, turn, standing)
    return standing.some((one) => one.reference === reference) ? 'told so honestly' : null
  }
  if (standing.some(isAbout))
    return standing.some((one) => one.asksFor.length) ? 'asked back' : 'answered'
  if (state === 'stopped' && standing.some(({ isStopped }) => isStopped)) return 'stopped'
  if (saying.kind === 'stop' && stoppedBy) return 'stop came too late'
  const isOutcome = standing.some((one) => one.isOutcome)
  if (isOutcome && isForgottenSince(scene, turn)) return 'asked back, and forgotten since'
  if (cameForgotten(scene, question, turn)) return 'left out, since it was forgotten'
  return deleted ? 'left out, since it was deleted' : null
}

/** Somebody had us forget them later, and with that the session of all: of a request no more is left than what became of it. */
function isForgottenSince({ turns }: Scene, { id }: Turn) {
  return turns.some((one) => one.kind === 'forget' && one.id > id)
}
