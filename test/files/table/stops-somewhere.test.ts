import { describe, expect, it } from 'vitest'
import { workbookOf } from '../../support/workbook.ts'
import { fileOf } from '../../support/zip.ts'
import { asks } from './asks.ts'

describe('more than anybody can want', () => {
  const many = (rows: number) => fileOf(`n;words\n${'1;x\n'.repeat(rows)}`)

  it('is read as far as a spreadsheet program reads it, and that is said', {
    timeout: 15_000,
  }, async () => {
    const { found, notes } = await asks(fileOf(`a;b\n1;2\n${'\n'.repeat(3_000_000)}3;4\n`))
    expect({ found, notes }).toEqual({
      found: 1,
      notes: [expect.stringContaining('Only the first 1048576 rows were read')],
    })
  })

  it('is put in order as far as anybody looks', async () => {
    const sort = [{ column: 'n', order: 'up' as const }]
    const { rows, found } = await asks(many(12_000), { sort, from: 9_998, limit: 2 })
    expect({ rows: rows.map(([row]) => row), found }).toEqual({
      rows: [10_000, 10_001],
      found: 12_000,
    })
    await expect(asks(many(12_000), { sort, from: 1_999_999, limit: 200 })).rejects.toThrow(
      'In an order only the first 10000 rows are told',
    )
  })

  it('is not put in order where so much would have to be held', async () => {
    const wide = Array.from(
      { length: 3_000 },
      (_, n) => `${n};${`${n} `.repeat(400).slice(0, 1_500)}`,
    )
    const file = fileOf(`n;words\n${wide.join('\n')}\n`)
    const sort = [{ column: 'n', order: 'down' as const }]
    expect((await asks(file, { sort, limit: 1 })).rows[0]?.[1]).toBe(2_999)
    const few = { sort, columns: ['n'], from: 2_990, limit: 5 }
    expect((await asks(file, few)).rows.map(([, n]) => n)).toEqual([9, 8, 7, 6, 5])
    const all = Array.from({ length: 20 }, () => 'x'.repeat(300)).join(';')
    const held = fileOf(
      `${Array.from({ length: 20 }, (_, n) => `c${n}`).join(';')}\n${`${all}\n`.repeat(2_000)}`,
    )
    await expect(
      asks(held, { sort: [{ column: 'c0', order: 'up' }], from: 1_900, limit: 50 }),
    ).rejects.toThrow('too much to be put in order')
  })

  it('is not told apart, and no number is made up for it', async () => {
    const lines = Array.from({ length: 200_001 }, (_, n) => `w${n}`).join('\n')
    const question = { sums: [{ of: 'different' as const, column: 'word' }] }
    await expect(asks(fileOf(`word\n${lines}\n`), question)).rejects.toThrow(
      'too many different values',
    )
  })

  it('in a cell is cut, and that is said', async () => {
    const cell = `<row r="1"><c t="str"><v>${'x'.repeat(3_000_000)}</v></c><c><v>1</v></c></row>`
    const file = await workbookOf({
      sheets: { One: `<worksheet><sheetData>${cell}</sheetData></worksheet>` },
    })
    const { notes, layout } = await asks(file)
    expect(layout.columns).toHaveLength(2)
    expect(notes).toEqual([expect.stringContaining('A cell has more than 32767 characters')])
  })
})
