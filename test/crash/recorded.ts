import type { Recording } from '../../src/receipt/recording.ts'
import { type ScriptedTurn, thinking } from '../kinds/killed/script.ts'
import type { Block, Body } from '../support/model.ts'

const MESSAGE = /<message id="\d+"[^>]*>([\s\S]*?)<\/message>/g

/**
 * A turn that happened somewhere, from the file that its replay gives: the same words and the same answers of the
 * model, to be killed at each point. It ends as it did then.
 */
export function scriptedFrom({ reference, tables, turn }: Recording): ScriptedTurn {
  const row = tables.turns.find(({ id }) => id === turn)
  const answers = tables.steps
    .filter((step) => step.turn === turn && step.state === 'answered' && step.kind !== 'summary')
    .map(({ content }) => JSON.parse(String(content)) as Block[])
  const said = questionsIn(String(row?.prompt))
  const last = wordsOf(answers.at(-1) ?? [])
  if (!said.length || !last) throw new Error('Nobody was answered in this turn')
  return {
    what: `turn ${reference}`,
    async play(trial) {
      thinking(trial, (body) => answers[answersSoFar(body)] ?? last)
      for (const words of said) await trial.says(trial.world.david, words)
      await trial.settle()
    },
    ends: [[last]],
    remembers: last.slice(0, 40),
  }
}

/** What its asker said, as people type it. */
function questionsIn(prompt: string) {
  const asked = prompt.slice(prompt.lastIndexOf('<asked'))
  return Array.from(asked.matchAll(MESSAGE), ([, words = '']) =>
    words.trim().replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  )
}

/** How often the model has answered in the turn that is at work: a call that was lost is asked again. */
function answersSoFar({ messages }: Body) {
  const begins = messages.findLastIndex(({ content }) => JSON.stringify(content).includes('<asked'))
  return messages.slice(begins).filter(({ role }) => role === 'assistant').length
}

function wordsOf(content: Block[]) {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}
