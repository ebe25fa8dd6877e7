import { expect, it } from 'vitest'
import { paired, standingOf } from './standing.ts'

const ASKS = 'May I post note-7.txt here? You (Ann) can reply @Assistant yes or no.'

it.each<[string, string[], number[][]]>([
  ['in the same message', [`Looking into 7, 8.\n\n${ASKS}`], [[7, 8]]],
  ['in one below', ['Looking into 7, 8.', ASKS], [[], [7, 8]]],
  ['below another', ['Looking into 5.', ASKS], [[], [7]]],
  ['by itself', [ASKS], [[7]]],
])('knows for whom is asked %s', (_, texts, asked) => {
  const all = paired(texts.map((plain, index) => standingOf({ id: 90 + index, plain, file: null })))

  expect(all.map(({ asksFor }) => asksFor)).toEqual(asked)
})

it('takes half of it for no end: what was to stand below is missing', () => {
  const [alone] = paired([standingOf({ id: 90, plain: 'Looking into 7.', file: null })])

  expect(alone).toMatchObject({ asksFor: [], isPreface: false, parts: [] })
})
