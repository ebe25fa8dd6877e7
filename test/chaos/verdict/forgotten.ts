import type { Question } from '../deliveries.ts'
import { lostIn } from './restored.ts'
import type { Scene, Turn } from './scene.ts'

/** What somebody said before they had us forget them is looked for no more, and not taken up when it comes late. */
export function wasForgotten(scene: Scene, question: Question) {
  const all = [...scene.asked, ...lostIn(scene)]
  return all.some((later) => isForgottenBy(question, later, scene.turns))
}

/** It came when its author had had us forget it: whoever takes it leaves it out. */
export function cameForgotten(scene: Scene, question: Question, turn: Turn) {
  const isBefore = ({ kind, askerId, id }: Turn) =>
    kind === 'forget' && askerId === turn.askerId && id < turn.id
  return wasForgotten(scene, question) && scene.turns.some(isBefore)
}

function isForgottenBy({ id, saying }: Question, later: Question, turns: Turn[]) {
  const isTheirs = later.saying.kind === 'forget' && later.saying.person === saying.person
  return isTheirs && later.id > id && turns.some(({ messages }) => messages.includes(later.id))
}
