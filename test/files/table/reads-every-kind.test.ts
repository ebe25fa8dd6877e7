import { describe, expect, it } from 'vitest'
import type { Source } from '../../../src/files/source.ts'
import { sheetsOf } from '../../../src/files.ts'
import { sheetOf, workbookOf } from '../../support/workbook.ts'
import { fileOf, latin1, utf16, zeros, zipOf } from '../../support/zip.ts'
import { asks, SALES } from './asks.ts'

describe('a workbook', () => {
  it('has its cells as people see them', async () => {
    const cells = [
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>',
      '<c r="A2" s="1"><v>46000.5</v></c><c r="B2" s="2"><v>59</v></c><c r="C2" s="3"><v>1.5</v></c>',
      '<c r="A3" s="4"><v>0.25</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#DIV/0!</v></c>',
      '<c r="A4" s="5"><v>0.5</v></c><c r="B4"><f>A1+1</f><v>42</v></c><c r="C4"><f>B4*2</f></c>',
      '<c><v>1e3</v></c><c t="str"><f>"a"</f><v>a &amp; b_x000A_c</v></c><c t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r></is></c>',
    ]
    const rows = cells.map((row, at) => `<row r="${at + 1}">${row}</row>`)
    const file = await workbookOf({
      sheets: { One: `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>` },
      strings: [
        '<t>when</t>',
        '<r><rPr><b/></rPr><t xml:space="preserve">how </t></r><r><t>many</t></r>',
        '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>',
      ],
      formats: [14, 'dd.mm.yyyy', '[h]:mm:ss', 'h:mm', '0.00%'],
    })

    const { names, rows: found, notes } = await asks(file)
    expect(names).toEqual(['row', 'when', 'how many', '東京'])
    expect(found).toEqual([
      [2, '2025-12-09T12:00', '1900-02-28', '36:00:00'],
      [3, '06:00', true, '#DIV/0!'],
      [4, 0.5, 42, null],
      [5, 1000, 'a & b\nc', 'rich text'],
    ])
    expect(notes.join()).toContain('1 formulas have no saved result')
  })

  it('counts its days from 1904 where it says so', async () => {
    const row =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>day</t></is></c></row><row r="2"><c r="A2" s="1"><v>0</v></c></row>'
    const sheets = { One: `<worksheet><sheetData>${row}</sheetData></worksheet>` }
    const file = await workbookOf({ sheets, formats: [14], is1904: true })
    expect((await asks(file)).rows).toEqual([[2, '1904-01-01']])
  })

  it('repeats the words of a merged cell, and never a number', async () => {
    const rows = [
      ['region', 'town', 'cups'],
      ['North', 'Oslo', 3],
      [null, 'Bergen', null],
      [null, 'Tromsø', 5],
    ]
    const merged =
      '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="C2:C3"/></mergeCells>'
    const file = await workbookOf({ sheets: { One: sheetOf(rows, merged) } })
    const { rows: found, notes } = await asks(file, {
      groupBy: [{ column: 'region' }],
      sums: [{ of: 'sum', column: 'cups' }],
    })
    expect(found).toEqual([['North', 3, 8]])
    expect(notes.join()).toContain('Some cells are merged')
  })

  it('finds the names below a title, and takes letters where there are none', async () => {
    const titled = sheetOf([['Sales of tea'], [], ['town', 'cups', 'town'], ['Oslo', 3, 'x']])
    const bare = sheetOf([
      [1, 2],
      [3, 4],
    ])
    const file = await workbookOf({ sheets: { Titled: titled, Bare: bare }, hidden: ['Bare'] })
    expect((await asks(file)).names).toEqual(['row', 'town', 'cups', 'town (2)'])
    expect(await asks(file, {}, 'bare')).toMatchObject({
      names: ['row', 'A', 'B'],
      found: 2,
      layout: { header: null },
    })
    expect((await asks(file, { header: 4 }, 'Titled')).names).toEqual(['row', 'Oslo', '3', 'x'])
    expect((await sheetsOf(file, 'xlsx')).map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['Titled', false],
      ['Bare', true],
    ])
    await expect(asks(file, {}, 'Other')).rejects.toThrow(
      'no sheet “Other”. There are: “Titled”, “Bare”',
    )
  })

  it('leaves its macros alone', async () => {
    const file = await workbookOf({
      sheets: { One: sheetOf(SALES) },
      more: { 'xl/vbaProject.bin': 'Sub Auto_Open()' },
    })
    expect((await asks(file)).found).toBe(4)
  })

  it.each([
    [
      'a sheet that unpacks to too much',
      { 'xl/worksheets/sheet1.xml': zeros(161_000_000) },
      /unpacks to 161 MB; at most 160 MB/,
    ],
    [
      'texts that unpack to too much',
      {
        'xl/sharedStrings.xml': zeros(17_000_000),
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>',
      },
      /unpacks to 17 MB; at most 16 MB/,
    ],
    [
      'a tag without an end',
      { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row ${'a'.repeat(1_200_000)}` },
      /one of its tags has no end/,
    ],
    ['no sheet', { 'xl/workbook.xml': '<workbook/>' }, /has no sheet/],
  ])('is refused with %s', async (_, parts, says) => {
    const whole = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="One" r:id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
      ...parts,
    }
    await expect(zipOf(whole).then((file) => asks(file))).rejects.toThrow(says)
  })

  it('keeps its head with hostile XML', async () => {
    const evil =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row r="1048576"><c r="XFD1" t="inlineStr"><is><t>far</t></is></c><c r="A1" t="inlineStr"><is><t>&b;<!-- no --><![CDATA[<b>]]>&#x26;</t></is></c><c r="B1" t="s"><v>-1</v></c></row></sheetData></worksheet>'
    const file = await workbookOf({ sheets: { One: evil } })
    const { names, notes } = await asks(file)
    expect(names).toEqual(['row', '&b;<b>&'])
    expect(notes.join()).toContain('wider than column SF')
  })
})

describe('a table that is written as text', () => {
  it.each<[string, Source, unknown[][]]>([
    [
      'with semicolons and commas, in Latin-1',
      fileOf(
        latin1(
          'Stra\xdfe;Betrag;Tag\nM\xfcllerweg;"1.234,50";3.11.2026\nB\xe4rengasse;2,00;30.11.2026\n',
        ),
      ),
      [
        [2, 'Müllerweg', 1234.5, '2026-11-03'],
        [3, 'Bärengasse', 2, '2026-11-30'],
      ],
    ],
    [
      'with commas, quotes and line breaks',
      fileOf('name,say\r\n"Ada, L.","she said ""tea""\nand left"\r\nBob, 5" wide \r\n'),
      [
        [2, 'Ada, L.', 'she said "tea"\nand left'],
        [3, 'Bob', '5" wide'],
      ],
    ],
    ['with tabs, in UTF-16', fileOf([0xff, 0xfe], utf16('a\tb\n1\t2\n')), [[2, 1, 2]]],
    ['that says its separator', fileOf('sep=|\na|b\n1|x, y\n'), [[2, 1, 'x, y']]],
    [
      'with American days and dollars',
      fileOf('day,usd\n3/4/2026,"$1,234.50"\n12/31/2026,"$2"\n'),
      [
        [2, '2026-03-04', 1234.5],
        [3, '2026-12-31', 2],
      ],
    ],
    [
      'with days that nobody can tell',
      fileOf('day,n\n3/4/2026,1\n5/6/2026,2\n'),
      [
        [2, '3/4/2026', 1],
        [3, '5/6/2026', 2],
      ],
    ],
    [
      'with codes and telephones',
      fileOf('zip,tel\n01234,+41 44 000\n00501,0041\n'),
      [
        [2, '01234', '+41 44 000'],
        [3, '00501', '0041'],
      ],
    ],
    [
      'with Swiss francs',
      fileOf("wer;was\nAda;CHF 1'234.50\nBob;CHF 2.-\n"),
      [
        [2, 'Ada', 1234.5],
        [3, 'Bob', 2],
      ],
    ],
    [
      'of an old Mac, and of a program that ends some lines as it does',
      fileOf('a,b\r"x",1\n"y",2\r"z",3\r'),
      [
        [2, 'x', 1],
        [3, 'y', 2],
        [4, 'z', 3],
      ],
    ],
    [
      'where what ends a line so is in quotes',
      fileOf('a\r"x"\ny\n'),
      [
        [2, 'x'],
        [3, 'y'],
      ],
    ],
    [
      'with empty lines and no last break',
      fileOf('a,b\n\n1,\n,2'),
      [
        [3, 1, null],
        [4, null, 2],
      ],
    ],
  ])('%s', async (_, file, rows) => {
    expect((await asks(file)).rows).toEqual(rows)
  })

  it('is asked as people write it, in any script', async () => {
    const file = fileOf('Πόλη,Größe\nΑθήνα,1\nŁódź,2\n')
    const where = (value: string) => [{ column: 'ΠΟΛΗ', test: 'is' as const, value }]
    expect((await asks(file, { where: where('ΑΘΗΝΑ'), columns: ['GRÖSSE'] })).rows).toEqual([
      [2, 1],
    ])
    expect((await asks(file, { where: where('lodz'), columns: ['Größe'] })).rows).toEqual([[3, 2]])
  })

  it('is refused where a quote is never closed', async () => {
    const file = fileOf('a,b\n1,"2\n', 'x'.repeat(1_100_000))
    await expect(asks(file)).rejects.toThrow('A quote in the file is never closed')
  })
})
