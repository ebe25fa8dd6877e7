import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NOTICES } from '../../src/prompt/notices.ts'
import { finalText } from '../../src/reply/text.ts'
import { SENTENCES } from '../../src/sentences.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { step, use, using } from '../support/steps.ts'

const cut = (text: string) => step(text, { stop: 'max_tokens' })
const paused = (text: string) => step(text, { stop: 'pause_turn' })
const wants = (text: string) => step(text, { kind: 'last', uses: [use('boost')] })
const boosted = using(use('boost', 'ok'))

it.each<[string, Step[], string]>([
  ['one answer', [step('Hello.')], 'Hello.'],
  ['words that nobody could see', [step('Hello.'), step('\u200b\u2800')], 'Hello.'],
  ['spaces around it', [step('\n Hello. \n')], 'Hello.'],
  ['several blocks', [step([text('Hel'), text('lo.')])], 'Hello.'],
  ['words between tools are not the answer', [step('I look.'), boosted, step('Done.')], 'Done.'],
  ['an answer in two pieces', [cut('Once upon a '), step('time.')], 'Once upon a time.'],
  [
    'a pause',
    [paused('Searching. '), paused('Still. '), step('Found.')],
    'Searching. Still. Found.',
  ],
  ['a pause, then cut', [paused('A'), cut('B'), step('C')], 'ABC'],
  ['pieces after a tool', [step('x'), boosted, cut('Once '), step('upon.')], 'Once upon.'],
  ['a full context', [stopped('model_context_window_exceeded', 'A'), step('B')], 'AB'],
  ['cut twice', [cut('A'), cut('B')], `AB\n\n${SENTENCES.cutOff}`],
  [
    'cut in the middle of code',
    [cut('Look:\n\n```sql\n'), cut('DROP')],
    `Look:\n\n\`\`\`sql\nDROP\n\`\`\`\n\n${SENTENCES.cutOff}`,
  ],
  [
    'a last call cut short',
    [step('A', { kind: 'last', stop: 'max_tokens' })],
    `A\n\n${SENTENCES.cutOff}`,
  ],
  [
    'a last call that still wants a tool',
    [step('x'), wants('I look.')],
    `I look.\n\n${SENTENCES.atEnd}`,
  ],
  ['a last call without a word', [boosted, step('', { kind: 'last' })], SENTENCES.atEnd],
  ['lost and failed calls in between', [cut('A'), step('no', { state: 'lost' }), step('B')], 'AB'],
  ['the summary is none of it', [step('They spoke.', { kind: 'summary' }), step('Hi.')], 'Hi.'],
  [
    'words only before the tool',
    [step([text('Boosted!')], { stop: 'tool_use' }), step('')],
    'Boosted!',
  ],
  [
    'thoughts only',
    [step([{ type: 'thinking', thinking: 'Hm.', signature: 's' }])],
    SENTENCES.empty,
  ],
  ['blank words', [step(' \n ')], SENTENCES.empty],
  ['nothing at all', [], SENTENCES.empty],
  ['a refusal', [stopped('refusal', 'Well, first you')], SENTENCES.refused],
  ['a refusal after words', [step('I look.'), boosted, stopped('refusal', '')], SENTENCES.refused],
  [
    'a conversation that lost its beginning',
    [step('Hello.', { notice: NOTICES.oldestDropped })],
    `Hello.\n\n${SENTENCES.partlyForgotten}`,
  ],
  [
    'one that lost it before the call failed',
    [step('', { state: 'failed', notice: NOTICES.oldestDropped }), step('Hello.')],
    `Hello.\n\n${SENTENCES.partlyForgotten}`,
  ],
])('%s', (_, steps, expected) => {
  expect(finalText(steps)).toBe(expected)
})

it('is never empty, whatever the steps', () => {
  const steps = fc.array(
    fc
      .record({
        said: fc.string(),
        kind: fc.constantFrom('talk', 'last', 'summary'),
        state: fc.constantFrom('answered', 'failed', 'lost', 'stopped'),
        stop: fc.constantFrom('end_turn', 'max_tokens', 'pause_turn', 'refusal', 'tool_use', 'x'),
      })
      .map(({ said, ...changes }) => step(said, changes)),
  )
  fc.assert(fc.property(steps, (steps) => finalText(steps).trim() !== ''))
})

function text(text: string) {
  return { type: 'text' as const, text }
}

function stopped(stop: string, said: string) {
  return step(said, { stop })
}
