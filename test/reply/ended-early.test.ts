import { expect, it } from 'vitest'
import { endedEarly, isDecided } from '../../src/reply/ended-early.ts'
import { EVERY_LANGUAGE, SENTENCES } from '../../src/sentences.ts'
import type { TurnRow } from '../../src/tables/room/turns.ts'

const { atEnd, stoppedHere, stopped, unavailable, parked } = SENTENCES

it.each<[string, TurnRow['verdict'], string | null, boolean]>([
  ['nothing yet', null, null, false],
  ['a request, or the answer to why', null, 'May I?', false],
  ['that it kept silent', 'silent', null, true],
  ['a sentence of ours', 'failed', unavailable('3-1-1'), true],
  ['that it was set aside', 'parked', parked('3-1-1'), true],
  ['that it was stopped before a word', 'stopped', stopped, true],
  ['what it said until it was stopped', 'stopped', endedEarly('Once upon', stoppedHere), false],
  ['what it said in its time', 'failed', endedEarly('Once upon', atEnd), false],
  ['that there was no time for a word', 'failed', atEnd, true],
])('%s: is it decided?', (_, verdict, sentence, expected) => {
  expect(isDecided({ verdict, sentence })).toBe(expected)
})

it.each(EVERY_LANGUAGE.map((words) => [words.language, words] as const))(
  'words of the model are known in %s, whichever is spoken by now',
  (_, words) => {
    for (const why of [words.atEnd, words.stoppedHere]) {
      expect(isDecided({ verdict: 'failed', sentence: endedEarly('Es war', why) })).toBe(false)
    }
  },
)

it.each([
  ['of many paragraphs', `${'All of it is kept. '.repeat(20)}\n\n`.repeat(50)],
  ['in one paragraph', 'All of it is kept. '.repeat(1_000)],
  ['of code', `\`\`\`\n${'all of it is kept\n'.repeat(1_000)}`],
])('keeps what was said for long, %s', (_, long) => {
  const said = endedEarly(`${long}the end`, stoppedHere)
  expect(said.length).toBeGreaterThan(long.length)
  expect(said).toMatch(/the end(\n```)?\n\n\(stopped\)$/)
})

it('says why outside of what was being said', () => {
  const said = endedEarly('Look:\n\n```sql\nDROP TABLE', stoppedHere)
  expect(said).toBe('Look:\n\n```sql\nDROP TABLE\n```\n\n(stopped)')
})
