import { markInterrupted } from './recovery/mark-interrupted.ts'
import type { InterruptedNeeds } from './recovery/needs.ts'

export { handleFailure } from './recovery/after-failure.ts'
export { recordCrash } from './recovery/crash.ts'
export { closeToolUses, decide } from './recovery/decide.ts'
export { mayBeTheWords } from './recovery/failure-policy.ts'
export type { RecoveryNeeds } from './recovery/needs.ts'

/** `new`: nothing was tried yet. `crashed`: what was under way may have taken effect. */
export type Opening = 'new' | 'resumed' | 'crashed'

/**
 * What the rows say when a turn is taken up, and what is done:
 *
 * message in the inbox, no turn      the next turn takes it
 * turn with no step                  the model is asked
 * step asked, no answer recorded     it is lost, and booked at its worst case; the model is asked again
 * tool use intended, no result       a safe one is run again, of any other the outcome is unknown
 * all results there                  the next step
 * final text, no reply row           the intent is written, and posted
 * draft intended, no message id      it is looked for by its words (reply.ts)
 * reply intended, no message id      it may have been posted: doubted, so the room is asked first (reply.ts)
 * reply posted, not final            it is edited
 * reply final, turn open             it is sealed
 *
 * Here what is unknown is made known; then the one loop that everyone takes goes on (turn.ts), and reads
 * off the rows what comes next (turn/next.ts). A caught error goes the same way: only a planned
 * hand-over puts nothing down that was under way.
 */
export function recover(turn: InterruptedNeeds, how: Opening) {
  if (how === 'crashed' || turn.row.failures) markInterrupted(turn)
  if (how === 'crashed') doubtNext(turn)
}

/** The one that was to be posted next may have been; those after it were never sent. */
function doubtNext({ replies }: InterruptedNeeds) {
  const next = replies.all.find(({ state }) => state === 'intended')
  if (next?.message === null) replies.doubt(next)
}
