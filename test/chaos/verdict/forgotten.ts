import type { Question } from '../deliveries.ts'
import { isFromBefore, lostIn, takerOf } from './restored.ts'
import type { Scene, Turn } from './scene.ts'

/** What somebody said before they had us forget them is looked for no more, and not taken up when it comes late. */
export function wasForgotten(scene: Scene, question: Question) {
  return forgetsAfter(scene, question).length > 0
}

/**
 * It came when its author had had us forget it: whoever takes it leaves it out. What we had said 204 to before
 * that word was on its way cannot have come after it.
 */
export function cameForgotten(scene: Scene, question: Question, turn: Turn) {
  const { acknowledged } = question
  return forgetsAfter(scene, question).some(({ later, by }) => {
    const isLate = acknowledged === null || acknowledged > (later.sent ?? Infinity)
    return isLate && by.askerId === turn.askerId && isUnderWayAfter(turn, by)
  })
}

/** As above, and this turn began when that was known: nobody may be answered what they had us forget. */
export function isToBeLeftOut(scene: Scene, question: Question, turn: Turn) {
  const { restored } = scene.world
  // Until it is known that numbers are given anew, nobody can tell which of them was meant.
  const isUnsure = restored !== null && question.id > restored.last
  const before = (by: Turn) => by.id < turn.id
  return !isUnsure && cameForgotten({ ...scene, turns: scene.turns.filter(before) }, question, turn)
}

/** It began after, or was set aside and took it up then. */
function isUnderWayAfter({ id, endedAt }: Turn, forget: Turn) {
  return id > forget.id || (endedAt !== null && Date.parse(endedAt) > Date.parse(forget.startedAt))
}

/** What its author said after it, and we took for that word: edited, it is talk like any other. */
function forgetsAfter(scene: Scene, { id, saying }: Question) {
  const { asked, turns, world } = scene
  const isTheirs = (later: Question) =>
    later.saying.kind === 'forget' && later.saying.person === saying.person && later.id > id
  const forgets = turns.filter(({ kind }) => kind === 'forget')
  const takersOf = (later: Question) =>
    forgets.filter(({ messages }) => messages.includes(later.id))
  const since = asked.filter(isTheirs).map((later) => {
    return { later, by: takerOf(scene, later, takersOf(later)) }
  })
  // What was said after the backup was said before all that has its numbers now.
  const wasThere = world.restored === null || id <= world.restored.last
  const before = (wasThere ? lostIn(scene).filter(isTheirs) : []).map((later) => {
    return { later, by: takersOf(later).find((turn) => isFromBefore(scene, turn)) }
  })
  return [...since, ...before].flatMap(({ later, by }) => (by ? [{ later, by }] : []))
}
