import { closed } from '../campfire.ts'
import { NOTICES } from '../prompt.ts'
import { SENTENCES, type Voice } from '../sentences.ts'
import { answersIn, hasWords, isSeen } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'
import { withSources } from './sources.ts'

/** What the room gets of the steps. Never empty. */
export function finalText(steps: Step[], voice: Voice = { sentences: SENTENCES }) {
  const answers = answersIn(steps)
  const last = answers.at(-1)
  if (last?.stop === 'refusal') return voice.sentences.refused

  const text = [...answers.map(({ content }) => withSources(content)), wholeText(answers)].findLast(
    isSeen,
  )
  const more = remarks(steps, last, voice)
  const words = text && more.length ? closed(text) : text
  const said = [...(words ? [words] : []), ...more]
  return (text || isAtEnd(last) ? said : [voice.sentences.empty, ...said]).join('\n\n')
}

/** The last answer, with the ones before it that it only goes on. */
function wholeText(answers: Step[]) {
  const ends = answers.findLastIndex(
    ({ stop }, index) => index < answers.length - 1 && !goesOn(stop),
  )
  return withSources(answers.slice(ends + 1).flatMap(({ content }) => content))
}

/** Its last call, and it would still go on. */
function isAtEnd(last: Step | undefined) {
  return last?.kind === 'last' && (last.uses.length > 0 || !hasWords(last))
}

function goesOn(stop: string | null) {
  return stop === 'max_tokens' || stop === 'pause_turn' || stop === 'model_context_window_exceeded'
}

function remarks(steps: Step[], last: Step | undefined, voice: Voice) {
  const isTold = (words: string) => steps.some(({ notice }) => notice?.includes(words))
  return [
    ...(isAtEnd(last) ? [voice.sentences.atEnd] : []),
    ...(last?.stop === 'max_tokens' ? [voice.sentences.cutOff] : []),
    ...(isTold(NOTICES.oldestDropped) ? [voice.sentences.partlyForgotten] : []),
    ...(isTold(NOTICES.toolLost) ? [voice.sentences.serverTools.lost] : []),
    ...(isTold(NOTICES.partLeftOut) ? [voice.sentences.partlyLeftOut] : []),
  ]
}
