import { describe, expect, it } from 'vitest'
import { NOTICES } from '../../src/prompt/notices.ts'
import { isAtLimit, isTakenAway } from '../../src/step/limits.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { nextAct, type Rows } from '../../src/turn/next.ts'
import { outputOf, step, use, using } from '../support/steps.ts'

const fresh: Rows = {
  row: { kind: 'talk', verdict: null, sentence: null, stopped_by: null },
  steps: [],
  replies: [],
  outdated: false,
  isDecided: false,
  isUntold: false,
}
const talk = fresh.row
const REFUSED = { refusals: 3, since: 0, own: null, told: false, apology: true }
const asked = step('', { state: 'asked', stop: null })
const lost = step('', { state: 'lost', stop: null })
const failed = step('', { state: 'failed', stop: null })
const summary = step('They spoke of tea.', { kind: 'summary' })

describe('what comes next, read off the rows', () => {
  it.each<[string, Partial<Rows>, string]>([
    ['nothing was done yet', {}, 'ask'],
    ['a step was asked and its answer lost', { steps: [lost] }, 'ask'],
    ['a step was asked and failed', { steps: [failed] }, 'ask'],
    ['a step is said to be asked still', { steps: [asked] }, 'ask'],
    ['a tool use is intended', { steps: [using(use('boost'))] }, 'run tools'],
    ['one of two has its result', { steps: [using(use('a', 'ok'), use('b'))] }, 'run tools'],
    ['all results are there', { steps: [using(use('a', 'ok'), use('b', 'error'))] }, 'ask'],
    ['an outcome is unknown', { steps: [using(use('boost', 'unknown'))] }, 'ask'],
    ['a later step was lost', { steps: [using(use('a', 'ok')), lost] }, 'ask'],
    ['a later step was lost, a tool is open', { steps: [using(use('a')), lost] }, 'run tools'],
    ['the final text is there', { steps: [step('Hello.')] }, 'reply'],
    ['a reply is intended', { replies: [{ state: 'intended' }] }, 'post'],
    [
      'its second part is intended',
      { replies: [{ state: 'posted' }, { state: 'intended' }] },
      'post',
    ],
    ['the reply stands', { replies: [{ state: 'posted' }] }, 'seal'],
    ['the reply may stand twice', { replies: [{ state: 'doubtful' }] }, 'seal'],
    ['the session before is isUntold', { isUntold: true }, 'summarize'],
    ['it is told, and nothing else done', { steps: [summary] }, 'ask'],
    ['help is asked for', { row: { ...talk, kind: 'help' }, isUntold: true }, 'reply'],
    ['to forget is asked for', { row: { ...talk, kind: 'forget' } }, 'reply'],
    ['it is stopped', { row: { ...talk, stopped_by: 'asker' }, isUntold: true }, 'stop'],
    [
      'it is stopped while tools are open',
      { row: { ...talk, stopped_by: 'asker' }, steps: [using(use('boost'))] },
      'stop',
    ],
    [
      'it is stopped and that is decided',
      { row: { ...talk, stopped_by: 'asker', verdict: 'stopped' } },
      'reply',
    ],
    [
      'it is stopped before the reply is posted',
      { row: { ...talk, stopped_by: 'asker' }, replies: [{ state: 'intended' }] },
      'stop',
    ],
    [
      'it is stopped when the reply stands',
      { row: { ...talk, stopped_by: 'asker' }, replies: [{ state: 'posted' }] },
      'seal',
    ],
    [
      'help is stopped, which takes no time',
      { row: { ...talk, kind: 'help', stopped_by: 'asker' } },
      'reply',
    ],
    [
      'the room is to get other words',
      { row: { ...talk, verdict: 'failed' }, replies: [{ state: 'intended' }], outdated: true },
      'reword',
    ],
    [
      'its words are refused again and again',
      { row: { ...talk, outage: REFUSED }, replies: [{ state: 'intended' }] },
      'apologize',
    ],
    [
      'what it said until it was stopped is',
      {
        row: { ...talk, verdict: 'stopped', outage: REFUSED },
        replies: [{ state: 'intended' }],
      },
      'apologize',
    ],
    [
      'a sentence of our own is',
      {
        row: { ...talk, verdict: 'failed', outage: REFUSED },
        replies: [{ state: 'intended' }],
        isDecided: true,
      },
      'post',
    ],
    ['it may have been posted', { replies: [{ state: 'posted' }, { state: 'doubted' }] }, 'post'],
    ['it was parked', { row: { ...talk, verdict: 'parked' } }, 'reply'],
    [
      'it has failed in the middle of tools',
      { row: { ...talk, verdict: 'failed' }, steps: [using(use('boost'))] },
      'reply',
    ],
  ])('when %s', (_, rows, act) => {
    expect(nextAct({ ...fresh, ...rows })).toBe(act)
  })
})

describe('after each stop reason', () => {
  const cut = step('Once upon', { stop: 'max_tokens' })
  const silent = step('')

  it.each<[string, Step[], string]>([
    ['end_turn', [step('Hello.')], 'reply'],
    ['end_turn without a word', [silent], 'ask'],
    ['again without a word', [silent, step('', { notice: NOTICES.saySomething })], 'reply'],
    ['end_turn with thoughts only', [step([thought('Hm.')])], 'ask'],
    ['stop_sequence', [step('Hello.', { stop: 'stop_sequence' })], 'reply'],
    ['pause_turn', [step('Let me see.', { stop: 'pause_turn' })], 'ask'],
    ['max_tokens', [cut], 'ask'],
    ['max_tokens, and again', [cut, cut], 'reply'],
    ['max_tokens, and then a lost call', [cut, lost], 'ask'],
    ['max_tokens in a tool use', [{ ...using(use('boost')), stop: 'max_tokens' }], 'run tools'],
    ['a full context', [step('On', { stop: 'model_context_window_exceeded' })], 'make room'],
    ['refusal', [step('', { stop: 'refusal' })], 'reply'],
    ['refusal in a tool use', [{ ...using(use('boost')), stop: 'refusal' }], 'reply'],
    ['tool_use without a tool', [step('I will.', { stop: 'tool_use' })], 'reply'],
    ['one that we do not know', [step('Hm.', { stop: 'tired' })], 'reply'],
    ['one that we do not know, in silence', [step('', { stop: 'tired' })], 'ask'],
    ['the last call', [step('That is all.', { kind: 'last' })], 'reply'],
    ['a silent last call', [step('', { kind: 'last' })], 'reply'],
    ['a last call cut short', [step('That', { kind: 'last', stop: 'max_tokens' })], 'reply'],
  ])('%s', (_, steps, act) => {
    expect(nextAct({ ...fresh, steps })).toBe(act)
  })
})

describe('the limits of a turn', () => {
  const limits = { steps: 3, minutes: 10, outputTokens: 1_000 }
  const hi = step('Hi.')
  const end = 10 * 60_000

  it.each<[string, Step[], number, boolean]>([
    ['at the start', [], 0, false],
    ['one step short', [hi, hi], 0, false],
    ['at the last step', [hi, hi, hi], 0, true],
    ['failed and lost calls are not counted', [hi, hi, failed, lost], 0, false],
    ['nor is the summary', [summary, hi, hi], 0, false],
    ['one ms short', [], end - 1, false],
    ['when the time is over', [], end, true],
    ['one token short', [step('a', outputOf(500)), step('b', outputOf(499))], 0, false],
    ['at the last token', [step('a', outputOf(500)), step('b', outputOf(500))], 0, true],
  ])('%s', (_, steps, now, expected) => {
    expect(isAtLimit(limits, { started: 0, now, steps })).toBe(expected)
  })
})

it.each<[string, Step[], boolean]>([
  ['never used', [], false],
  ['failed twice', [using(use('boost', 'error')), using(use('boost', 'error'))], false],
  [
    'failed three times, and worked in between',
    [
      using(use('boost', 'error'), use('boost', 'ok', 2)),
      using(use('boost', 'error'), use('boost', 'error', 2)),
    ],
    true,
  ],
  ['of unknown outcome', [using(...[1, 2, 3].map((n) => use('boost', 'unknown', n)))], false],
  ['fine, another failed', [using(...[1, 2, 3].map((n) => use('read', 'error', n)))], false],
])('a tool that %s: is it taken away?', (_, steps, expected) => {
  expect(isTakenAway('boost', steps)).toBe(expected)
})

function thought(thinking: string) {
  return { type: 'thinking' as const, thinking, signature: 'sig' }
}
