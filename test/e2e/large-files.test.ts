import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Source } from '../../src/files.ts'
import { pdfOf } from '../support/pdf.ts'
import { longSheet, workbookOf } from '../support/workbook.ts'
import { fileOf, zeros, zipOf } from '../support/zip.ts'

const WEIGH = resolve(import.meta.dirname, '../files/weigh.ts')
const MOST_MB = 48
const TOWN = ['town', 'cups', 'note']
const PARAGRAPH = `<w:p><w:r><w:t>${'otters drink tea '.repeat(20)}</w:t></w:r></w:p>`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firekeeper-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Other rooms live in the same isolate, of 128 MB.
it.each<[string, () => Source | Promise<Source>, RegExp]>([
  ['a workbook of 50,000 rows', () => workbook((n) => `a note of row ${n}`), /^100 groups$/],
  [
    'a workbook with a cell of 100 MB',
    () => workbookOf({ sheets: { One: cell(100) } }),
    /^1 groups$/,
  ],
  ['a table of 25 MB', () => fileOf(table(25_000_000)), /^100 groups$/],
  [
    'a bomb',
    async () => await zipOf({ 'xl/workbook.xml': zeros(300_000_000) }, { bytes: 9 }),
    /unpacks to more/,
  ],
  [
    'a document of two million characters',
    async () =>
      await zipOf({ 'word/document.xml': `<w:document>${PARAGRAPH.repeat(8_000)}</w:document>` }),
    /^1\d\d parts$/,
  ],
  [
    'a PDF of 600 pages',
    () =>
      pdfOf(
        Array.from({ length: 600 }, (_, at) => `Page ${at} ${'of otters and tea '.repeat(100)}`),
      ),
    /^20 of 600$/,
  ],
])('%s is read in bounded memory', async (name, made, found) => {
  const { bytes, read } = await made()
  const file = join(folder, name.replace(/\W/g, '-'))
  writeFileSync(file, read(0, bytes))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', WEIGH, file])
  const told = JSON.parse(stdout.split('\n').at(-2) ?? '')
  console.log(name, `${(bytes / 1e6).toFixed(1)} MB`, told)

  expect(told.found).toMatch(found)
  expect(told.heap / 1_000_000).toBeLessThan(MOST_MB)
})

async function workbook(note: (row: number) => string) {
  const row = (n: number) => (n === 1 ? TOWN : [`Town ${n % 100}`, n % 10, note(n)])
  return await workbookOf({ sheets: { Long: longSheet(50_001, row) } })
}

function cell(megabytes: number) {
  const name = (word: string) => `<c t="str"><v>${word}</v></c>`
  const parts = [
    `<worksheet><sheetData><row>${name('town')}${name('cups')}</row><row><c t="str"><v>`,
    ...Array.from({ length: megabytes }, () => 'x'.repeat(1_000_000)),
    '</v></c><c><v>1</v></c></row></sheetData></worksheet>',
  ]
  return new Blob(parts).stream()
}

function table(bytes: number) {
  const lines = Array.from(
    { length: 10_000 },
    (_, n) => `Town ${n % 100};${n % 10};a note of row ${n}`,
  )
  const block = `${lines.join('\n')}\n`
  return `${TOWN.join(';')}\n${block.repeat(Math.floor(bytes / block.length))}`
}
