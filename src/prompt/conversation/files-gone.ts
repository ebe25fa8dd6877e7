import { withoutPrinted } from '../../tables/room/files/printed.ts'
import { noticeWithoutFiles, withoutFiles } from '../../tables/room/files/told.ts'
import type { Files } from '../../tables/room/files.ts'
import type { PastTurn } from '../../tables/room/sessions.ts'
import type { Step } from '../../tables/room/step.ts'

/**
 * The same turns without what tools have told out of files that are gone since. Rows lose it when a file goes; what is
 * held in memory tells no more of it than they do.
 */
export function withoutFilesGone<Turn extends Pick<PastTurn, 'files' | 'steps'>>(
  turns: Turn[],
  files: Pick<Files, 'find'>,
): Turn[] {
  const isGone = (file: number) => files.find(file) === null
  let mayBePrinted = false
  return turns.map((turn) => {
    mayBePrinted ||= turn.files?.some(isGone) ?? false
    return { ...turn, steps: turn.steps.map(mayBePrinted ? withoutAll : withoutTold) }
  })

  function withoutTold(step: Step) {
    const uses = step.uses.map(({ result, ...use }) => ({
      ...use,
      result: result && withoutFiles(result, isGone),
    }))
    const notice = step.notice && noticeWithoutFiles(step.notice, isGone)
    return { ...step, notice, uses }
  }

  function withoutAll(step: Step) {
    return { ...withoutTold(step), content: step.content.map(withoutPrinted) }
  }
}
