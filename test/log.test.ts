import { expect, it, vi } from 'vitest'
import { inShort, log } from '../src/log.ts'

it.each(['info', 'warn', 'error'] as const)('is one line of JSON for each event: %s', (level) => {
  const lines: string[] = []
  const method = level === 'info' ? 'log' : level
  vi.spyOn(console, method).mockImplementation((line) => lines.push(line))

  log[level]('turn.over', { room: 1, error: 'two\nlines\u2028', tier: null, due: undefined })

  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('\n')
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level,
    event: 'turn.over',
    room: 1,
    error: 'two\nlines\u2028',
    tier: null,
  })
  vi.restoreAllMocks()
})

it.each<[unknown, string]>([
  [new TypeError('boom'), 'TypeError: boom'],
  [new Error('boom', { cause: new RangeError('below') }), 'Error: boom (RangeError: below)'],
  [new Error('boom', { cause: { key: '3-abc' } }), 'Error: boom'],
  [new Error('x'.repeat(1_000)), `Error: ${'x'.repeat(293)}`],
  ['only words', 'only words'],
  ['x'.repeat(1_000), 'x'.repeat(200)],
  [undefined, 'undefined'],
  [null, 'null'],
  [{ key: '3-abc' }, '[object Object]'],
])('says what went wrong in short: %s', (error, words) => {
  expect(inShort(error)).toBe(words)
})
