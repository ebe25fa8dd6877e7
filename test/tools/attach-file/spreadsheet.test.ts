import { describe, expect, it } from 'vitest'
import { forSpreadsheet } from '../../../src/tools/attach-file/spreadsheet.ts'

describe('made for a spreadsheet', () => {
  it.each([
    ['a mark that says how its letters are written', 'größe;1', 'größe;1'],
    ['one mark only', '\ufeffa;1', 'a;1'],
    ['formulas kept from running', '=1+1;@x;+a;-b', "'=1+1;'@x;'+a;'-b"],
    ['formulas in quotes too', 'a,b\n"=cmd|x!A0","a ""=b"",c"', 'a,b\n"\'=cmd|x!A0","a ""=b"",c"'],
    ['numbers', '-5;+3,5 %;-1.234,50 €;-1e5;"-7"', '-5;+3,5 %;-1.234,50 €;-1e5;"-7"'],
    ['sums of money', '-$5.00;+€ 3;- £1,000.50', '-$5.00;+€ 3;- £1,000.50'],
    ['formulas behind what nobody sees', '\u200b=1', "'\u200b=1"],
    ['no value', 'a;-;--', 'a;-;--'],
    ['what only begins like a number', 'a\n-2+3\n- item', "a\n'-2+3\n'- item"],
    ['what another program would part', 'a;b\nhello,=evil();x', "a;b\nhello,'=evil();x"],
    ['words', 'a-b;c=d;e@f.io', 'a-b;c=d;e@f.io'],
  ])('it has %s', (_, csv, safe) => {
    expect(forSpreadsheet(csv)).toBe(`\ufeff${safe}`)
  })
})
