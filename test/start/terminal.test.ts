import { expect, it } from 'vitest'
import { shownOf } from './terminal.ts'

const names = {
  people: [{ id: 1, name: 'Ada' }],
  rooms: [
    { id: 1, name: 'All Talk' },
    { id: 3, name: null },
  ],
}
const over = {
  level: 'info',
  event: 'turn.over',
  room: 1,
  bot: 'assistant',
  turn: 2,
  verdict: 'replied',
  asker: 1,
  tier: 'warm',
  tokensIn: 1407,
  tokensOut: 50,
  ms: 1517,
}

it.each<[string, object, string | null]>([
  [
    'an answer',
    over,
    'Ada asked assistant in All Talk: answered in 1.5 s, warm, 1,407 tokens in, 50 out',
  ],
  [
    'a word that needs no model',
    { ...over, room: 3, tokensIn: 0, tokensOut: 0, ms: 80 },
    'Ada asked assistant in a ping: answered in 0.1 s, warm, no model asked',
  ],
  [
    'somebody whom nobody knows',
    { ...over, asker: 9, room: 8, verdict: 'failed' },
    'Person 9 asked assistant in room 8: failed in 1.5 s, warm, 1,407 tokens in, 50 out',
  ],
  [
    'a silence',
    { level: 'info', event: 'turn.silent', room: 1, bot: 'assistant', asker: 1, reason: 'a bot' },
    'Ada asked assistant in All Talk: kept silent (a bot)',
  ],
  [
    'an error, in full',
    { level: 'error', event: 'turn.gave_up', room: 1, error: 'TypeError: boom (Error: below)' },
    '✘ turn.gave_up: TypeError: boom (Error: below) [room 1]',
  ],
  [
    'a warning without an error',
    { level: 'warn', event: 'message.was_missed', room: 1, message: 12 },
    '! message.was_missed [room 1, message 12]',
  ],
  ['what is no news', { level: 'info', event: 'step.answered', room: 1 }, null],
])('the terminal shows %s', (_, logged, line) => {
  expect(shownOf(JSON.stringify(logged), names)).toBe(line)
})

it('reads what Wrangler has painted', () => {
  const painted = `\u001b[33m▲ [WARNING]\u001b[0m \u001b[1m{"level":"warn","event":"x.y","room":1}\u001b[0m`

  expect(shownOf(painted, names)).toBe('! x.y [room 1]')
})

it.each(['[wrangler:info] GET /rooms/1/3-AbC123/messages 200 OK', 'Ready', '', '{"level":"info"'])(
  'has no line for %j',
  (printed) => {
    expect(shownOf(printed, names)).toBeNull()
  },
)
