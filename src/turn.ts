import { handleFailure } from './recovery.ts'
import { takeNextAct } from './turn/act.ts'
import type { Turn } from './turn/turn-context.ts'

export { type NotAgain, tryAgain, whyNotAgain } from './turn/again.ts'
export { beginNext } from './turn/begin-guarded.ts'
export {
  beginNote,
  budgetNote,
  isNoted,
  type Note,
  serverNote,
  testNote,
} from './turn/begin-note.ts'
export { fetchLinked } from './turn/linked-files.ts'
export { openTurn } from './turn/open.ts'
export { progressDue, progressNoteOf } from './turn/progress-note.ts'
export { controlIn } from './turn/should-speak.ts'
export { languageFor } from './turn/words.ts'

/** No turn does so much in one go. One that comes to nothing again and again would keep all others from their turn. */
const MOST_ACTS = 5_000

/** Goes on with a turn until it is over, or put down for a later handler. */
export async function takeTurn(turn: Turn) {
  turn.time.begin()
  turn.progressNote.begin()
  for (let acts = 0; turn.row.state === 'running'; acts++) {
    if (acts === MOST_ACTS) throw new Error(`Turn ${turn.row.id} goes round in circles`)
    if (turn.quota.isOver()) {
      turn.change({ state: 'paused', due: turn.now() })
    } else {
      await takeNextAct(turn).catch((error: unknown) => {
        if (turn.row.ended !== null) throw error
        handleFailure(turn, error)
      })
    }
  }
  turn.time.end()
  await Promise.all([
    turn.draft.settle(),
    turn.progressNote.settle(),
    turn.signs.settle(),
    turn.secondLook.settle(),
  ])
}
