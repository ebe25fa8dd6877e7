import { expect, it } from 'vitest'
import { type Entry, fitEntries, lightened } from '../../../src/tools/read-messages/fit.ts'

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

it.each([
  ['one among short ones', [LONG, 'a', LONG]],
  ['all of them', Array.from({ length: 40 }, () => LONG)],
  ['of 4,000 characters and one', ['x'.repeat(4_000), 'y'.repeat(4_001), LONG, LONG]],
  ['of no length', ['', 'a']],
])('shows the same of long texts that were not kept whole: %s', (_, texts) => {
  const all = said(...texts)
  const light = lightened(all, 24_000)
  expect(fitEntries(light, 24_000)).toEqual(fitEntries(all, 24_000))
  expect(fitEntries(lightened(light, 24_000), 24_000)).toEqual(fitEntries(all, 24_000))
})

it('keeps a tenth of a page of books, and all of what could be shown', () => {
  const sizeOf = (entries: Entry[]) =>
    entries.reduce((size, { text = '' }) => size + text.length, 0)
  const books = said(...Array.from({ length: 40 }, () => '📚'.repeat(50_000)))
  expect(sizeOf(lightened(books, 24_000))).toBe(40 * 4_000)
  const few = said(LONG, 'a')
  expect(lightened(few, 24_000)).toBe(few)
})
