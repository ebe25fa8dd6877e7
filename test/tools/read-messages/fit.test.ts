import { expect, it } from 'vitest'
import { type Entry, fitEntries } from '../../../src/tools/read-messages/fit.ts'

function said(...texts: string[]): Entry[] {
  return texts.map((text, index) => ({
    id: index + 1,
    day: '2026-11-20',
    at: '09:00',
    author: 'David',
    text,
  }))
}

const LONG = 'x'.repeat(50_000)

it.each<[string, Entry[], number, { ids: number[]; left: number; shortened: number }]>([
  ['all that fits', said('a', 'b', 'c'), 1_000, { ids: [1, 2, 3], left: 0, shortened: 0 }],
  ['nothing', [], 1_000, { ids: [], left: 0, shortened: 0 }],
  [
    'a long text shortened, before anything is left out',
    said('a', LONG, 'c'),
    1_000,
    { ids: [1, 2, 3], left: 0, shortened: 1 },
  ],
  [
    'the newest, where the shortest do not fit',
    said(...Array.from({ length: 10 }, () => 'y'.repeat(290))),
    500,
    { ids: [7, 8, 9, 10], left: 6, shortened: 0 },
  ],
  [
    'the newest, each shortened',
    said(LONG, LONG, LONG, 'd'),
    300,
    { ids: [2, 3, 4], left: 1, shortened: 2 },
  ],
  ['no more than there is room for', said(LONG), 10, { ids: [], left: 1, shortened: 0 }],
])('keeps %s', (_, entries, tokens, { ids, left, shortened }) => {
  const fitting = fitEntries(entries, tokens)

  expect(fitting.entries.map(({ id }) => id)).toEqual(ids)
  expect(fitting).toMatchObject({ left, shortened })
})

it('says how much of a text is not there', () => {
  const [entry] = fitEntries(said(LONG), 500).entries
  expect(entry?.text).toBe(`${'x'.repeat(1_000)}… (+49000 characters)`)
})

it('counts what a script takes: eight hundred characters of Chinese are as many tokens', () => {
  expect(fitEntries(said('天'.repeat(800)), 500).shortened).toBe(1)
  expect(fitEntries(said('a'.repeat(800)), 500).shortened).toBe(0)
})
