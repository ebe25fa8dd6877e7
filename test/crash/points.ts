import { type ScriptedTurn, TEXT } from '../kinds/killed.ts'
import { KILLED_TURNS } from '../kinds.ts'
import { extent } from '../support/extent.ts'
import { BLOWS, type Blow } from './killer.ts'

const STRIDE = 16

/**
 * Which points of a turn are struck: in `npm test` every sixteenth, beginning at another one for each kind of
 * turn and each blow, so that together they reach all of them; a text's, and in `npm run proof` each one's, are all.
 */
export function pointsOf(turn: ScriptedTurn, blow: Blow) {
  if (extent !== 'some' || turn === TEXT) return { first: 1, stride: 1 }
  const turns = KILLED_TURNS.indexOf(turn)
  return { first: 1 + ((turns + 2 * BLOWS.indexOf(blow)) % STRIDE), stride: STRIDE }
}
