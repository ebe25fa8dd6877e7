import { expect, it } from 'vitest'
import { askTable, kindOf, pagesOf, type Source, sheetsOf, textOf } from '../../src/files.ts'
import { wordsOf } from '../../src/tools/fetch-page/words-of-page.ts'
import { workbookOf } from '../support/workbook.ts'
import { fileOf, zipOf } from '../support/zip.ts'

// Nobody else in the isolate is served meanwhile, so how long it takes may not grow with the square of what is given.
it.each<[string, () => Source | Promise<Source>]>([
  ['a text of blanks', () => fileOf(`${' '.repeat(65_000)}x\n`)],
  ['a page of signs that open nothing', () => fileOf(`<html>${'<'.repeat(1_000_000)}`)],
  ['a tag of nothing but letters', () => document(`<w:pStyle ${'a'.repeat(300_000)}/>`)],
  ['a cell of blanks', () => fileOf(`a;b\nx;1${' '.repeat(300_000)}2\n`)],
  ['merged cells upon one another', merged],
  ['a PDF of one line', () => fileOf(`%PDF-1.7\n${'stream '.repeat(200_000)}`)],
  [
    'a PDF of keys',
    () => fileOf(`%PDF-1.7\nobj ${'/F '.repeat(30_000)}${'stream\n'.repeat(5_000)}`),
  ],
  [
    'a PDF without objects',
    () => fileOf(`%PDF-1.7\n${'%'.repeat(7_000_000)}${'stream\n'.repeat(5_000)}`),
  ],
])('%s is looked at in time', { timeout: 8_000 }, async (_, made) => {
  const source = await made()
  await read(source).catch((error) => expect(error.name).toBe('Unreadable'))
})

it('a page of titles is looked at in time', { timeout: 8_000 }, async () => {
  const headers = { 'content-type': 'text/html' }
  const page = new Response('<title'.repeat(80_000), { headers })
  const { title } = await wordsOf(page, new URL('https://otters.example/'))
  expect(title).toBe('')
})

it('a PDF cannot hide how it is packed behind a word', async () => {
  const source = fileOf('%PDF-1.7\n1 0 obj << /Filter /LZWDecode /A (obj) >> stream\nx\nendstream')
  await expect(pagesOf(source, [1, 1])).rejects.toThrow('packed in a way')
})

async function read(source: Source) {
  const { kind } = kindOf(source)
  if (kind === 'pdf') return await pagesOf(source, [1, 1])
  if (kind !== 'xlsx' && kind !== 'csv') return await textOf(source, kind)
  return await askTable(await sheetsOf(source, kind), { question: { from: 0, limit: 5 } })
}

async function document(xml: string) {
  return await zipOf({ 'word/document.xml': `<w:document>${xml}</w:document>` })
}

async function merged() {
  const first = '<row r="1"><c t="str"><v>a</v></c></row>'
  const rows = `<sheetData>${first}${'<row><c/></row>'.repeat(2_000)}</sheetData>`
  const merges = '<mergeCell ref="A1:SF1048576"/>'.repeat(19_000)
  return await workbookOf({ sheets: { A: `<worksheet>${rows}${merges}</worksheet>` } })
}
