import { describe, expect, it } from 'vitest'
import type { Question } from '../../../src/files.ts'
import { longSheet, sheetOf, workbookOf } from '../../support/workbook.ts'
import { asks, SALES } from './asks.ts'

describe('a question', () => {
  const file = async () => await workbookOf({ sheets: { Sales: sheetOf(SALES) } })

  it.each<[string, Partial<Question>, unknown[][]]>([
    [
      'for some columns, by name and by letter',
      { columns: ['Cups', 'A'], limit: 1 },
      [[2, 3, 'North']],
    ],
    [
      'for a range',
      { range: 'B3:C4' },
      [
        [3, '2026-11-03', 5],
        [4, '2026-12-01', 7],
      ],
    ],
    [
      'with a condition on words',
      { where: [{ column: 'region', test: 'is', value: 'NORTH' }], columns: ['cups'] },
      [
        [2, 3],
        [4, 7],
      ],
    ],
    [
      'with conditions on numbers',
      {
        where: [
          { column: 'cups', test: 'at least', value: '3' },
          { column: 'cups', test: 'less than', value: '7' },
        ],
        columns: ['cups'],
      },
      [
        [2, 3],
        [3, 5],
      ],
    ],
    [
      'with a month',
      { where: [{ column: 'day', test: 'at most', value: '2026-11' }], columns: ['day'] },
      [
        [2, '2026-11-02'],
        [3, '2026-11-03'],
      ],
    ],
    [
      'for what is empty',
      { where: [{ column: 'price', test: 'empty' }], columns: ['region'] },
      [[5, 'south']],
    ],
    [
      'in an order, with what is empty last',
      { sort: [{ column: 'price', order: 'down' }], columns: ['price'] },
      [
        [2, 2.5],
        [4, 0.2],
        [3, 0.1],
        [5, null],
      ],
    ],
    [
      'for what comes later in an order',
      { sort: [{ column: 'cups', order: 'down' }], columns: ['cups'], from: 1, limit: 2 },
      [
        [3, 5],
        [2, 3],
      ],
    ],
    [
      'for sums by group',
      {
        groupBy: [{ column: 'region' }],
        sums: [
          { of: 'sum', column: 'cups' },
          { of: 'average', column: 'price' },
        ],
      },
      [
        ['North', 2, 10, 1.35],
        ['South', 1, 5, 0.1],
        ['south', 1, 2, null],
      ],
    ],
    [
      'for sums by month, largest first',
      {
        groupBy: [{ column: 'day', span: 'month' }],
        sums: [{ of: 'sum', column: 'cups' }],
        sort: [{ column: 'sum of cups', order: 'down' }],
      },
      [
        ['2026-12', 2, 9],
        ['2026-11', 2, 8],
      ],
    ],
    [
      'for sums of all',
      {
        sums: [
          { of: 'sum', column: 'price' },
          { of: 'smallest', column: 'day' },
          { of: 'largest', column: 'cups' },
          { of: 'count', column: 'price' },
          { of: 'different', column: 'region' },
        ],
      },
      [[4, 2.8, '2026-11-02', 7, 3, 3]],
    ],
  ])('%s', async (_, question, rows) => {
    expect((await asks(await file(), question)).rows).toEqual(rows)
  })

  it('adds without the faults of floating points', async () => {
    const rows = [['n'], ...Array.from({ length: 10 }, () => [0.1])]
    const { rows: found } = await asks(await workbookOf({ sheets: { One: sheetOf(rows) } }), {
      sums: [{ of: 'sum', column: 'n' }],
    })
    expect(found).toEqual([[10, 1]])
  })

  it('says what was left out of a sum, and what looks like a total', async () => {
    const rows = [
      ['who', 'cups'],
      ['Ada', 3],
      ['Bob', 'many'],
      ['Total', 3],
    ]
    const { notes } = await asks(await workbookOf({ sheets: { One: sheetOf(rows) } }), {
      sums: [{ of: 'sum', column: 'cups' }],
    })
    expect(notes).toEqual([
      '1 cells of column B are no numbers and were left out of its sum: say so.',
      expect.stringContaining('looks like a total'),
    ])
  })

  it('names the columns that there are', async () => {
    await expect(asks(await file(), { columns: ['colour'] })).rejects.toThrow(
      'no column “colour”. There are: “region”, “day”, “cups”, “price”.',
    )
  })
})

describe('a spreadsheet of 50,000 rows', () => {
  it('is summed up without being held', async () => {
    const towns = ['Oslo', 'Bergen', 'Tromsø']
    const file = await workbookOf({
      sheets: {
        Long: longSheet(50_001, (n) =>
          n === 1
            ? ['town', 'cups', 'note', 'price']
            : [towns[n % 3] ?? '', n % 10, `note ${n} of a row that has some words in it`, n / 4],
        ),
      },
    })
    const { rows } = await asks(file, {
      groupBy: [{ column: 'town' }],
      sums: [{ of: 'sum', column: 'cups' }],
    })
    const counts = rows.map(([town, count]) => [town, count])
    expect(counts).toEqual([
      ['Bergen', 16_666],
      ['Oslo', 16_667],
      ['Tromsø', 16_667],
    ])
  })
})
