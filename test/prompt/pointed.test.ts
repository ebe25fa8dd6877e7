import { describe, expect, it } from 'vitest'
import { ownWordsBefore, saysNothing } from '../../src/prompt/pointed.ts'
import type { Remark } from '../../src/prompt/remarks.ts'

const NOON = Date.UTC(2026, 10, 20, 12, 0)
const MINUTE = 60_000

describe('next to nothing', () => {
  it.each([
    ...[
      '',
      ' ',
      '?',
      '？！',
      '…',
      '^',
      '^^',
      '↑',
      '👆',
      '☝🏽',
      '👀 👆',
      '👍',
      '-> ?',
      '“”',
      '\u2800',
    ],
    ...['this', 'This?', 'THIS ONE!', 'this, please', 'pls', 'see above', '(above)', 'ｔｈｉｓ'],
    ...['das', 'Das hier?', 'dies bitte', 'siehe oben', 'bitte'],
    ...['esto', '¿esto?', 'eso, por favor', 'aquí', 'lo de arriba'],
    ...['ça ?', 'ca', 'ceci, s’il te plaît', 'ci-dessus', 'au-dessus'],
    ...['questo', 'Quello?', 'vedi sopra', 'per favore'],
    ...['これ', 'これ？', '上の', '上記', 'お願いします'],
    ...['dit', 'deze graag', 'zie hierboven'],
    ...['isto', 'este, por favor', 'acima', 'aí'],
    ...['这个', '這個？', '上面', '请'],
  ])('is said by %j', (text) => {
    expect(saysNothing(text)).toBe(true)
  })

  it.each([
    ...['hi', 'yes', 'no', 'why', 'help', 'stop', '42', '+1', '1️⃣', 'ok?', 'thanks', 'a?'],
    ...[
      'what is this?',
      'this is wrong',
      'was ist das?',
      'qui ?',
      'translate this',
      'und das Wetter?',
    ],
    ...['これは何？', '这个多少钱', '说', 'что это?', 'نعم', 'Wer?', 'die Zahlen bitte'],
    'x'.repeat(100),
  ])('is not said by %j', (text) => {
    expect(saysNothing(text)).toBe(false)
  })
})

describe('what somebody said just before', () => {
  const said = (id: number, minutesAgo: number, author = 1, text = `${id}`): Remark => {
    const [name, at] = ['David', NOON - minutesAgo * MINUTE]
    return { id, author, name, at, text, file: null, quote: null }
  }
  const asking = { asker: 1, messages: [{ id: 50, at: NOON }] }

  it.each<[string, Remark[], number[]]>([
    ['nothing', [], []],
    ['one thing', [said(1, 1)], [1]],
    ['in one go', [said(1, 9), said(2, 5), said(3, 1)], [1, 2, 3]],
    ['and something else before', [said(1, 30), said(2, 1)], [2]],
    ['with others between', [said(1, 2), said(2, 2, 2), said(3, 1)], [1, 3]],
    ['an hour ago', [said(1, 60)], [1]],
    ['longer ago', [said(1, 61)], []],
    ['a minute from now, by another clock', [said(1, -1)], [1]],
    ['after it', [said(51, 0)], []],
    ['no words', [said(1, 2), said(2, 1, 1, '')], [1]],
    ['more than five things', [1, 2, 3, 4, 5, 6].map((id) => said(id, 1)), [2, 3, 4, 5, 6]],
  ])('%s', (_, all, found) => {
    expect(ownWordsBefore(all, asking).map(({ id }) => id)).toEqual(found)
  })

  it('ends where they were answered', () => {
    const all = [said(1, 3), said(2, 2), said(3, 1)]
    expect(ownWordsBefore(all, asking, (id) => id === 2).map(({ id }) => id)).toEqual([3])
    expect(ownWordsBefore(all, asking, (id) => id === 3)).toEqual([])
  })
})
