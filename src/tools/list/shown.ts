import { MINUTE } from '../../clock.ts'
import type { List, Shown } from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'

/** Shown again so soon, it is the same message that is edited: later nobody would look for it up there. */
const SHOWN_AGAIN = 10 * MINUTE

export function isShownLately({ shown }: List, { now }: Pick<ToolContext, 'now'>) {
  // A clock that was put back makes nothing younger.
  return shown !== null && Math.abs(now - shown.at) < SHOWN_AGAIN
}

/** The message to edit. What this very turn has posted is never old, however long it was brought down. */
export function standing(list: List, context: Pick<ToolContext, 'beside' | 'now'>): Shown | null {
  const isOfThisTurn = list.shown?.turn === context.beside.turn
  return isOfThisTurn || isShownLately(list, context) ? list.shown : null
}

export const SHOW_AGAIN =
  'A message here shows the list as it was some minutes ago: use show once you are through, and it is edited.'
