import { answersIn } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'
import type { HearNeeds } from './needs.ts'
import { statusOfServerTool } from './server-tools.ts'

/** What becomes of an answer while it comes: people see it grow, or what it is at. A summary is for nobody to read. */
export function hearing(turn: HearNeeds, step: Step) {
  const isShown = step.kind !== 'summary'
  return {
    onText(words: string) {
      turn.time.check()
      turn.progressNote.hear()
      if (isShown) turn.draft.hear(words)
    },
    onThinking(words: string) {
      turn.time.check()
      if (isShown && isBetweenTools(turn)) turn.draft.think(words)
    },
    onServerTool(use: { name: string; input: object }) {
      const status = statusOfServerTool(use, turn.sentences)
      if (!isShown) return
      if (turn.draft.heard.trim()) turn.draft.hear('\n\n')
      if (status) turn.draft.tell(status)
    },
  }
}

/** There some models say in their thinking what they are at; what they think before it is their own. */
function isBetweenTools({ steps }: HearNeeds) {
  return (answersIn(steps.all).at(-1)?.uses.length ?? 0) > 0
}
